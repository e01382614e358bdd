//! The built-in blocking transport: connections by ureq, with rustls if a feature selects the trusted roots, and
//! HTTP/1.1 without logging.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ureq::config::{Config, ConfigBuilder};
use ureq::typestate::AgentScope;
use ureq::unversioned::transport::Transport as Connection;
use ureq::{Agent, Error, Timeout};

use super::Transport;
use super::connector::{Dialer, Unconnected, open};
use super::http1::{Cut, Framing, Head, LONGEST_HEAD, Wire};
use super::pool::{Origin, Pool};
use crate::buffer_pool::BufferPool;
use crate::clock::{self, Instant};
use crate::proxy::{Proxy, ProxyError};
use crate::{HttpRequest, HttpResponse, Limits, Network, TransportError};

/// Initial capacity for a body of unknown length.
const ROOM: usize = 4096;

/// The built-in transport: HTTP/1.1 over a pool of persistent connections.
#[derive(Clone)]
pub struct HttpTransport {
    shared: Arc<(Dialer, Config)>,
    pool: Pool,
    buffer_pool: BufferPool,
}

impl HttpTransport {
    /// Creates a pool of connections with the trusted roots of the crate's features. Each exchange has its own limits.
    #[must_use]
    pub fn new(_limits: Limits) -> Self {
        let settings = settings();
        #[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
        let settings = settings.tls_config(tls(&[]));
        Self::with_config(settings.build(), None)
    }

    /// Creates a pool of connections with a proxy or custom root certificates.
    ///
    /// # Errors
    ///
    /// If the proxy's address or a certificate is invalid.
    pub fn with_network(
        _limits: Limits,
        network: &Network,
    ) -> Result<Self, TransportError> {
        let proxy = Proxy::of(network)?;
        let settings = settings();
        #[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
        let settings = {
            let roots = network.certificates().map_err(TransportError::other)?;
            settings.tls_config(tls(&roots))
        };
        #[cfg(not(any(feature = "webpki-roots", feature = "native-roots")))]
        if !network.roots.is_empty() {
            return Err(TransportError::no_tls());
        }
        Ok(Self::with_config(settings.build(), proxy))
    }

    fn with_config(config: Config, proxy: Option<Proxy>) -> Self {
        let shared = Arc::new((Dialer::new(proxy), config));
        Self { shared, pool: Pool::default(), buffer_pool: BufferPool::default() }
    }

    /// Reads the body of a response, and returns the connection to the pool.
    fn finish(
        &self,
        mut connection: Box<dyn Connection>,
        origin: Origin,
        response: Response,
    ) -> Result<HttpResponse, TransportError> {
        let Response { head, framing, keeps_alive, limits, deadline } = response;
        let mut body = self.buffer_pool.take();
        body.clear();
        body.reserve(match framing {
            Framing::Length(length) => limits.room(Some(length)),
            _ => ROOM.min(limits.max_response_bytes),
        });
        let mut wire = Wire { transport: &mut *connection, deadline };
        let outcome = wire.read_body(framing, &mut body, limits.max_response_bytes);
        if outcome.is_ok() && keeps_alive && !wire.has_rest() {
            self.pool.keep(origin, connection);
        }
        let mut response = HttpResponse::new(body);
        *response.status_mut() = head.status;
        *response.headers_mut() = head.headers;
        match outcome {
            Ok(()) => Ok(response),
            Err(Cut::TooLong) => {
                Err(TransportError::body_too_large().with_partial(response))
            }
            Err(Cut::Failed(error)) => Err(failure(error, false).with_partial(response)),
        }
    }
}

/// A response with an unread body.
struct Response {
    head: Head,
    framing: Framing,
    keeps_alive: bool,
    limits: Limits,
    deadline: Instant,
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<HttpResponse, TransportError> {
        let (limits, start) = (limits.bounded(), clock::system());
        let deadline = start.checked_add(limits.timeout).unwrap_or(start);
        let (parts, content) = request.into_parts();
        let origin = Origin::of(&parts.uri);
        let (dialer, config) = &*self.shared;
        let connect = || open(dialer, config, &parts.uri, limits, start);
        let kept = self.pool.take(&origin).map_or_else(connect, Ok);
        let mut connection = kept.map_err(|error| failure(error, false))?;
        let mut wire = Wire { transport: &mut *connection, deadline };
        let mut asked = content.is_empty();
        let head = wire.exchange(&parts, &content, patience(limits), &mut asked);
        // The server cannot process a request whose body it did not receive.
        let head = head.map_err(|error| failure(error, !asked))?;
        let framing = head.framing(&parts.method);
        let framing = framing.map_err(|error| failure(error, false))?;
        let keeps_alive = asked && head.keeps_alive(&parts.headers, framing);
        let response = Response { head, framing, keeps_alive, limits, deadline };
        self.finish(connection, origin, response)
    }

    fn reuse(&self, body: Vec<u8>) {
        self.buffer_pool.put(body);
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport")
            .field("dialer", &self.shared.0)
            .field("pool", &self.pool)
            .finish_non_exhaustive()
    }
}

/// Returns the time that a caller's `Expect: 100-continue` delays the body. Servers may ignore it.
fn patience(limits: Limits) -> Duration {
    (limits.timeout / 4).min(Duration::from_secs(1))
}

/// Converts an error. `kept` means that the server did not receive the request's body.
fn failure(error: Error, kept: bool) -> TransportError {
    let error = match error {
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
            TransportError::connect_timeout()
        }
        Error::Timeout(_) => TransportError::timeout(),
        Error::Other(error) => match error.downcast() {
            Ok(unconnected) => unconnected_failure(*unconnected),
            Err(error) => TransportError::other(error),
        },
        Error::TlsRequired => TransportError::connect(cause(error)),
        error => TransportError::other(cause(error)),
    };
    if kept { error.not_processed() } else { error }
}

fn unconnected_failure(Unconnected(error): Unconnected) -> TransportError {
    let proxy = match &error {
        Error::Io(error) => error.get_ref().and_then(|error| error.downcast_ref()),
        _ => None,
    };
    let permanent = proxy.copied().is_some_and(ProxyError::is_permanent);
    let error = TransportError::connect(cause(error));
    if permanent { error.permanent() } else { error }
}

/// Returns the error of the system, or else that of ureq as a string: its own type would link the formatting of TLS
/// errors.
fn cause(error: Error) -> Box<dyn StdError + Send + Sync> {
    match error {
        Error::Io(error) => error.into(),
        error => error.to_string().into(),
    }
}

/// Returns settings for connections with buffers that the head of any response fits in. Every connection fills both with zeros.
fn settings() -> ConfigBuilder<AgentScope> {
    Agent::config_builder()
        .input_buffer_size(LONGEST_HEAD)
        .output_buffer_size(LONGEST_HEAD)
}

#[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
fn tls(own: &[rustls::pki_types::CertificateDer<'static>]) -> ureq::tls::TlsConfig {
    use ureq::tls::{Certificate, RootCerts, TlsConfig};

    let native = cfg!(feature = "native-roots");
    let roots = if native { RootCerts::PlatformVerifier } else { RootCerts::WebPki };
    let own: Vec<_> =
        own.iter().map(|root| Certificate::from_der(root).to_owned()).collect();
    let roots = if own.is_empty() { roots } else { RootCerts::from(own) };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    TlsConfig::builder()
        .root_certs(roots)
        .unversioned_rustls_crypto_provider(provider)
        .build()
}
