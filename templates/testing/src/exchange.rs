//! A recorded request and its result.

use std::time::Duration;

use ngrok_client_core::{HttpRequest, HttpResponse};

use crate::Fault;

/// A request and its result, without secrets.
#[derive(Clone)]
pub(super) struct Recorded {
    /// Milliseconds since 1970.
    pub(super) started: i64,
    pub(super) took: Duration,
    pub(super) request: HttpRequest,
    pub(super) outcome: Result<HttpResponse, Fault>,
}
