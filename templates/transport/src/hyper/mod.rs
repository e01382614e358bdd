//! The built-in async transport: hyper-util's client and its pool of connections.

mod connector;
mod dial;
mod paced;
mod pools;

use std::error::Error as StdError;
use std::iter;
use std::mem::take;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HOST, HeaderValue};
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper_util::client::legacy::Error;
#[cfg(feature = "http2")]
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use tokio::time::{Instant, timeout_at};

use self::connector::{ConnectTimeout, Connector};
use self::pools::Pools;
use crate::buffer_pool::BufferPool;
use crate::proxy::ProxyError;
use crate::{
    BoxFuture, HttpRequest, HttpResponse, Limits, Network, Transport, TransportError,
};

/// The built-in transport: HTTP/1.1, or HTTP/2 with the feature `http2`, over persistent connections.
///
/// It needs a tokio runtime, of any flavor, with I/O and timers (`enable_all`); without one each call fails
/// immediately. Several runtimes can use it at the same time: each one has its own connections.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    pools: Pools,
    buffer_pool: BufferPool,
}

impl HttpTransport {
    /// Creates a transport that trusts the roots that the crate's features select.
    ///
    /// # Errors
    ///
    /// If the operating system's certificates are required and cannot be read.
    pub fn new(limits: Limits) -> Result<Self, TransportError> {
        Self::with_network(limits, &Network::default())
    }

    /// Creates a transport with a proxy or custom root certificates.
    ///
    /// # Errors
    ///
    /// If the proxy's address or a certificate is invalid.
    pub fn with_network(
        limits: Limits,
        network: &Network,
    ) -> Result<Self, TransportError> {
        let limits = limits.bounded();
        let connector = Connector::new(limits.connect_timeout, network)?;
        Ok(Self {
            pools: Pools::new(connector, limits),
            buffer_pool: BufferPool::default(),
        })
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> BoxFuture<Result<HttpResponse, TransportError>> {
        let mut request = request.map(|body| Full::new(Bytes::from(body)));
        if let Some(host) = host(request.uri()) {
            request.headers_mut().entry(HOST).or_insert(host);
        }
        let (pools, buffer_pool) = (self.pools.clone(), self.buffer_pool.take());
        Box::pin(exchange(pools, request, limits, buffer_pool))
    }

    fn reuse(&self, body: Vec<u8>) {
        self.buffer_pool.put(body);
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<()> {
        if self.pools.is_usable() {
            Box::pin(tokio::time::sleep(wait))
        } else {
            Box::pin(std::future::ready(()))
        }
    }
}

/// Returns the `Host` header, if it equals the authority: hyper-util builds the same from its parts, which costs as
/// much as the rest of the request's head. Requests of HTTP/2 have none, and the protocol of a connection is known
/// late.
fn host(uri: &Uri) -> Option<HeaderValue> {
    let authority = uri.authority()?;
    let plain = !authority.as_str().contains('@');
    let usual = matches!(authority.port_u16(), Some(80 | 443));
    if !plain || usual || cfg!(feature = "http2") {
        return None;
    }
    HeaderValue::from_str(authority.as_str()).ok()
}

async fn exchange(
    pools: Pools,
    #[cfg_attr(not(feature = "http2"), expect(unused_mut, reason = "for HTTP/2"))]
    mut request: Request<Full<Bytes>>,
    limits: Limits,
    mut read: Vec<u8>,
) -> Result<HttpResponse, TransportError> {
    #[cfg(feature = "http2")]
    let connection = capture_connection(&mut request);
    // Another runtime may have created this future: the one that polls it counts.
    let response = pools.request(request)?;
    let end = Instant::now() + limits.timeout;
    let outcome = match timeout_at(end, response).await {
        Ok(Ok(response)) => receive(response, limits, end, &mut read).await,
        Ok(Err(error)) => Err(failure(error)),
        Err(_) => Err(TransportError::timeout()),
    };
    #[cfg(feature = "http2")]
    if outcome.as_ref().is_err_and(TransportError::is_timeout) {
        retire(&connection);
    }
    outcome
}

/// Removes the connection of a timed-out request from the pool: the path to the server may be broken, and HTTP/2
/// would send all other requests on it.
#[cfg(feature = "http2")]
fn retire(connection: &CaptureConnection) {
    if let Some(connected) = &*connection.connection_metadata() {
        connected.poison();
    }
}

async fn receive(
    response: Response<Incoming>,
    limits: Limits,
    end: Instant,
    read: &mut Vec<u8>,
) -> Result<HttpResponse, TransportError> {
    let (parts, body) = response.into_parts();
    read.clear();
    read.reserve_exact(limits.room(Some(body.size_hint().lower())));
    let reading = read_body(body, read, limits.max_response_bytes);
    let outcome = timeout_at(end, reading).await;
    let response = HttpResponse::from_parts(parts, take(read));
    match outcome {
        Ok(Ok(())) => Ok(response),
        Ok(Err(error)) => Err(error.with_partial(response)),
        Err(_) => Err(TransportError::timeout().with_partial(response)),
    }
}

async fn read_body(
    mut body: Incoming,
    read: &mut Vec<u8>,
    limit: usize,
) -> Result<(), TransportError> {
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(TransportError::other)?.into_data() else {
            continue;
        };
        let room = limit.saturating_sub(read.len());
        read.extend_from_slice(data.get(..room).unwrap_or(&data));
        if data.len() > room {
            return Err(TransportError::body_too_large());
        }
    }
    Ok(())
}

fn failure(error: Error) -> TransportError {
    if !error.is_connect() {
        let unprocessed = is_unprocessed(&error);
        let error = TransportError::other(error);
        return if unprocessed { error.not_processed() } else { error };
    }
    match cause::<ProxyError>(&error).copied() {
        _ if cause::<ConnectTimeout>(&error).is_some() => {
            TransportError::connect_timeout()
        }
        Some(refused) if refused.is_permanent() => {
            TransportError::connect(error).permanent()
        }
        _ => TransportError::connect(error),
    }
}

/// Returns true if the server guarantees that it did not process the request, or never received it.
fn is_unprocessed(error: &Error) -> bool {
    #[cfg(feature = "http2")]
    if let Some(error) = cause::<h2::Error>(error) {
        // RFC 9113, section 8.7. A GOAWAY only fails streams above the last one that the
        // server processes.
        let refused = error.reason() == Some(h2::Reason::REFUSED_STREAM);
        return error.is_remote() && (error.is_go_away() || refused);
    }
    cause::<hyper::Error>(error).is_some_and(hyper::Error::is_canceled)
}

/// Returns the first cause of this type.
fn cause<T: StdError + 'static>(error: &Error) -> Option<&T> {
    iter::successors(error.source(), |&error| error.source())
        .find_map(|error| error.downcast_ref())
}
