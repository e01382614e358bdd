//! Host names of the server. Takes the head of a request; returns the address under which its client knows the server, or rejects it to
//! prevent DNS rebinding.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use hyper::header::HOST;
use hyper::http::request::Parts;
use hyper::http::uri::Authority;

use crate::errors::{Outcome, Problem};
use crate::http::text;

/// The host names of a server.
#[derive(Debug)]
pub(crate) struct Hosts {
    /// Configured names and addresses.
    names: Vec<String>,
    port: u16,
    /// True if other machines can reach the server, under any of its addresses.
    is_public: bool,
}

impl Hosts {
    /// Returns the hosts of a server with this socket address.
    pub(crate) fn new(names: Vec<String>, listening: SocketAddr) -> Self {
        let is_public = !listening.ip().is_loopback();
        Self { names, port: listening.port(), is_public }
    }

    /// Returns the address to listen on: all addresses if a name is configured, since the name can resolve to any of them.
    pub(crate) fn address(names: &[String]) -> IpAddr {
        match names.iter().find(|name| !is_loopback(name)) {
            None if names
                .iter()
                .any(|name| bare(name).parse() == Ok(Ipv6Addr::LOCALHOST)) =>
            {
                Ipv6Addr::LOCALHOST.into()
            }
            None => Ipv4Addr::LOCALHOST.into(),
            Some(name) => bare(name).parse().unwrap_or(Ipv4Addr::UNSPECIFIED.into()),
        }
    }

    /// Returns the address of the server for its owner: the first configured name.
    pub(crate) fn url(&self) -> String {
        let name = self.names.iter().find(|name| !is_unspecified(name));
        let port = self.port;
        match name.map(|name| bare(name)) {
            Some(name) if name.contains(':') => format!("http://[{name}]:{port}"),
            Some(name) => format!("http://{name}:{port}"),
            None => format!("http://{}:{port}", Ipv4Addr::LOCALHOST),
        }
    }

    /// Returns the address of the server as the client of this request knows it, without a trailing slash.
    pub(crate) fn url_of(&self, request: &Parts) -> Outcome<String> {
        let named = text(&request.headers, &HOST);
        let authority = named.and_then(|named| named.parse::<Authority>().ok());
        let mut hosts = authority.iter().chain(request.uri.authority());
        let is_one = request.headers.get_all(HOST).iter().count() == 1;
        let authority = authority.as_ref().filter(|_| is_one);
        let authority = authority.filter(|_| hosts.all(|it| self.allows(it.host())));
        let authority =
            authority.ok_or_else(|| Problem::foreign_host(named.unwrap_or_default()))?;
        let port = authority.port_u16().map(|port| format!(":{port}"));
        Ok(format!("http://{}{}", authority.host(), port.unwrap_or_default()))
    }

    /// Returns true if a host is this server. DNS rebinding affects names only, not addresses.
    fn allows(&self, host: &str) -> bool {
        let is_address = || bare(host).parse::<IpAddr>().is_ok();
        is_loopback(host)
            || self.is_public && is_address()
            || self.names.iter().any(|name| bare(name).eq_ignore_ascii_case(bare(host)))
    }
}

/// Returns a host without the brackets of an IPv6 address.
fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host)
}

/// Returns true if a host is the loopback interface. Browsers and resolvers map `localhost` and the names below it to it.
fn is_loopback(host: &str) -> bool {
    let host = bare(host);
    let name = host.to_ascii_lowercase();
    host.parse::<IpAddr>().map_or_else(
        |_| name == "localhost" || name.ends_with(".localhost"),
        |address| address.is_loopback(),
    )
}

fn is_unspecified(host: &str) -> bool {
    bare(host).parse::<IpAddr>().is_ok_and(|address| address.is_unspecified())
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr, SocketAddr};

    use hyper::Request;

    use super::Hosts;

    fn allowed(names: &[&str], host: &str) -> bool {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        let listening = SocketAddr::new(Hosts::address(&names), 4000);
        let request = Request::builder().uri("/").header("host", host).body(());
        let (parts, ()) = request.unwrap().into_parts();
        Hosts::new(names, listening).url_of(&parts).is_ok()
    }

    #[test]
    fn only_this_machine_and_configured_names_are_allowed() {
        for host in [
            "127.0.0.1:4000",
            "localhost:4000",
            "LOCALHOST",
            "[::1]:4000",
            "a.localhost",
        ] {
            assert!(allowed(&[], host), "{host}");
        }
        for host in [
            "evil.test",
            "evil.test:4000",
            "127.0.0.1.evil.test",
            "10.0.0.1",
            "",
            "mock",
            "localhost.evil.test",
            "a@localhost@b",
        ] {
            assert!(!allowed(&[], host), "{host}");
        }
        for host in ["mock:4000", "MOCK", "localhost", "10.0.0.1:4000", "[fd00::1]:4000"]
        {
            assert!(allowed(&["mock"], host), "{host}");
        }
        assert!(!allowed(&["mock"], "evil.test"));
        assert!(allowed(&["0.0.0.0"], "192.168.1.2:4000"));
        assert!(!allowed(&["0.0.0.0"], "mock"));
    }

    #[test]
    fn a_name_is_listened_for_on_all_addresses() {
        let at = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            let address = Hosts::address(&names);
            (address, Hosts::new(names, SocketAddr::new(address, 1)).url())
        };
        let local = IpAddr::from(Ipv4Addr::LOCALHOST);
        let any = IpAddr::from(Ipv4Addr::UNSPECIFIED);
        assert_eq!(at(&[]), (local, "http://127.0.0.1:1".into()));
        assert_eq!(at(&["localhost"]), (local, "http://localhost:1".into()));
        assert_eq!(at(&["mock"]), (any, "http://mock:1".into()));
        assert_eq!(at(&["0.0.0.0", "mock"]), (any, "http://mock:1".into()));
        assert_eq!(at(&["10.0.0.1"]).0, IpAddr::from([10, 0, 0, 1]));
        assert_eq!(at(&["::1"]), ("::1".parse().unwrap(), "http://[::1]:1".into()));
    }
}
