//! The blocking transport: what it has to do. The built-in one is in [`ureq`](super::ureq).

use std::thread;
use std::time::Duration;

use crate::runtime::Result;
use crate::runtime::transport::{HttpRequest, HttpResponse, Limits, TransportError};

/// Sends the requests of a [`blocking::Client`](crate::blocking::Client), in place of the built-in
/// transport: through an HTTP client that is configured already, or to a test.
///
/// A transport sends the request as it is, once: it follows no redirect and does not retry.
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
