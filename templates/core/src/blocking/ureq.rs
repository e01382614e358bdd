//! The built-in blocking transport: ureq's agent, with rustls where a feature says whom
//! to trust.

use std::error::Error as StdError;
use std::io::{ErrorKind, Read};
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use ureq::config::{AutoHeaderValue, ConfigBuilder};
use ureq::typestate::AgentScope;
use ureq::{Agent, AsSendBody, Body, Error, SendBody, Timeout};

use super::Transport;
use super::connector::{Unconnected, agent};
use crate::transport::{Proxy, ProxyError, Spare};
use crate::{HttpRequest, HttpResponse, Limits, Network, TransportError};

/// How many connections wait for their next request.
const IDLE: usize = 32;

/// Room for a body of unknown length, at first.
const ROOM: usize = 4096;

/// The built-in transport: HTTP/1.1 over a pool of connections that are kept alive.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    agent: Agent,
    limits: Limits,
    spare: Spare,
}

impl HttpTransport {
    /// A pool of connections that trusts whom the crate's features say. Exchanges with
    /// these limits are the cheapest.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let limits = limits.bounded();
        let settings = settings(limits);
        #[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
        let settings = settings.tls_config(tls(&[]));
        let agent = agent(settings.build(), None);
        Self { agent, limits, spare: Spare::default() }
    }

    /// The same, with a proxy or authorities of one's own.
    ///
    /// # Errors
    ///
    /// If the proxy's address or a certificate is wrong.
    pub fn with_network(
        limits: Limits,
        network: &Network,
    ) -> Result<Self, TransportError> {
        let limits = limits.bounded();
        let proxy = network.checked_proxy().map_err(TransportError::other)?;
        let proxy = proxy.map(|proxy| Proxy::parse(&proxy)).transpose();
        let proxy = proxy.map_err(TransportError::other)?;
        let settings = settings(limits);
        #[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
        let settings = {
            let roots = network.certificates().map_err(TransportError::other)?;
            settings.tls_config(tls(&roots))
        };
        #[cfg(not(any(feature = "webpki-roots", feature = "native-roots")))]
        if !network.roots.is_empty() {
            return Err(TransportError::no_tls());
        }
        let agent = agent(settings.build(), proxy);
        Ok(Self { agent, limits, spare: Spare::default() })
    }

    /// Sends the request; the response's body is still to be read.
    fn exchange(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<http::Response<Body>, TransportError> {
        let (mut parts, content) = request.into_parts();
        if content.is_empty() {
            let outcome = self.run(http::Request::from_parts(parts, ()), limits);
            return outcome.map_err(|error| failure(error, false));
        }
        parts.headers.insert(CONTENT_LENGTH, content.len().into());
        let mut source = Source { rest: &content, asked: false };
        let body = SendBody::from_reader(&mut source);
        let outcome = self.run(http::Request::from_parts(parts, body), limits);
        // The server cannot act on a request whose body it did not get.
        let kept = !source.asked;
        outcome.map_err(|error| failure(error, kept))
    }

    fn run(
        &self,
        request: http::Request<impl AsSendBody>,
        limits: Limits,
    ) -> Result<http::Response<Body>, Error> {
        if limits == self.limits {
            return self.agent.run(request);
        }
        // Settings of its own cost a request the shared set-up of TLS.
        let settings = self
            .agent
            .configure_request(request)
            .timeout_connect(Some(limits.connect_timeout))
            .timeout_await_100(Some(patience(limits)))
            .timeout_global(Some(limits.timeout));
        self.agent.run(settings.build())
    }
}

fn settings(limits: Limits) -> ConfigBuilder<AgentScope> {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_connections(IDLE)
        .max_idle_connections_per_host(IDLE)
        .accept_encoding(AutoHeaderValue::None)
        .proxy(None)
        .timeout_connect(Some(limits.connect_timeout))
        .timeout_await_100(Some(patience(limits)))
        .timeout_global(Some(limits.timeout))
}

/// How long a caller's `Expect: 100-continue` holds the body back. Servers may ignore it.
fn patience(limits: Limits) -> Duration {
    (limits.timeout / 4).min(Duration::from_secs(1))
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<HttpResponse, TransportError> {
        let (parts, body) = self.exchange(request, limits)?.into_parts();
        let mut read = self.spare.take();
        let outcome = read_body(body, &mut read, limits);
        let response = HttpResponse::from_parts(parts, read);
        match outcome {
            Ok(()) => Ok(response),
            Err(error) => Err(error.with_partial(response)),
        }
    }

    fn reuse(&self, body: Vec<u8>) {
        self.spare.leave(body);
    }
}

/// Reads a body in place of what is there, or as much of it as there is room for.
fn read_body(
    body: Body,
    read: &mut Vec<u8>,
    limits: Limits,
) -> Result<(), TransportError> {
    let limit = limits.max_response_bytes;
    // A byte more than is expected: whoever reads to the end is told that it is one.
    let expected = body.content_length();
    let mut room = expected.map_or(ROOM, |length| limits.room(Some(length))) + 1;
    let mut body = body.into_reader();
    let mut length = 0;
    let outcome = loop {
        read.resize(room.min(limit.saturating_add(1)), 0);
        match body.read(&mut read[length..]) {
            Ok(0) => break Ok(()),
            Ok(count) => length += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => break Err(failure(Error::from(error), false)),
        }
        if length > limit {
            length = limit;
            break Err(TransportError::body_too_large());
        }
        if length == room {
            room = room.saturating_mul(2);
        }
    };
    read.truncate(length);
    outcome
}

/// A request's body that knows whether it was asked for, which it is only once there is a
/// connection.
struct Source<'a> {
    rest: &'a [u8],
    asked: bool,
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.asked = true;
        self.rest.read(buffer)
    }
}

/// `kept` says that the server did not get the request's body.
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

/// What the system says, or else what ureq says, as text: its own type would bring along whatever prints the errors of TLS.
fn cause(error: Error) -> Box<dyn StdError + Send + Sync> {
    match error {
        Error::Io(error) => error.into(),
        error => error.to_string().into(),
    }
}

#[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
fn tls(own: &[rustls::pki_types::CertificateDer<'static>]) -> ureq::tls::TlsConfig {
    use ureq::tls::{Certificate, RootCerts, TlsConfig};

    let native = cfg!(feature = "native-roots");
    let roots = if native { RootCerts::PlatformVerifier } else { RootCerts::WebPki };
    let own: Vec<_> =
        own.iter().map(|root| Certificate::from_der(root).to_owned()).collect();
    let roots = if own.is_empty() { roots } else { RootCerts::from(own) };
    TlsConfig::builder().root_certs(roots).build()
}
