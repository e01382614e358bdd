//! The queue of waiters: takes arrivals, returns the next one. No clock.

use std::collections::VecDeque;

use super::Priority;

/// A position in the queue. Earlier arrivals have smaller ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

const CLASSES: usize = 3;

/// Number of times that each class is passed over while one of its waiters is queued.
const PATIENCE: [u32; CLASSES] = [0, 4, 16];

/// First come, first served within a class; the most urgent class first, but without starvation: a class that was
/// passed over as often as its patience allows is next.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    classes: [VecDeque<Ticket>; CLASSES],
    passed: [u32; CLASSES],
    tickets: u64,
}

impl Queue {
    /// Joins at the end of a class.
    pub(super) fn join(&mut self, priority: Priority) -> Ticket {
        let ticket = Ticket(self.tickets);
        self.tickets += 1;
        self.classes[class(priority)].push_back(ticket);
        ticket
    }

    /// Takes an earlier position again, before later arrivals.
    pub(super) fn rejoin(&mut self, ticket: Ticket, priority: Priority) {
        let waiting = &mut self.classes[class(priority)];
        if let Err(place) = waiting.binary_search(&ticket) {
            waiting.insert(place, ticket);
        }
    }

    /// Leaves the queue.
    pub(super) fn leave(&mut self, ticket: Ticket) {
        for waiting in &mut self.classes {
            if let Ok(place) = waiting.binary_search(&ticket) {
                waiting.remove(place);
            }
        }
    }

    /// Removes and returns the next waiter.
    pub(super) fn pop(&mut self) -> Option<Ticket> {
        let next = pick(&self.lengths(), &mut self.passed)?;
        self.classes[next].pop_front()
    }

    /// Returns the first waiter of each class.
    pub(super) fn heads(&self) -> impl Iterator<Item = Ticket> {
        self.classes.iter().filter_map(|waiting| waiting.front().copied())
    }

    /// Returns the number of waiters.
    pub(super) fn len(&self) -> usize {
        self.lengths().iter().sum()
    }

    /// Returns the number of waiters of the same class before it.
    pub(super) fn before(&self, ticket: Ticket) -> usize {
        let place = |waiting: &VecDeque<_>| waiting.binary_search(&ticket).ok();
        self.classes.iter().find_map(place).unwrap_or(0)
    }

    /// Returns the number of waiters before the last of `calls` that join now, if there are no others.
    pub(super) fn before_last_of(&self, calls: usize, priority: Priority) -> usize {
        let (mut lengths, mut passed) = (self.lengths(), self.passed);
        let own = class(priority);
        lengths[own] = lengths[own].saturating_add(calls.max(1));
        let mut ahead = 0_usize;
        while let Some(next) = pick(&lengths, &mut passed) {
            lengths[next] -= 1;
            if lengths[own] == 0 {
                break;
            }
            ahead += 1;
            if (0..CLASSES).all(|class| class == own || lengths[class] == 0) {
                return ahead.saturating_add(lengths[own] - 1);
            }
        }
        ahead
    }

    fn lengths(&self) -> [usize; CLASSES] {
        let [urgent, normal, background] = &self.classes;
        [urgent.len(), normal.len(), background.len()]
    }
}

/// Selects the next class; records the ones passed over.
fn pick(lengths: &[usize; CLASSES], passed: &mut [u32; CLASSES]) -> Option<usize> {
    let mut next = None;
    for class in 0..CLASSES {
        if lengths[class] > 0 && (next.is_none() || passed[class] >= PATIENCE[class]) {
            next = Some(class);
        }
    }
    let next = next?;
    passed[next] = 0;
    for class in next + 1..CLASSES {
        passed[class] += u32::from(lengths[class] > 0);
    }
    Some(next)
}

fn class(priority: Priority) -> usize {
    match priority {
        Priority::Urgent => 0,
        Priority::Normal => 1,
        Priority::Background => 2,
    }
}
