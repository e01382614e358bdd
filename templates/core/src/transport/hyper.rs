//! The built-in async transport: hyper-util's client and its pool of connections.

use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http::header::{HOST, HeaderValue};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper_util::client::legacy::{Client, Error, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout_at};

use super::Spare;
use super::connector::{ConnectTimeout, Connector};
use crate::{
    BoxFuture, HttpRequest, HttpResponse, Limits, Network, Transport, TransportError,
};

type HyperClient = Client<Connector, Full<Bytes>>;

/// The built-in transport: HTTP/1.1, or HTTP/2 with the feature `http2`, over a pool of connections that are kept alive.
///
/// It needs a tokio runtime, of any flavor, with I/O and time switched on.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: HyperClient,
    spare: Spare,
}

impl HttpTransport {
    /// A pool of connections that trusts whom the crate's features say.
    ///
    /// # Errors
    ///
    /// If the operating system's certificates are to be trusted and cannot be read.
    pub fn new(limits: Limits) -> Result<Self, TransportError> {
        Self::with_network(limits, &Network::default())
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
        let connector = Connector::new(limits.bounded().connect_timeout, network)?;
        let mut builder = Client::builder(TokioExecutor::new());
        let client = builder.pool_timer(TokioTimer::new()).build(connector);
        Ok(Self { client, spare: Spare::default() })
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
        // Nothing is done before this is awaited.
        let response = self.client.request(request);
        Box::pin(exchange(response, limits, self.spare.take()))
    }

    fn reuse(&self, body: Vec<u8>) {
        self.spare.leave(body);
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<()> {
        match Handle::try_current() {
            Ok(_) => Box::pin(tokio::time::sleep(wait)),
            Err(_) => Box::pin(std::future::ready(())),
        }
    }
}

/// The `Host` header, where it is the authority as it stands: hyper-util puts the same together from its parts, which
/// costs as much as the rest of the request's head. Requests of HTTP/2 have none, and what a connection speaks shows late.
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
    response: ResponseFuture,
    limits: Limits,
    mut read: Vec<u8>,
) -> Result<HttpResponse, TransportError> {
    if Handle::try_current().is_err() {
        // Without this, hyper and tokio's timers would panic.
        return Err(TransportError::connect(
            "the client needs a tokio runtime to run in",
        ));
    }
    let end = Instant::now() + limits.timeout;
    let response = match timeout_at(end, response).await {
        Ok(response) => response.map_err(failure)?,
        Err(_) => return Err(TransportError::timeout()),
    };
    let (parts, body) = response.into_parts();
    read.clear();
    read.reserve_exact(limits.room(Some(body.size_hint().lower())));
    let reading = read_body(body, &mut read, limits.max_response_bytes);
    let outcome = timeout_at(end, reading).await;
    let response = HttpResponse::from_parts(parts, read);
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
        return TransportError::other(error);
    }
    match error.source() {
        Some(source) if source.is::<ConnectTimeout>() => {
            TransportError::connect_timeout()
        }
        _ => TransportError::connect(error),
    }
}
