//! Client-side rate limiting: delays calls so that the API does not reject them.
//!
//! The [`Limiter`] decides, and knows no clock; a [`Quota`] is a shared limiter, and its `permit` module waits for
//! it in either client.

mod ledger;
mod limiter;
#[cfg(any(feature = "async", feature = "blocking"))]
mod permit;
mod queue;
mod verdict;
mod waiter;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use waiter::Waiters;

use crate::clock::now;

pub use limiter::Limiter;
#[cfg(any(feature = "async", feature = "blocking"))]
pub(crate) use permit::Permits;
pub use queue::Ticket;
pub use verdict::Verdict;

/// Priority of a call among others that wait for the same [`Quota`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "drivers of a limiter handle all variants")]
pub enum Priority {
    /// Before all others, for interactive use.
    Urgent,
    /// The default.
    #[default]
    Normal,
    /// After all others, without starvation: at least one of 17 calls is of this priority while any waits.
    Background,
}

/// Client-side rate limit: never sends more requests than the API allows, in any period as long as its window.
///
/// A call beyond the limit waits for a permit, instead of being rejected with status 429. Clones share one count,
/// and so do all clients, async and blocking, with the same quota: use one quota for everything that uses one
/// account.
///
/// * A request counts from its start until one window after its end, since the API counts it at some time in between:
///   no network delay makes two windows overlap, and no margin is needed. Each attempt counts, including retries; one
///   without a connection does not. The arrival of a cancelled request is unknown: it counts as if it had arrived by
///   then.
/// * First come, first served, for each [`Priority`]; the more urgent first, but without starvation. A retry keeps the
///   position of its call.
/// * A call that is cancelled while it waits does not count.
/// * If the API returns status 429 nevertheless, because others use the account, all calls pause: for the time of
///   `Retry-After`, at most one window; without one, a 16th of the window, doubled with each repetition.
///
/// The time that a call waits for a permit is not part of its timeout, which applies to an attempt.
///
/// ```
/// # mod ngrok_client { pub use ngrok_client_core::quota::*; }
/// use ngrok_client::{Priority, Quota};
/// use std::time::Duration;
///
/// // 30 of the 120 requests are for the other programs of the account.
/// let quota = Quota::new(120, Duration::from_secs(60)).reserve(30);
/// assert_eq!(quota.left(), 90);
/// assert_eq!(quota.wait(Priority::Normal), Duration::ZERO);
///
/// // A thousand calls take eleven windows more than the first.
/// assert_eq!(quota.wait_for(1000, Priority::Background).as_secs(), 660);
/// ```
#[derive(Clone)]
pub struct Quota(Arc<Mutex<State>>);

struct State {
    limiter: Limiter,
    /// Maximum wait.
    max_wait: Duration,
    /// Waiters, and granted permits that their callers have not seen yet.
    waiters: Waiters,
}

impl Quota {
    /// Creates a quota of this many requests, at least one, in any period as long as the window.
    #[must_use]
    pub fn new(requests: u32, window: Duration) -> Self {
        let limiter = Limiter::new(requests, window);
        let max_wait = Duration::MAX;
        Self(Arc::new(Mutex::new(State {
            limiter,
            max_wait,
            waiters: Waiters::default(),
        })))
    }

    /// Reserves this many requests of each window for other users of the account. At least one remains. Applies to
    /// all clones.
    #[must_use]
    pub fn reserve(self, requests: u32) -> Self {
        self.lock().limiter.reserve(requests);
        self
    }

    /// Rejects calls that would have to wait longer for a permit: they fail immediately with
    /// [`ErrorKind::Quota`](crate::ErrorKind::Quota), and nothing is sent.
    ///
    /// By default there is no limit. Applies to all clones, and to the first attempt of a call: a retry waits as
    /// its `RetryPolicy` requires.
    #[must_use]
    pub fn max_wait(self, wait: Duration) -> Self {
        self.lock().max_wait = wait;
        self
    }

    /// Returns the number of requests per window.
    #[must_use]
    pub fn budget(&self) -> usize {
        self.lock().limiter.budget()
    }

    /// Returns the number of calls that could start now without a wait.
    #[must_use]
    pub fn left(&self) -> usize {
        self.lock().limiter.left(now())
    }

    /// Returns the number of calls that wait for a permit.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.lock().limiter.waiting()
    }

    /// Returns the number of requests in flight.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.lock().limiter.in_flight()
    }

    /// Returns how long a call would wait for a permit if it were made now. This is a lower bound: more urgent ones
    /// may arrive, and others may be in flight.
    #[must_use]
    pub fn wait(&self, priority: Priority) -> Duration {
        self.wait_for(1, priority)
    }

    /// Returns how long the last of this many calls would wait, if they were made now.
    #[must_use]
    pub fn wait_for(&self, calls: usize, priority: Priority) -> Duration {
        self.lock().limiter.wait(calls, priority, now())
    }

    /// Locks the state. A panic elsewhere leaves no partial state here.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limiter = &self.lock().limiter;
        f.debug_struct("Quota")
            .field("budget", &limiter.budget())
            .field("window", &limiter.window())
            .field("in_flight", &limiter.in_flight())
            .field("waiting", &limiter.waiting())
            .finish_non_exhaustive()
    }
}
