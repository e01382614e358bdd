//! Limits of an exchange: time and memory.

use std::time::Duration;

/// Limits of a transport for one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Timeout from the start to the last byte of the response.
    pub timeout: Duration,
    /// Timeout for DNS lookup, TCP connect and TLS handshake.
    pub connect_timeout: Duration,
    /// Maximum length of the response's body, without transfer coding and compression.
    pub max_response_bytes: usize,
}

impl Limits {
    /// Limits the times to a century, which clocks support and which means no limit.
    #[must_use]
    pub fn bounded(self) -> Self {
        const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
        Self {
            timeout: self.timeout.min(LONGEST),
            connect_timeout: self.connect_timeout.min(LONGEST),
            ..self
        }
    }

    /// Returns the initial capacity for a body of this length, which only the server claims.
    #[cfg(any(feature = "hyper", feature = "blocking"))]
    pub(crate) fn room(self, length: Option<u64>) -> usize {
        const MOST: usize = 1024 * 1024;
        let length = length.and_then(|length| usize::try_from(length).ok());
        length.unwrap_or_default().min(self.max_response_bytes).min(MOST)
    }
}

impl Default for Limits {
    /// 30 seconds, 10 seconds, 16 MiB.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_response_bytes: 16 * 1024 * 1024,
        }
    }
}
