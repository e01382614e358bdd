//! Keeping to the rate that an API allows: calls go in, each is let go when its turn has
//! come and the API will not turn it away.
//!
//! The [`Limiter`] decides, and knows no clock; a [`Quota`] is one that is shared, and
//! its `turn` waits for it in either world.

mod ledger;
mod limiter;
mod line;
mod standing;
#[cfg(any(feature = "async", feature = "blocking"))]
mod turn;
mod verdict;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use standing::Standings;

use crate::clock::now;

pub use limiter::Limiter;
pub use line::Ticket;
#[cfg(any(feature = "async", feature = "blocking"))]
pub(crate) use turn::Turns;
pub use verdict::Verdict;

/// How a call stands to others that wait for the same [`Quota`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "whoever drives a limiter handles all")]
pub enum Priority {
    /// Goes before all others: somebody is looking at a screen.
    Urgent,
    /// As calls are unless they say otherwise.
    #[default]
    Normal,
    /// Goes when others do not; it is not forgotten either: one of 17 calls at least is
    /// of this kind while any waits.
    Background,
}

/// Never more requests than the API allows, in any stretch of time as long as its window.
///
/// A call beyond that waits until there is room, instead of being turned away with 429.
/// Clones share one count, and so do all clients, async and blocking, that are handed the
/// same quota: give one to everything that uses one account.
///
/// * A request counts from when it starts until one window after it has ended, since the
///   API counts it somewhere between: no delay of the network makes two windows overlap,
///   and no margin is needed. Each attempt counts, retries too; one that found no
///   connection does not. Of one that is given up half way nobody knows when it arrives, if
///   ever: it counts as if it had by then.
/// * First come, first served, for each [`Priority`]; the more urgent first, yet nobody
///   waits for ever. A retry keeps the place that its call had.
/// * A call that is given up while it waits leaves no trace.
/// * When the API says 429 all the same, because others use the account, all calls
///   pause: as long as `Retry-After` says, at most one window; where it says nothing, a
///   16th of the window, and twice as long each time that it happens again.
///
/// The time a call waits for its turn is no part of its timeout, which is for an attempt.
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
    /// What nobody waits longer than.
    max_wait: Duration,
    /// Those who wait, or may start and have not heard of it.
    standings: Standings,
}

impl Quota {
    /// At most that many requests, one at least, in any stretch of time as long as the
    /// window.
    #[must_use]
    pub fn new(requests: u32, window: Duration) -> Self {
        let limiter = Limiter::new(requests, window);
        let max_wait = Duration::MAX;
        Self(Arc::new(Mutex::new(State {
            limiter,
            max_wait,
            standings: Standings::default(),
        })))
    }

    /// Leaves that many requests of each window to others on the account, whom this
    /// quota does not see. One at least stays. It holds for all clones.
    #[must_use]
    pub fn reserve(self, requests: u32) -> Self {
        self.lock().limiter.reserve(requests);
        self
    }

    /// Refuses calls that would have to wait longer than that for their turn: they fail
    /// at once with [`ErrorKind::Quota`](crate::ErrorKind::Quota), and nothing is sent.
    ///
    /// By default they wait however long it takes. It holds for all clones, and for the
    /// first attempt of a call: a retry waits, as its `RetryPolicy` says.
    #[must_use]
    pub fn max_wait(self, wait: Duration) -> Self {
        self.lock().max_wait = wait;
        self
    }

    /// How many requests of a window it gives out.
    #[must_use]
    pub fn budget(&self) -> usize {
        self.lock().limiter.budget()
    }

    /// How many calls could start now without a wait.
    #[must_use]
    pub fn left(&self) -> usize {
        self.lock().limiter.left(now())
    }

    /// How many calls wait for their turn.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.lock().limiter.waiting()
    }

    /// How many requests are under way.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.lock().limiter.in_flight()
    }

    /// How long a call would wait for its turn if it were made now: at least that long,
    /// since more urgent ones may come, and longer while others are under way.
    #[must_use]
    pub fn wait(&self, priority: Priority) -> Duration {
        self.wait_for(1, priority)
    }

    /// How long the last of that many calls would wait, if they were made now.
    #[must_use]
    pub fn wait_for(&self, calls: usize, priority: Priority) -> Duration {
        self.lock().limiter.wait(calls, priority, now())
    }

    /// A panic elsewhere leaves nothing half done here.
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
