//! The async transport: the trait. The built-in one is in `hyper`.

use std::time::Duration;

use crate::clock::Instant;
use crate::{HttpRequest, HttpResponse, Limits, Threaded, TransportError};

/// A boxed future, as object-safe async methods return.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;
/// A boxed future, as object-safe async methods return. In a browser there are no threads that it could be sent to.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T>>>;

/// Sends the requests of an async client, in place of the built-in transport: through an existing HTTP client, a
/// proxy, or to a test.
///
/// A transport sends the request unchanged and once: it does not follow redirects or retry. Pass it to
/// `Client::builder().transport(…)`.
///
/// ```
/// # use ngrok_client_transport as ngrok_client;
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
    /// Sends the request and returns the complete response, within the limits.
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> BoxFuture<Result<HttpResponse, TransportError>>;

    /// Takes back the buffer of a body that was read, for reuse. Only pages of lists are returned; the default
    /// implementation frees it.
    fn reuse(&self, body: Vec<u8>) {
        drop(body);
    }

    /// Waits before a retry, or for the rate limit.
    ///
    /// With the feature `hyper`, this waits with tokio's timer unless it is overridden: on another runtime, use
    /// that runtime's timer.
    #[cfg(feature = "hyper")]
    fn sleep(&self, wait: Duration) -> BoxFuture<()> {
        Box::pin(tokio::time::sleep(wait))
    }

    /// Waits before a retry, or for the rate limit.
    #[cfg(not(feature = "hyper"))]
    fn sleep(&self, wait: Duration) -> BoxFuture<()>;

    /// Returns the time by the clock of `sleep`. A test that simulates waits advances it.
    fn now(&self) -> Instant {
        crate::clock::now()
    }
}
