//! Timestamps in RFC 3339.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::str::FromStr;
use std::time::Duration;

use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
use serde_core::ser::{Serialize, Serializer};

use crate::calendar;

/// A point in time, to the nanosecond, between the years 0000 and 9999.
///
/// Adding and subtracting a [`Duration`] is limited to that range; the `checked_` methods report it.
///
/// It is parsed from RFC 3339 with any offset, and stored and displayed in UTC. The default is
/// [`ZERO`](Self::ZERO), which means "unknown" or "never".
#[doc(alias = "DateTime")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// Error of parsing or converting a [`Timestamp`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampError(Problem);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    Syntax(String),
    Range { timestamp: Timestamp, target: &'static str },
}

const NANOS_PER_SECOND: u32 = 1_000_000_000;

impl Timestamp {
    /// The zero time: `0001-01-01T00:00:00Z`.
    pub const ZERO: Self = Self { seconds: -62_135_596_800, nanos: 0 };

    /// The start of Unix time: `1970-01-01T00:00:00Z`.
    pub const UNIX_EPOCH: Self = Self { seconds: 0, nanos: 0 };

    /// The earliest timestamp: `0000-01-01T00:00:00Z`.
    pub const MIN: Self = Self { seconds: -62_167_219_200, nanos: 0 };

    /// The latest timestamp: `9999-12-31T23:59:59.999999999Z`.
    pub const MAX: Self = Self { seconds: 253_402_300_799, nanos: NANOS_PER_SECOND - 1 };

    /// Returns the current time of this machine.
    #[must_use]
    pub fn now() -> Self {
        crate::clock::time_of_day().into()
    }

    /// Parses RFC 3339, with any offset: `2025-01-31T12:00:00.5+01:00`. A leap second is the second after it.
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        calendar::read(text)
            .and_then(|(seconds, nanos)| Self::from_unix(seconds, nanos))
            .ok_or_else(|| TimestampError(Problem::Syntax(text.to_owned())))
    }

    /// Creates a timestamp from seconds since 1970 (before, if negative) and nanoseconds; `None` outside the years
    /// 0000 to 9999, and for 1,000,000,000 nanoseconds or more.
    #[must_use]
    pub fn from_unix(seconds: i64, nanos: u32) -> Option<Self> {
        let time = Self { seconds, nanos };
        let is_in_range =
            nanos < NANOS_PER_SECOND && (Self::MIN..=Self::MAX).contains(&time);
        is_in_range.then_some(time)
    }

    /// Returns the whole seconds since 1970, negative before.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds after the whole second.
    #[must_use]
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// Returns true for the zero time.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    /// Adds a duration; `None` after the year 9999.
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        let nanos = self.nanos + duration.subsec_nanos();
        let seconds = self.seconds.checked_add_unsigned(duration.as_secs())?;
        let carried = seconds.checked_add(i64::from(nanos / NANOS_PER_SECOND))?;
        Self::from_unix(carried, nanos % NANOS_PER_SECOND)
    }

    /// Subtracts a duration; `None` before the year 0000.
    #[must_use]
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        let nanos = NANOS_PER_SECOND + self.nanos - duration.subsec_nanos();
        let seconds = self.seconds.checked_sub_unsigned(duration.as_secs())?;
        let borrowed = seconds.checked_sub(1 - i64::from(nanos / NANOS_PER_SECOND))?;
        Self::from_unix(borrowed, nanos % NANOS_PER_SECOND)
    }

    /// Returns the duration since an earlier time; `None` if it is later.
    #[must_use]
    pub fn duration_since(self, earlier: Self) -> Option<Duration> {
        let since = |time: Self| {
            let seconds = time.seconds.checked_sub(Self::MIN.seconds)?;
            Some(Duration::new(u64::try_from(seconds).ok()?, time.nanos))
        };
        since(self)?.checked_sub(since(earlier)?)
    }

    /// Returns the time since this one by the clock of this machine; `None` if it is in the future.
    #[must_use]
    pub fn elapsed(self) -> Option<Duration> {
        Self::now().duration_since(self)
    }

    /// Returns the nearest time that RFC 3339 can represent.
    #[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
    pub(crate) fn nearest_unix(seconds: i64, nanos: u32) -> Self {
        let nearest = if seconds < 0 { Self::MIN } else { Self::MAX };
        Self::from_unix(seconds, nanos).unwrap_or(nearest)
    }
}

/// Limited to [`Timestamp::MAX`].
impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        self.checked_add(duration).unwrap_or(Self::MAX)
    }
}

/// Limited to [`Timestamp::MIN`].
impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        self.checked_sub(duration).unwrap_or(Self::MIN)
    }
}

/// The time between the two, or zero if the other one is later; see [`Timestamp::duration_since`].
impl Sub for Timestamp {
    type Output = Duration;

    fn sub(self, earlier: Self) -> Duration {
        self.duration_since(earlier).unwrap_or_default()
    }
}

impl AddAssign<Duration> for Timestamp {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl SubAssign<Duration> for Timestamp {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}

impl Default for Timestamp {
    fn default() -> Self {
        Self::ZERO
    }
}

/// RFC 3339 in UTC, with a fraction only if there is one: `2025-01-31T11:00:00.500Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        calendar::write(f, self.seconds, self.nanos)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TimestampError {
    pub(crate) fn out_of_range(timestamp: Timestamp, target: &'static str) -> Self {
        Self(Problem::Range { timestamp, target })
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Problem::Syntax(text) => write!(f, "{text:?} is not an RFC 3339 timestamp"),
            Problem::Range { timestamp, target } => {
                write!(f, "{timestamp} is out of the range of `{target}`")
            }
        }
    }
}

impl std::error::Error for TimestampError {}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(TimestampVisitor)
    }
}

/// Parses additional forms that servers send: an offset without a colon, a missing offset, and an empty string,
/// which is the zero time.
fn lenient(text: &str) -> Result<Timestamp, TimestampError> {
    Timestamp::parse(text).or_else(|error| {
        let parts = text.split_at_checked(text.len().saturating_sub(5));
        let (time, offset) = parts.unwrap_or((text, ""));
        let digits = offset.strip_prefix(['+', '-']).filter(|it| it.len() == 4);
        match digits.and_then(|digits| digits.split_at_checked(2)) {
            _ if text.is_empty() => Ok(Timestamp::ZERO),
            Some((hours, minutes)) => {
                let sign = offset.get(..1).unwrap_or_default();
                Timestamp::parse(&format!("{time}{sign}{hours}:{minutes}"))
            }
            None => Timestamp::parse(&format!("{text}Z")),
        }
        .map_err(|_| error)
    })
}

/// Parses inside the visitor, where `serde_json` adds the right line and column to an error.
struct TimestampVisitor;

impl Visitor<'_> for TimestampVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a timestamp")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
        lenient(text).map_err(E::custom)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
