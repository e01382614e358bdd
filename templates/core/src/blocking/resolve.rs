//! When host names are looked up: as a connection is made. Left to itself, ureq looks the name up for every request, on a
//! thread that it starts for it, even where a kept connection takes the request.
//!
//! What is used of ureq here may change with its minor versions, which is why one of them is asked for.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use http::Uri;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::{Duration, Instant};
use ureq::unversioned::transport::{
    ConnectionDetails, Connector, DefaultConnector, NextTimeout,
};
use ureq::{Agent, Error};

/// What stands for an address that is still to be looked up.
const LATER: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// An agent that looks names up when it connects.
pub(super) fn agent(config: Config) -> Agent {
    let connector = LookUp { connector: DefaultConnector::new() };
    Agent::with_parts(config, connector, Later)
}

/// Puts every lookup off.
#[derive(Debug)]
struct Later;

impl Resolver for Later {
    fn resolve(
        &self,
        _uri: &Uri,
        _config: &Config,
        _timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let mut addresses = self.empty();
        addresses.push(LATER);
        Ok(addresses)
    }
}

/// Looks up what was put off, and connects.
#[derive(Debug)]
struct LookUp {
    connector: DefaultConnector,
}

impl Connector for LookUp {
    type Out = <DefaultConnector as Connector>::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, Error> {
        // Behind a proxy there is no address, and none is wanted.
        if details.addrs.first() != Some(&LATER) {
            return self.connector.connect(details, chained);
        }
        let resolver = DefaultResolver::default();
        let timeout = for_lookup(details);
        let addrs = resolver.resolve(details.uri, details.config, timeout)?;
        let details = ConnectionDetails {
            addrs,
            timeout: left(details),
            now: (details.current_time)(),
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
            ..*details
        };
        self.connector.connect(&details, chained)
    }
}

/// The time for looking up. An address needs none, and without a limit ureq starts no thread.
fn for_lookup(details: &ConnectionDetails<'_>) -> NextTimeout {
    let host = details.uri.host().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    if address.parse::<IpAddr>().is_ok() {
        return NextTimeout { after: Duration::NotHappening, ..details.timeout };
    }
    details.timeout
}

/// The time for connecting, less what looking up took.
fn left(details: &ConnectionDetails<'_>) -> NextTimeout {
    let (Instant::Exact(now), Instant::Exact(start)) =
        ((details.current_time)(), details.now)
    else {
        return details.timeout;
    };
    let took = now.saturating_duration_since(start);
    let after = match details.timeout.after {
        Duration::Exact(after) => Duration::Exact(after.saturating_sub(took)),
        Duration::NotHappening => Duration::NotHappening,
    };
    NextTimeout { after, ..details.timeout }
}
