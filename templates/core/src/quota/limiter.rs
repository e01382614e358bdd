//! Decisions of a quota, without a clock and without waiting: takes events with their time, returns which requests
//! may start.

use std::time::Duration;

use super::ledger::Ledger;
use super::queue::{Queue, Ticket};
use super::{Priority, Verdict};
use crate::clock::Instant;

/// A rolling window and its queue.
///
/// Its driver joins, calls [`grant`](Self::grant) until no request may start, and reports the [end](Self::end) of
/// each started request. Time must not run backwards.
#[derive(Clone, Debug)]
pub struct Limiter {
    ledger: Ledger,
    queue: Queue,
}

impl Limiter {
    /// Creates a limiter of this many requests in any period as long as the window.
    #[must_use]
    pub fn new(requests: u32, window: Duration) -> Self {
        Self { ledger: Ledger::new(requests, window), queue: Queue::default() }
    }

    /// Reserves this many requests for other clients; at least one remains.
    pub fn reserve(&mut self, requests: u32) {
        self.ledger.reserve(requests);
    }

    /// Returns the number of requests per window.
    #[must_use]
    pub fn budget(&self) -> usize {
        self.ledger.budget()
    }

    /// Returns the window.
    #[must_use]
    pub fn window(&self) -> Duration {
        self.ledger.window()
    }

    /// Returns the number of requests in flight.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.ledger.in_flight()
    }

    /// Returns the number of waiters.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Joins the queue.
    pub fn join(&mut self, priority: Priority) -> Ticket {
        self.queue.join(priority)
    }

    /// Joins the queue again at the same position, for another attempt.
    pub fn rejoin(&mut self, ticket: Ticket, priority: Priority) {
        self.queue.rejoin(ticket, priority);
    }

    /// Leaves the queue before a permit was granted.
    pub fn leave(&mut self, ticket: Ticket) {
        self.queue.leave(ticket);
    }

    /// Grants a permit to the next waiter, if one may start now. Its request has started until it [ends](Self::end).
    pub fn grant(&mut self, now: Instant) -> Option<Ticket> {
        if self.ledger.free(now) == 0 {
            return None;
        }
        let ticket = self.queue.pop()?;
        self.ledger.start();
        Some(ticket)
    }

    /// Returns the number of the latest pause: the end of a request specifies in which era it started.
    #[must_use]
    pub fn era(&self) -> u64 {
        self.ledger.era()
    }

    /// Records the end of a granted request.
    pub fn end(&mut self, verdict: Verdict, era: u64, now: Instant) {
        match verdict {
            Verdict::NotSent => return self.ledger.unused(),
            Verdict::Accepted => self.ledger.accepted(era),
            Verdict::Refused(wait) => self.ledger.refused(era, wait, now),
            Verdict::Unknown => {}
        }
        self.ledger.finish(now);
    }

    /// Records that a granted request was cancelled before it was sent.
    pub fn unused(&mut self) {
        self.ledger.unused();
    }

    /// Returns the first waiter of each priority.
    pub fn heads(&self) -> impl Iterator<Item = Ticket> {
        self.queue.heads()
    }

    /// Returns the earliest start of a waiter.
    #[must_use]
    pub fn due(&self, ticket: Ticket, now: Instant) -> Instant {
        self.ledger.due(self.queue.before(ticket), now)
    }

    /// Returns the number of requests that could start now, before those that wait.
    pub fn left(&mut self, now: Instant) -> usize {
        self.ledger.free(now).saturating_sub(self.queue.len())
    }

    /// Returns the wait of the last of this many calls, if there were no others and those in flight ended now.
    pub fn wait(&mut self, calls: usize, priority: Priority, now: Instant) -> Duration {
        self.ledger.free(now);
        let ahead = self.queue.before_last_of(calls, priority);
        self.ledger.due(ahead, now).saturating_duration_since(now)
    }
}
