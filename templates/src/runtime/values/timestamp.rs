//! Timestamps as values of fields, and the types that convert to them: those of the standard library and, each
//! behind its feature, of chrono, time and jiff.

use std::time::SystemTime;

use ngrok_client_core::Timestamp;

use super::given;
use crate::runtime::codec::Plain;

impl Plain for Timestamp {}

given! { [] SystemTime => Timestamp: |time| time.into(); }

#[cfg(feature = "chrono")]
given! { [Z: chrono::TimeZone] chrono::DateTime<Z> => Timestamp: |time| time.into(); }

#[cfg(feature = "time")]
given! { [] time::OffsetDateTime => Timestamp: |time| time.into(); }

#[cfg(feature = "jiff")]
given! { [] jiff::Timestamp => Timestamp: |time| time.into(); }
