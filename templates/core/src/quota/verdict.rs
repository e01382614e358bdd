//! What an attempt means for the quota: its outcome goes in.

use std::time::Duration;

use http::StatusCode;

use crate::{HttpResponse, TransportError};

/// How a request ended, as far as a quota goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "whoever drives a limiter makes them")]
pub enum Verdict {
    /// The API took it, whatever it said to it.
    Accepted,
    /// The API said that there were too many, and perhaps how long to wait.
    Refused(Option<Duration>),
    /// It never left.
    NotSent,
    /// No answer; the API may have counted it.
    Unknown,
}

impl Verdict {
    /// What the outcome of an attempt amounts to. `retry_after` is what the response says.
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
