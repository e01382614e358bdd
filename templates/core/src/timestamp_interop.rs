//! Conversions between timestamps and the types of the standard library and, each behind its feature, of chrono,
//! time and jiff.
//!
//! Conversions to a [`Timestamp`] always succeed: times outside the years 0000 to 9999 become the nearest one
//! inside, since RFC 3339 cannot represent others. Conversions from it can fail if the other type has a smaller
//! range.

use std::time::{Duration, SystemTime};

use crate::{Timestamp, TimestampError};

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Self::UNIX_EPOCH.checked_add(after).unwrap_or(Self::MAX),
            Err(before) => {
                Self::UNIX_EPOCH.checked_sub(before.duration()).unwrap_or(Self::MIN)
            }
        }
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
        let seconds = Duration::from_secs(timestamp.unix_seconds().unsigned_abs());
        let whole = if timestamp.unix_seconds() < 0 {
            Self::UNIX_EPOCH.checked_sub(seconds)
        } else {
            Self::UNIX_EPOCH.checked_add(seconds)
        };
        let nanos = Duration::from_nanos(timestamp.subsec_nanos().into());
        whole
            .and_then(|whole| whole.checked_add(nanos))
            .ok_or_else(|| TimestampError::out_of_range(timestamp, "SystemTime"))
    }
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use chrono::{DateTime, TimeDelta, TimeZone, Utc};

    use super::Timestamp;

    impl<Z: TimeZone> From<DateTime<Z>> for Timestamp {
        fn from(time: DateTime<Z>) -> Self {
            // A leap second has more nanoseconds than others.
            let nanos = time.timestamp_subsec_nanos();
            let leap = i64::from(nanos / 1_000_000_000);
            Self::nearest_unix(time.timestamp() + leap, nanos % 1_000_000_000)
        }
    }

    impl From<Timestamp> for DateTime<Utc> {
        fn from(timestamp: Timestamp) -> Self {
            let nanos = TimeDelta::nanoseconds(timestamp.subsec_nanos().into());
            Self::UNIX_EPOCH + TimeDelta::seconds(timestamp.unix_seconds()) + nanos
        }
    }
}

#[cfg(feature = "time")]
mod with_time {
    use time::OffsetDateTime;

    use super::Timestamp;

    impl From<OffsetDateTime> for Timestamp {
        fn from(time: OffsetDateTime) -> Self {
            Self::nearest_unix(time.unix_timestamp(), time.nanosecond())
        }
    }

    impl From<Timestamp> for OffsetDateTime {
        fn from(timestamp: Timestamp) -> Self {
            // It represents more years than RFC 3339.
            Self::from_unix_timestamp(timestamp.unix_seconds())
                .and_then(|whole| whole.replace_nanosecond(timestamp.subsec_nanos()))
                .unwrap_or(Self::UNIX_EPOCH)
        }
    }
}

#[cfg(feature = "jiff")]
mod with_jiff {
    use jiff::SignedDuration;

    use super::{Timestamp, TimestampError};

    impl From<jiff::Timestamp> for Timestamp {
        fn from(time: jiff::Timestamp) -> Self {
            let since_epoch = time.as_duration();
            let nanos = since_epoch.subsec_nanos();
            let borrowed = i64::from(nanos < 0);
            Self::nearest_unix(
                since_epoch.as_secs() - borrowed,
                nanos.rem_euclid(1_000_000_000).unsigned_abs(),
            )
        }
    }

    /// Fails for the last hours of the year 9999, which jiff cannot represent.
    impl TryFrom<Timestamp> for jiff::Timestamp {
        type Error = TimestampError;

        fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
            let nanos = SignedDuration::from_nanos(timestamp.subsec_nanos().into());
            Self::from_second(timestamp.unix_seconds())
                .and_then(|seconds| seconds.checked_add(nanos))
                .map_err(|_| TimestampError::out_of_range(timestamp, "jiff::Timestamp"))
        }
    }
}
