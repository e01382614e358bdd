//! Whether to send a request again, and when: an outcome goes in, a wait or nothing comes
//! out. No clock and no source of chance in here; both are handed in.

use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderMap, RETRY_AFTER};
use http::{Method, StatusCode};

/// How often a call is sent again, and how long it waits before that.
///
/// The wait before the first retry is drawn evenly from zero to `base_wait`, and that
/// bound doubles with each further retry up to `max_wait` ("full jitter"). When the API
/// says how long to wait (`Retry-After`), the client waits that long, plus a draw from
/// zero to `base_wait` so that callers who were told the same do not return together;
/// when it says longer than `max_retry_after`, the call fails at once.
///
/// The description of the API decides which calls are retried: those whose
/// response has a status that may change, or an error code that may go away by itself,
/// that timed out, or whose connection failed. Methods that are not idempotent, such as
/// POST, are only retried if the server has not acted on the request.
///
/// A program that would rather wait than fail when it is told to slow down:
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
    /// 3 retries; waits from half a second up to 8 seconds; a `Retry-After` of up to 60
    /// seconds.
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
    /// The default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No retries.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// How often a call is sent again, at most.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The longest wait before the first retry; it doubles with each further one.
    #[must_use]
    pub fn base_wait(mut self, wait: Duration) -> Self {
        self.base_wait = wait;
        self
    }

    /// The longest wait of the client's own choice.
    #[must_use]
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// The longest wait that the API may ask for; a call that is asked to wait longer
    /// fails at once.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// How long to wait before a request is sent again that may be; `None` if it is not.
    /// `attempts` have been made; `chance` lies between 0 and 1.
    #[must_use]
    pub fn decide(
        &self,
        attempts: u32,
        retry_after: Option<Duration>,
        chance: f64,
    ) -> Option<Duration> {
        if attempts > self.max_retries {
            return None;
        }
        match retry_after {
            Some(wait) if wait > self.max_retry_after => None,
            Some(wait) => Some(wait.saturating_add(share(self.base_wait, chance))),
            None => Some(share(self.backoff(attempts), chance)),
        }
    }

    fn backoff(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.base_wait.saturating_mul(doubled).min(self.max_wait)
    }
}

/// What an error code says about sending the same request again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "clients list codes with these")]
pub enum RetryClass {
    /// Nothing: the status of the response decides.
    #[default]
    Never,
    /// It may succeed later without any change.
    Later,
    /// It may succeed once something else has changed, and not before.
    AfterChange,
}

/// How an attempt ended, as far as retrying goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server responded, perhaps with an error code of this class.
    Status(StatusCode, RetryClass),
    /// The server cannot have acted on the request.
    NotSent,
    /// No complete response: the server may have acted on the request.
    Lost,
    /// Trying again changes nothing.
    Final,
}

/// What an API says about sending requests again.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "a client states it, in a constant")]
pub struct RetryRules {
    /// Statuses of responses that may be other ones later.
    pub statuses: &'static [u16],
    /// Those of them with which the server says that it did not process the request.
    pub not_processed: &'static [u16],
    /// Methods that have the same effect when a request is sent twice.
    pub idempotent: &'static [&'static str],
}

impl RetryRules {
    /// Whether a request may be sent again after an attempt that ended like this.
    ///
    /// An error code that says so counts before the status. A request that is not
    /// idempotent is only sent again if the server has not acted on it: it was not sent,
    /// the status says so, or an error code that may go away came with a 4xx status.
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

    /// Whether sending it twice has the same effect.
    #[must_use]
    pub fn is_idempotent(&self, method: &Method) -> bool {
        self.idempotent.contains(&method.as_str())
    }

    fn is_not_processed(&self, status: StatusCode) -> bool {
        self.not_processed.contains(&status.as_u16())
    }
}

/// How long the server asks to wait: a number of seconds, or a date, which is counted
/// from the server's own `Date` where it sends one, since its clock and ours may differ.
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

/// Seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<i64> {
    httpdate::parse_http_date(text.trim()).ok().map(unix_seconds)
}

fn unix_seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

fn share(wait: Duration, chance: f64) -> Duration {
    Duration::try_from_secs_f64(wait.as_secs_f64() * chance.clamp(0.0, 1.0))
        .unwrap_or(wait)
}
