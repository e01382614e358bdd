//! Retry decisions: takes an outcome, returns a wait or nothing. No clock and no random numbers in here; both are
//! parameters.

use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderMap, RETRY_AFTER};
use http::{Method, StatusCode};

/// Number of retries, and the waits before them.
///
/// The wait before the first retry is drawn uniformly from zero to `base_wait`, and that bound doubles with each
/// further retry up to `max_wait` ("full jitter"). If the API specifies a wait (`Retry-After`), the client waits
/// that long, plus a random time from zero to `base_wait` so that clients with the same wait do not return
/// together; if it exceeds `max_retry_after`, the call fails immediately.
///
/// The description of the API decides which calls are retried: those whose
/// response has a status that may change, or an error code that may go away by itself,
/// that timed out, or whose connection failed. Methods that are not idempotent, such as
/// POST, are only retried if the server has not acted on the request.
///
/// A program that prefers waiting to failing when it is rate limited:
///
/// ```
/// # use ngrok_client_core as ngrok_client;
/// use ngrok_client::RetryPolicy;
/// use std::time::Duration;
///
/// let patient = RetryPolicy::new().max_retries(8).max_wait(Duration::from_secs(30));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: u32,
    base_wait: Duration,
    max_wait: Duration,
    max_retry_after: Duration,
}

impl Default for RetryPolicy {
    /// 3 retries; waits from half a second up to 8 seconds; a `Retry-After` of up to 60 seconds.
    fn default() -> Self {
        Self {
            max_retries: 3,
            base_wait: Duration::from_millis(500),
            max_wait: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Returns the default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Disables retries.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// Sets the maximum number of retries.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Sets the maximum wait before the first retry; it doubles with each further one.
    #[must_use]
    pub fn base_wait(mut self, wait: Duration) -> Self {
        self.base_wait = wait;
        self
    }

    /// Sets the maximum wait if the API does not specify one.
    #[must_use]
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// Sets the maximum `Retry-After`; a call with a longer one fails immediately.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// Returns the wait before the next attempt; `None` if the request is not retried. `attempts` is the number of
    /// attempts so far; `jitter` is between 0 and 1.
    #[must_use]
    pub fn decide(
        &self,
        attempts: u32,
        retry_after: Option<Duration>,
        jitter: f64,
    ) -> Option<Duration> {
        if attempts > self.max_retries {
            return None;
        }
        match retry_after {
            Some(wait) if wait > self.max_retry_after => None,
            Some(wait) => Some(wait.saturating_add(share(self.base_wait, jitter))),
            None => Some(share(self.backoff(attempts), jitter)),
        }
    }

    fn backoff(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.base_wait.saturating_mul(doubled).min(self.max_wait)
    }
}

/// The retry class of an error code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "clients list codes with these")]
pub enum RetryClass {
    /// The status of the response decides.
    #[default]
    Never,
    /// It can succeed later without any change.
    Later,
    /// It can only succeed after something else has changed.
    AfterChange,
}

/// The end of an attempt, as far as retrying is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server responded, perhaps with an error code of this class.
    Status(StatusCode, RetryClass),
    /// The server cannot have processed the request.
    NotSent,
    /// No complete response: the server may have processed the request.
    Lost,
    /// A retry cannot succeed.
    Final,
}

/// The retry rules of an API.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "a client states it, in a constant")]
pub struct RetryRules {
    /// Temporary statuses of responses.
    pub statuses: &'static [u16],
    /// Those with which the server reports that it did not process the request.
    pub not_processed: &'static [u16],
    /// Idempotent methods.
    pub idempotent: &'static [&'static str],
}

impl RetryRules {
    /// Returns true if a request can be retried after an attempt with this outcome.
    ///
    /// The class of an error code takes precedence over the status. A request that is not idempotent is only
    /// retried if the server has not processed it: it was not sent, the status says so, or a temporary error code
    /// came with a 4xx status.
    #[must_use]
    pub fn allow(&self, method: &Method, outcome: Outcome) -> bool {
        let idempotent = self.is_idempotent(method);
        match outcome {
            Outcome::Status(_, RetryClass::AfterChange) | Outcome::Final => false,
            Outcome::Status(status, RetryClass::Later) => {
                idempotent || status.is_client_error() || self.is_not_processed(status)
            }
            Outcome::Status(status, RetryClass::Never) => {
                self.statuses.contains(&status.as_u16())
                    && (idempotent || self.is_not_processed(status))
            }
            Outcome::NotSent => true,
            Outcome::Lost => idempotent,
        }
    }

    /// Returns true if the method is idempotent.
    #[must_use]
    pub fn is_idempotent(&self, method: &Method) -> bool {
        self.idempotent.contains(&method.as_str())
    }

    fn is_not_processed(&self, status: StatusCode) -> bool {
        self.not_processed.contains(&status.as_u16())
    }
}

/// Returns the wait that the server requests: a number of seconds, or a date, which is relative to the server's own
/// `Date` header if there is one, since its clock and ours may differ.
#[must_use]
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = http_date(text)?;
    let from = headers.get(DATE).and_then(|date| http_date(date.to_str().ok()?));
    let from = from.unwrap_or_else(|| unix_seconds(now));
    Some(Duration::from_secs(u64::try_from(until.saturating_sub(from)).unwrap_or(0)))
}

/// Parses a date such as `Sun, 06 Nov 1994 08:49:37 GMT` into seconds since 1970.
fn http_date(text: &str) -> Option<i64> {
    httpdate::parse_http_date(text.trim()).ok().map(unix_seconds)
}

fn unix_seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

fn share(wait: Duration, jitter: f64) -> Duration {
    Duration::try_from_secs_f64(wait.as_secs_f64() * jitter.clamp(0.0, 1.0))
        .unwrap_or(wait)
}
