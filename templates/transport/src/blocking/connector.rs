//! Connections of the blocking client: DNS lookup, TCP, a proxy's tunnel, and ureq's TLS.
//!
//! The API of ureq used here can change in minor versions, which is why the manifest pins one.

use std::error::Error as StdError;
use std::fmt;
use std::io::ErrorKind;
use std::net::{IpAddr, TcpStream};
use std::sync::Arc;

use http::Uri;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
#[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
use ureq::unversioned::transport::RustlsConnector;
use ureq::unversioned::transport::time::{Duration, Instant as Time};
use ureq::unversioned::transport::{
    ConnectionDetails, Connector, NextTimeout, Transport,
};
use ureq::{Error, Timeout};

use super::dial::{first, open_tunnel};
use super::tcp::Tcp;
use crate::Limits;
use crate::addresses::in_order;
use crate::clock::{self, Instant};
use crate::proxy::Proxy;

/// Connects to the host of a URI, within the limits of an exchange that starts now.
pub(super) fn open(
    dialer: &Dialer,
    config: &Config,
    uri: &Uri,
    limits: Limits,
    start: Instant,
) -> Result<Box<dyn Transport>, Error> {
    if uri.host().is_none_or(str::is_empty) {
        return Err(Error::BadUri("the address has no host".to_owned()));
    }
    let resolver = DefaultResolver::default();
    let after = limits.connect_timeout.min(limits.timeout);
    let details = ConnectionDetails {
        uri,
        addrs: resolver.empty(),
        config,
        request_level: false,
        resolver: &resolver,
        now: Time::Exact(start),
        timeout: NextTimeout {
            after: Duration::Exact(after),
            reason: Timeout::Connect,
            ..NextTimeout::default()
        },
        current_time: Arc::new(Time::now),
        run_connector: Arc::new(|_| Err(Error::ConnectionFailed)),
        register_shutdown: Arc::new(|_| Ok(())),
    };
    match dialer.connect(&details, None)? {
        Some(transport) if transport.is_tls() || !details.needs_tls() => Ok(transport),
        Some(_) => Err(Error::TlsRequired),
        None => Err(Error::ConnectionFailed),
    }
}

/// Opens connections. Plain http connects directly, never through a proxy.
pub(super) struct Dialer {
    proxy: Option<Proxy>,
    #[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
    tls: RustlsConnector,
}

impl Dialer {
    /// Connects to https through the proxy, if there is one.
    pub(super) fn new(proxy: Option<Proxy>) -> Self {
        Self {
            proxy,
            #[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
            tls: RustlsConnector::default(),
        }
    }

    fn dial(&self, details: &ConnectionDetails<'_>) -> Result<TcpStream, Error> {
        let deadline = deadline(details);
        let stream = match &self.proxy {
            Some(proxy) if details.needs_tls() => {
                let host = details.uri.host().unwrap_or_default();
                let port = details.uri.port_u16().unwrap_or(443);
                let place = format!("http://{}:{}", proxy.host, proxy.port);
                let place = place.parse().map_err(|_| Error::BadUri(place))?;
                let stream = connect(&place, details, deadline)?;
                open_tunnel(&stream, &proxy.request(host, port), deadline)?;
                stream
            }
            _ => connect(details.uri, details, deadline)?,
        };
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    #[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
    fn secure(
        &self,
        details: &ConnectionDetails<'_>,
        tcp: Tcp,
    ) -> Result<Option<Box<dyn Transport>>, Error> {
        Ok(self.tls.connect(details, Some(tcp))?.map(Transport::boxed))
    }

    #[cfg(not(any(feature = "webpki-roots", feature = "native-roots")))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "as with TLS")]
    fn secure(
        &self,
        _details: &ConnectionDetails<'_>,
        tcp: Tcp,
    ) -> Result<Option<Box<dyn Transport>>, Error> {
        Ok(Some(tcp.boxed()))
    }
}

impl Connector for Dialer {
    type Out = Box<dyn Transport>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        _chained: Option<()>,
    ) -> Result<Option<Self::Out>, Error> {
        let dialed = self.dial(details);
        dialed
            .and_then(|stream| self.secure(details, Tcp::new(stream, details.config)))
            .map_err(|error| match error {
                Error::Io(error) if is_late(&error) => Error::Timeout(Timeout::Connect),
                Error::Timeout(_) => Error::Timeout(Timeout::Connect),
                error => Error::Other(Box::new(Unconnected(error))),
            })
    }
}

fn is_late(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

fn connect(
    place: &Uri,
    details: &ConnectionDetails<'_>,
    deadline: Instant,
) -> Result<TcpStream, Error> {
    let timeout = for_lookup(place, details);
    let found = DefaultResolver::default().resolve(place, details.config, timeout)?;
    let mut addresses = Vec::with_capacity(found.len());
    addresses.extend(found.iter().copied());
    Ok(first(in_order(addresses), deadline)?)
}

/// Returns the timeout of the DNS lookup. An address needs none, and without a limit ureq starts no thread.
fn for_lookup(place: &Uri, details: &ConnectionDetails<'_>) -> NextTimeout {
    let host = place.host().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    if address.parse::<IpAddr>().is_ok() {
        return NextTimeout { after: Duration::NotHappening, ..details.timeout };
    }
    details.timeout
}

/// Returns the deadline of connecting.
fn deadline(details: &ConnectionDetails<'_>) -> Instant {
    let start = match details.now {
        Time::Exact(start) => start,
        Time::AlreadyHappened | Time::NotHappening => clock::system(),
    };
    // The timeouts of ureq are set, and bounded.
    start.checked_add(*details.timeout.after).unwrap_or(start)
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialer")
            .field("proxy", &self.proxy.is_some())
            .finish_non_exhaustive()
    }
}

/// Error of connecting. No request was sent.
#[derive(Debug)]
pub(super) struct Unconnected(pub(super) Error);

impl fmt::Display for Unconnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Unconnected {}
