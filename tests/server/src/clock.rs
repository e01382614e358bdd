//! Moments in time as the API writes them: RFC 3339, in UTC, in whole seconds.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, SecondsFormat};

/// What a timestamp that was never set looks like.
pub(crate) const ZERO: &str = "0001-01-01T00:00:00Z";

/// Now.
pub(crate) fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or_default();
    let time = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Now, in whole seconds.
pub(crate) fn moment() -> DateTime<FixedOffset> {
    parse(&now()).unwrap_or_default()
}

/// The moment that a text says.
pub(crate) fn parse(text: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text).ok()
}

/// Whether a text is a moment in time.
pub(crate) fn is_timestamp(text: &str) -> bool {
    parse(text).is_some()
}
