//! The blocking transport: what it has to do. The built-in one is in [`ureq`](super::ureq).

use std::thread;
use std::time::Duration;

use crate::runtime::Result;
use crate::runtime::transport::{HttpRequest, HttpResponse, Limits, TransportError};

/// Sends the requests of a [`blocking::Client`](crate::blocking::Client), in place of the
/// built-in transport: through an HTTP client that is configured already, a proxy, or to
/// a test.
///
/// A transport sends the request as it is, once: it follows no redirect and does not retry.
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::blocking::{Client, Transport};")]
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{HttpRequest, HttpResponse, Limits, TransportError};")]
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
///
/// let client = Client::builder().api_key("key").transport(Yes).build()?;
#[doc = concat!("# Ok::<(), ", env!("CARGO_CRATE_NAME"), "::Error>(())")]
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and gives the whole response, within the limits.
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<HttpResponse, TransportError>;

    /// Waits before a retry.
    fn sleep(&self, wait: Duration) {
        thread::sleep(wait);
    }
}
