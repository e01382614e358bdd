//! All access to clocks: monotonic time, and time of day. Tests of callers can pause the first one, which is
//! tokio's if tokio is used.

use std::time::SystemTime;
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use std::time::{Duration, UNIX_EPOCH};

/// A measurement of a monotonic clock.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub use std::time::Instant;
/// A measurement of a monotonic clock: the standard library has none in browsers.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub use web_time::Instant;

/// Returns the current instant.
#[cfg(feature = "hyper")]
#[must_use]
pub fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// Returns the current instant.
#[cfg(not(feature = "hyper"))]
#[allow(clippy::disallowed_methods, reason = "this module is the clock for all others")]
#[must_use]
pub fn now() -> Instant {
    Instant::now()
}

/// Returns the time of day.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
#[allow(clippy::disallowed_methods, reason = "this module is the clock for all others")]
#[must_use]
pub fn time_of_day() -> SystemTime {
    SystemTime::now()
}

/// Returns the time of day.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
#[must_use]
pub fn time_of_day() -> SystemTime {
    let now = web_time::SystemTime::now();
    let since = now.duration_since(web_time::UNIX_EPOCH).unwrap_or(Duration::ZERO);
    UNIX_EPOCH + since
}

/// Returns the current instant by the clock of sockets, which no test can pause.
#[cfg(feature = "blocking")]
#[allow(clippy::disallowed_methods, reason = "this module is the clock for all others")]
pub(crate) fn system() -> Instant {
    Instant::now()
}
