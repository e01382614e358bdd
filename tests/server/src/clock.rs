//! Timestamps as the API writes them: RFC 3339, in UTC, in whole seconds.

use std::time::Duration;

use ngrok_client_core::Timestamp;

/// The timestamp of a time that was never set.
pub(crate) const ZERO: &str = "0001-01-01T00:00:00Z";

/// Returns the current time.
pub(crate) fn now() -> String {
    let now = Timestamp::from_unix(Timestamp::now().unix_seconds(), 0);
    now.unwrap_or(Timestamp::ZERO).to_string()
}

/// The time so long after the start of 1970.
pub(crate) fn at(since_epoch: Duration) -> String {
    let at = i64::try_from(since_epoch.as_secs()).ok();
    let at = at.and_then(|seconds| Timestamp::from_unix(seconds, 0));
    at.unwrap_or(Timestamp::ZERO).to_string()
}
