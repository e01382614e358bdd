//! Accounting of a quota: takes starts, ends and rejections of requests with their times; returns how many more may
//! start, and when.

use std::collections::VecDeque;
use std::time::Duration;

use crate::clock::Instant;

/// A century: longer than any wait, and short enough for clocks.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// Minimum length of a window.
const SHORTEST: Duration = Duration::from_millis(1);

/// First pause if the API does not specify one, as a fraction of the window; it doubles with each consecutive rejection.
const FIRST_PAUSE: u32 = 16;

/// Slots, one for each request of a window.
///
/// A request takes a slot when it starts, and the slot is free again one window after the request has ended. The
/// API counts the request at some time in between, so that independent of network delays no window of the API
/// contains more requests than there are slots.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    requests: usize,
    reserved: usize,
    window: Duration,
    in_flight: usize,
    /// Instants when the slots of ended requests are free again, soonest first.
    cooling: VecDeque<Instant>,
    paused: Option<Instant>,
    refusals: u32,
    /// Counts pauses, so that requests started before a pause do not affect it.
    era: u64,
}

impl Ledger {
    pub(super) fn new(requests: u32, window: Duration) -> Self {
        Self {
            requests: usize::try_from(requests).unwrap_or(usize::MAX).max(1),
            reserved: 0,
            window: window.clamp(SHORTEST, LONGEST),
            in_flight: 0,
            cooling: VecDeque::new(),
            paused: None,
            refusals: 0,
            era: 0,
        }
    }

    pub(super) fn reserve(&mut self, requests: u32) {
        self.reserved = usize::try_from(requests).unwrap_or(usize::MAX);
    }

    /// Returns the number of requests per window for this quota: at least one.
    pub(super) fn budget(&self) -> usize {
        self.requests.saturating_sub(self.reserved).max(1)
    }

    pub(super) fn window(&self) -> Duration {
        self.window
    }

    pub(super) fn in_flight(&self) -> usize {
        self.in_flight
    }

    pub(super) fn era(&self) -> u64 {
        self.era
    }

    /// Returns the number of requests that may start now.
    pub(super) fn free(&mut self, now: Instant) -> usize {
        while self.cooling.front().is_some_and(|free| *free <= now) {
            self.cooling.pop_front();
        }
        match self.paused {
            Some(until) if until > now => 0,
            _ => self.budget().saturating_sub(self.occupied()),
        }
    }

    /// Returns the earliest known start of the request after `ahead` others: those in flight may take longer.
    pub(super) fn due(&self, ahead: usize, now: Instant) -> Instant {
        let budget = self.budget();
        let rounds = u32::try_from(ahead / budget).unwrap_or(u32::MAX);
        let base = self.paused.map_or(now, |until| until.max(now));
        let needed = (self.occupied() + ahead % budget + 1).saturating_sub(budget);
        let first = match needed.checked_sub(1) {
            None => base,
            Some(at) => {
                let ending = || later(now, self.window);
                base.max(self.cooling.get(at).copied().unwrap_or_else(ending))
            }
        };
        later(first, self.window.saturating_mul(rounds))
    }

    pub(super) fn start(&mut self) {
        self.in_flight += 1;
    }

    /// Records the end of a request, with any result.
    pub(super) fn finish(&mut self, now: Instant) {
        let free = later(now, self.window);
        let free = self.cooling.back().map_or(free, |latest| free.max(*latest));
        self.in_flight = self.in_flight.saturating_sub(1);
        self.cooling.push_back(free);
    }

    /// Records a request that never reached the API.
    pub(super) fn unused(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Records a rejection because of the rate limit.
    pub(super) fn refused(&mut self, era: u64, asked: Option<Duration>, now: Instant) {
        if era == self.era {
            self.refusals = self.refusals.saturating_add(1);
            self.era += 1;
        }
        let doubled = 2_u32.saturating_pow(self.refusals.saturating_sub(1));
        let own = (self.window / FIRST_PAUSE).saturating_mul(doubled);
        let until = later(now, asked.unwrap_or(own).min(self.window));
        self.paused = Some(self.paused.map_or(until, |paused| paused.max(until)));
    }

    /// Records a request that was not rejected because of the rate limit.
    pub(super) fn accepted(&mut self, era: u64) {
        if era == self.era {
            self.refusals = 0;
        }
    }

    /// Returns the number of occupied slots at the last update.
    fn occupied(&self) -> usize {
        self.in_flight + self.cooling.len()
    }
}

fn later(at: Instant, wait: Duration) -> Instant {
    at.checked_add(wait.min(LONGEST)).unwrap_or(at)
}
