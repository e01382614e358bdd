//! The async transport: what it has to do. The built-in one is in `hyper`.

use std::time::{Duration, Instant};

use crate::{HttpRequest, HttpResponse, Limits, TransportError};

/// A boxed future, as object-safe async methods return.
pub type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;

/// Sends the requests of an async client, in place of the built-in transport: through an
/// HTTP client that is configured already, a proxy, or to a test.
///
/// A transport sends the request as it is, once: it follows no redirect and does not retry.
/// A client takes one with `Client::builder().transport(…)`.
///
/// ```
/// use ngrok_client_core::{BoxFuture, HttpRequest, HttpResponse, Limits};
/// use ngrok_client_core::{Transport, TransportError};
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
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and gives the whole response, within the limits.
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> BoxFuture<Result<HttpResponse, TransportError>>;

    /// Takes back the memory of a body that was read, which another one can use. Pages of lists come back so; a transport
    /// that has no use for it lets it go.
    fn reuse(&self, body: Vec<u8>) {
        drop(body);
    }

    /// Waits before a retry, or for a turn. On another runtime than tokio, use its timer
    /// here.
    fn sleep(&self, wait: Duration) -> BoxFuture<()> {
        Box::pin(tokio::time::sleep(wait))
    }

    /// The time by the clock that `sleep` goes by: a test that only pretends to sleep
    /// moves this on.
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }
}
