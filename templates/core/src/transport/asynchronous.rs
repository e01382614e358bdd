//! The async transport: what it has to do. The built-in one is in `hyper`.

use std::time::Duration;

use crate::clock::Instant;
use crate::{HttpRequest, HttpResponse, Limits, Threaded, TransportError};

/// A boxed future, as object-safe async methods return.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;
/// A boxed future, as object-safe async methods return. In a browser there are no threads
/// that it could be sent to.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T>>>;

/// Sends the requests of an async client, in place of the built-in transport: through an
/// HTTP client that is configured already, a proxy, or to a test.
///
/// A transport sends the request as it is, once: it follows no redirect and does not retry.
/// A client takes one with `Client::builder().transport(…)`.
///
/// ```
/// # use ngrok_client_core as ngrok_client;
/// use std::time::Duration;
///
/// use ngrok_client::{BoxFuture, HttpRequest, HttpResponse, Limits};
/// use ngrok_client::{Transport, TransportError};
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
///
///     fn sleep(&self, wait: Duration) -> BoxFuture<()> {
///         // The timer of the runtime at hand.
///         Box::pin(tokio::time::sleep(wait))
///     }
/// }
/// ```
pub trait Transport: Threaded + 'static {
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

    /// Waits before a retry, or for the rate limit.
    ///
    /// With the feature `hyper`, this waits with tokio's timer unless it is overridden: on
    /// another runtime, use that runtime's timer.
    #[cfg(feature = "hyper")]
    fn sleep(&self, wait: Duration) -> BoxFuture<()> {
        Box::pin(tokio::time::sleep(wait))
    }

    /// Waits before a retry, or for the rate limit.
    #[cfg(not(feature = "hyper"))]
    fn sleep(&self, wait: Duration) -> BoxFuture<()>;

    /// Returns the time by the clock that `sleep` goes by. A test that only pretends to
    /// sleep advances it.
    fn now(&self) -> Instant {
        crate::clock::now()
    }
}
