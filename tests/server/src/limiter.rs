//! How many requests there may be in a while. Moments go in; whether one more request is let in comes out.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Lets in so many requests in any stretch of time.
#[derive(Debug)]
pub(crate) struct Limiter {
    pub(crate) requests: usize,
    pub(crate) window: Duration,
    /// When those were let in that still count.
    admitted: Mutex<VecDeque<Instant>>,
}

impl Limiter {
    pub(crate) fn new(requests: u32, window_seconds: u32) -> Self {
        Self {
            requests: usize::try_from(requests).unwrap_or(usize::MAX),
            window: Duration::from_secs(window_seconds.into()),
            admitted: Mutex::default(),
        }
    }

    /// Whether a request is let in at this moment.
    pub(crate) fn admits(&self, now: Instant) -> bool {
        let mut admitted = self.admitted.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over =
            |then: &Instant| now.saturating_duration_since(*then) >= self.window;
        while admitted.front().is_some_and(is_over) {
            admitted.pop_front();
        }
        let admits = admitted.len() < self.requests;
        if admits {
            admitted.push_back(now);
        }
        admits
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Limiter;

    #[test]
    fn the_window_rolls() {
        let limiter = Limiter::new(2, 60);
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let admitted = [0, 30, 31, 59, 60, 61, 89, 90].map(|it| limiter.admits(at(it)));
        assert_eq!(admitted, [true, true, false, false, true, false, false, true]);
    }
}
