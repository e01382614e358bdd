//! Parsed URLs, in the canonical form that the API returns: lower case, without the default port.

/// A parsed URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Url {
    scheme: String,
    host: String,
    port: Option<u16>,
    /// The part after host and port.
    rest: String,
}

/// Default ports of schemes.
const PORTS: [(&str, u16); 3] = [("http", 80), ("https", 443), ("tls", 443)];

impl Url {
    /// Parses a URL with a scheme and a host.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if is_port(port) && !port.is_empty() => {
                (host, port.parse().ok())
            }
            _ => (authority, None),
        };
        let scheme = scheme.to_ascii_lowercase();
        let host = host.to_ascii_lowercase();
        (!host.is_empty()).then(|| {
            let port = port.filter(|port| Some(*port) != usual(&scheme));
            Self { scheme, host, port, rest: rest.to_owned() }
        })
    }

    /// Returns the part with this name, if the URL has it.
    pub(crate) fn part(&self, name: &str) -> Option<String> {
        let Self { scheme, host, port, rest } = self;
        match name {
            "url" => {
                let port = port.map(|port| format!(":{port}")).unwrap_or_default();
                Some(format!("{scheme}://{host}{port}{rest}"))
            }
            "scheme" => Some(scheme.clone()),
            "host" => Some(host.clone()),
            "port" => port.map(|port| port.to_string()),
            "hostport" => {
                let port = port.or_else(|| usual(scheme))?;
                Some(format!("{host}:{port}"))
            }
            _ => None,
        }
    }
}

fn usual(scheme: &str) -> Option<u16> {
    PORTS.iter().find(|(name, _)| *name == scheme).map(|(_, port)| *port)
}

#[cfg(test)]
mod tests {
    use super::Url;

    #[test]
    fn urls_are_parsed() {
        for (text, url, host, port, hostport) in [
            ("https://A.test:443", "https://a.test", "a.test", None, Some("a.test:443")),
            (
                "HTTPS://A.test:8443",
                "https://a.test:8443",
                "a.test",
                Some("8443"),
                Some("a.test:8443"),
            ),
            (
                "http://a.test:80/B?c",
                "http://a.test/B?c",
                "a.test",
                None,
                Some("a.test:80"),
            ),
            (
                "tcp://1.tcp.test:20000",
                "tcp://1.tcp.test:20000",
                "1.tcp.test",
                Some("20000"),
                Some("1.tcp.test:20000"),
            ),
            ("tcp://a.test", "tcp://a.test", "a.test", None, None),
            ("http://[::1]:1", "http://[::1]:1", "[::1]", Some("1"), Some("[::1]:1")),
        ] {
            let taken = Url::parse(text).unwrap();
            let part = |name| taken.part(name);
            assert_eq!(part("url").as_deref(), Some(url), "{text}");
            assert_eq!(part("host").as_deref(), Some(host), "{text}");
            assert_eq!(part("port").as_deref(), port, "{text}");
            assert_eq!(part("hostport").as_deref(), hostport, "{text}");
        }
        for text in ["", "a.test", "https://", "https:///a"] {
            assert_eq!(Url::parse(text), None, "{text}");
        }
    }
}
