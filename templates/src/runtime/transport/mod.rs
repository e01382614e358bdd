//! Transports: a plain HTTP request goes in, a plain response or an opaque error comes
//! out. They know neither the API nor retries.

#[cfg(feature = "async")]
mod connector;
mod error;
#[cfg(feature = "async")]
mod hyper;

use std::time::Duration;

pub use error::TransportError;
#[cfg(feature = "async")]
pub(crate) use hyper::Hyper;

/// A request as a transport sees it.
pub type HttpRequest = http::Request<Vec<u8>>;
/// A response as a transport gives it.
pub type HttpResponse = http::Response<Vec<u8>>;

/// A boxed future, as object-safe async methods return.
#[cfg(feature = "async")]
pub type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;

/// What a transport must not exceed in one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// From the start to the last byte of the response.
    pub timeout: Duration,
    /// For finding the host, connecting to it and agreeing on TLS.
    pub connect_timeout: Duration,
    /// Length of the response's body, after any transfer coding or compression is undone.
    pub max_response_bytes: usize,
}

impl Limits {
    /// The same, with times that clocks can count: a century, where no limit is meant.
    pub(crate) fn bounded(self) -> Self {
        const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
        Self {
            timeout: self.timeout.min(LONGEST),
            connect_timeout: self.connect_timeout.min(LONGEST),
            ..self
        }
    }
}

impl Default for Limits {
    /// 30 seconds, 10 seconds, 16 MiB.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_response_bytes: 16 * 1024 * 1024,
        }
    }
}

/// Sends the requests of an async [`Client`](crate::Client), in place of the built-in
/// transport: through an HTTP client that is configured already, a proxy, or to a test.
///
/// A transport sends the request as it is, once: it follows no redirect and does not retry.
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{BoxFuture, HttpRequest, HttpResponse, Limits};")]
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Client, Transport, TransportError};")]
///
/// /// Says yes to everything.
/// struct Yes;
///
/// impl Transport for Yes {
///     fn send(
///         &self,
///         _request: HttpRequest,
///         _limits: Limits,
///     ) -> BoxFuture<Result<HttpResponse, TransportError>> {
///         Box::pin(async { Ok(HttpResponse::new(b"{}".to_vec())) })
///     }
/// }
///
/// let client = Client::builder().api_key("key").transport(Yes).build()?;
#[doc = concat!("# Ok::<(), ", env!("CARGO_CRATE_NAME"), "::Error>(())")]
/// ```
#[cfg(feature = "async")]
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and gives the whole response, within the limits.
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> BoxFuture<Result<HttpResponse, TransportError>>;

    /// Waits before a retry. On another runtime than tokio, use its timer here.
    fn sleep(&self, wait: Duration) -> BoxFuture<()> {
        Box::pin(tokio::time::sleep(wait))
    }
}
