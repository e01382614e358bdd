//! The consequence of an attempt for the quota.

use std::time::Duration;

use http::StatusCode;

use crate::{HttpResponse, TransportError};

/// The end of a request, as far as a quota is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "drivers of a limiter construct them")]
pub enum Verdict {
    /// The API accepted it, with any response.
    Accepted,
    /// The API rejected it because of the rate limit, perhaps with a time to wait.
    Refused(Option<Duration>),
    /// It was never sent.
    NotSent,
    /// No response; the API may have counted it.
    Unknown,
}

impl Verdict {
    /// Derives the verdict from the outcome of an attempt. `retry_after` is that of the response.
    #[must_use]
    pub fn of(
        outcome: &Result<HttpResponse, TransportError>,
        retry_after: Option<Duration>,
    ) -> Self {
        let response = match outcome {
            Ok(response) => Some(response),
            Err(error) if error.is_not_sent() => return Self::NotSent,
            Err(error) => error.partial(),
        };
        match response {
            Some(response) if response.status() == StatusCode::TOO_MANY_REQUESTS => {
                Self::Refused(retry_after)
            }
            Some(_) => Self::Accepted,
            None => Self::Unknown,
        }
    }
}
