//! Rate limiting. Takes instants; returns whether another request is admitted, or the wait until it is.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Limits the number of requests in a rolling window.
#[derive(Debug)]
pub(crate) struct Limiter {
    pub(crate) requests: usize,
    pub(crate) window: Duration,
    /// Instants of the admitted requests that still count.
    admitted: Mutex<VecDeque<Instant>>,
}

impl Limiter {
    pub(crate) fn new(requests: u32, window: Duration) -> Self {
        let requests = usize::try_from(requests).unwrap_or(usize::MAX);
        Self { requests, window, admitted: Mutex::default() }
    }

    /// Admits a request at this instant, or returns the required wait.
    pub(crate) fn admit(&self, now: Instant) -> Result<(), Duration> {
        let mut admitted = self.admitted.lock().unwrap_or_else(PoisonError::into_inner);
        let age = |then: &Instant| now.saturating_duration_since(*then);
        while admitted.front().is_some_and(|then| age(then) >= self.window) {
            admitted.pop_front();
        }
        if admitted.len() < self.requests {
            admitted.push_back(now);
            return Ok(());
        }
        let oldest = admitted.front().map_or(Duration::ZERO, age);
        Err(self.window.saturating_sub(oldest))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Limiter;

    #[test]
    fn the_window_rolls() {
        let limiter = Limiter::new(2, Duration::from_secs(60));
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let waits = [0, 30, 31, 59, 60, 61, 89, 90]
            .map(|it| limiter.admit(at(it)).map_or_else(|wait| wait.as_secs(), |()| 0));
        assert_eq!(waits, [0, 0, 29, 1, 0, 29, 1, 0]);
    }

    #[test]
    fn a_short_window_works() {
        let limiter = Limiter::new(1, Duration::from_millis(200));
        let start = Instant::now();
        let at = |millis| limiter.admit(start + Duration::from_millis(millis));
        assert_eq!([at(0), at(200)], [Ok(()), Ok(())]);
        assert_eq!(at(250), Err(Duration::from_millis(150)));
        let none = Limiter::new(0, Duration::from_millis(200));
        assert_eq!(none.admit(start), Err(Duration::from_millis(200)));
    }
}
