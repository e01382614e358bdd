//! What a quota decides, without a clock and without waiting: events go in with their
//! time, and who may start comes out.

use std::time::Duration;

use super::ledger::Ledger;
use super::line::{Line, Ticket};
use super::{Priority, Verdict};
use crate::clock::Instant;

/// A rolling window and the line before it.
///
/// Whoever drives it joins, asks [`grant`](Self::grant) who may start until nobody may,
/// and says how each request that started has [ended](Self::end). Time must not run
/// backwards.
#[derive(Clone, Debug)]
pub struct Limiter {
    ledger: Ledger,
    line: Line,
}

impl Limiter {
    /// At most that many requests in any stretch of time as long as the window.
    #[must_use]
    pub fn new(requests: u32, window: Duration) -> Self {
        Self { ledger: Ledger::new(requests, window), line: Line::default() }
    }

    /// Leaves that many of the requests to others; one at least stays.
    pub fn reserve(&mut self, requests: u32) {
        self.ledger.reserve(requests);
    }

    /// How many requests of a window it gives out.
    #[must_use]
    pub fn budget(&self) -> usize {
        self.ledger.budget()
    }

    /// The window.
    #[must_use]
    pub fn window(&self) -> Duration {
        self.ledger.window()
    }

    /// How many requests are under way.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.ledger.in_flight()
    }

    /// How many wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.line.len()
    }

    /// Joins the line.
    pub fn join(&mut self, priority: Priority) -> Ticket {
        self.line.join(priority)
    }

    /// Joins it again where it was, to make another attempt.
    pub fn rejoin(&mut self, ticket: Ticket, priority: Priority) {
        self.line.rejoin(ticket, priority);
    }

    /// Leaves the line without having been granted anything.
    pub fn leave(&mut self, ticket: Ticket) {
        self.line.leave(ticket);
    }

    /// The next that may start now, if one may. It has started by that, until it
    /// [ends](Self::end).
    pub fn grant(&mut self, now: Instant) -> Option<Ticket> {
        if self.ledger.free(now) == 0 {
            return None;
        }
        let ticket = self.line.pop()?;
        self.ledger.start();
        Some(ticket)
    }

    /// Which pause came last: what ends says in which era it started.
    #[must_use]
    pub fn era(&self) -> u64 {
        self.ledger.era()
    }

    /// A request that was granted has ended.
    pub fn end(&mut self, verdict: Verdict, era: u64, now: Instant) {
        match verdict {
            Verdict::NotSent => return self.ledger.unused(),
            Verdict::Accepted => self.ledger.accepted(era),
            Verdict::Refused(wait) => self.ledger.refused(era, wait, now),
            Verdict::Unknown => {}
        }
        self.ledger.finish(now);
    }

    /// Nobody waits for it any more, and nothing was sent.
    pub fn unused(&mut self) {
        self.ledger.unused();
    }

    /// The first of each priority that waits.
    pub fn heads(&self) -> impl Iterator<Item = Ticket> {
        self.line.heads()
    }

    /// When the one with this ticket can start at the soonest.
    #[must_use]
    pub fn due(&self, ticket: Ticket, now: Instant) -> Instant {
        self.ledger.due(self.line.before(ticket), now)
    }

    /// How many could start now, had they come before those who wait.
    pub fn left(&mut self, now: Instant) -> usize {
        self.ledger.free(now).saturating_sub(self.line.len())
    }

    /// How long the last of that many calls would wait, if nobody else came and those
    /// under way ended now.
    pub fn wait(&mut self, calls: usize, priority: Priority, now: Instant) -> Duration {
        self.ledger.free(now);
        let ahead = self.line.before_last_of(calls, priority);
        self.ledger.due(ahead, now).saturating_duration_since(now)
    }
}
