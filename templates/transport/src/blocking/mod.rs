//! The blocking transport: the trait, and the built-in implementation.

mod connector;
mod dial;
mod http1;
mod pool;
mod tcp;
mod ureq;

use std::thread;
use std::time::Duration;

pub use self::ureq::HttpTransport;
use crate::{HttpRequest, HttpResponse, Limits, TransportError};

/// Sends the requests of a blocking client, in place of the built-in transport: through an existing HTTP client, a
/// proxy, or to a test.
///
/// A transport sends the request unchanged and once: it does not follow redirects or retry. Pass it to
/// `blocking::Client::builder().transport(…)`.
///
/// ```
/// # use ngrok_client_transport as ngrok_client;
/// use ngrok_client::blocking::Transport;
/// use ngrok_client::{HttpRequest, HttpResponse, Limits, TransportError};
///
/// /// Says yes to everything.
/// struct Yes;
///
/// impl Transport for Yes {
///     fn send(
///         &self,
///         _request: HttpRequest,
///         _limits: Limits,
///     ) -> Result<HttpResponse, TransportError> {
///         Ok(HttpResponse::new(b"{}".to_vec()))
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and returns the complete response, within the limits.
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<HttpResponse, TransportError>;

    /// Takes back the buffer of a body that was read, for reuse. Only pages of lists are returned; the default
    /// implementation frees it.
    fn reuse(&self, body: Vec<u8>) {
        drop(body);
    }

    /// Waits before a retry.
    fn sleep(&self, wait: Duration) {
        thread::sleep(wait);
    }
}
