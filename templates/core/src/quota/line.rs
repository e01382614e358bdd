//! The line of those who wait: who comes goes in, who is next comes out. No clock.

use std::collections::VecDeque;

use super::Priority;

/// A place in the line. Who came first has the lesser one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

const CLASSES: usize = 3;

/// How often each class lets more urgent ones pass while one of its own waits.
const PATIENCE: [u32; CLASSES] = [0, 4, 16];

/// First come, first served within a class; the most urgent class first, but none waits
/// for ever: after it was passed over as often as its patience lasts, its first is next.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    classes: [VecDeque<Ticket>; CLASSES],
    passed: [u32; CLASSES],
    tickets: u64,
}

impl Line {
    /// Joins at the end of a class.
    pub(super) fn join(&mut self, priority: Priority) -> Ticket {
        let ticket = Ticket(self.tickets);
        self.tickets += 1;
        self.classes[class(priority)].push_back(ticket);
        ticket
    }

    /// Takes an old place again, before all who came later.
    pub(super) fn rejoin(&mut self, ticket: Ticket, priority: Priority) {
        let waiting = &mut self.classes[class(priority)];
        if let Err(place) = waiting.binary_search(&ticket) {
            waiting.insert(place, ticket);
        }
    }

    /// Gives a place up.
    pub(super) fn leave(&mut self, ticket: Ticket) {
        for waiting in &mut self.classes {
            if let Ok(place) = waiting.binary_search(&ticket) {
                waiting.remove(place);
            }
        }
    }

    /// Who is next, and no longer in the line.
    pub(super) fn pop(&mut self) -> Option<Ticket> {
        let next = pick(&self.lengths(), &mut self.passed)?;
        self.classes[next].pop_front()
    }

    /// The first of each class.
    pub(super) fn heads(&self) -> impl Iterator<Item = Ticket> {
        self.classes.iter().filter_map(|waiting| waiting.front().copied())
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.classes.iter().map(VecDeque::len).sum()
    }

    /// How many of its own class are before it.
    pub(super) fn before(&self, ticket: Ticket) -> usize {
        let places = self.classes.iter().map(|waiting| waiting.binary_search(&ticket));
        places.flatten().next().unwrap_or(0)
    }

    /// How many would go before the last of `calls` that join now, if nobody else came.
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
        self.classes.each_ref().map(VecDeque::len)
    }
}

/// Which class is next; notes who was passed over.
fn pick(lengths: &[usize; CLASSES], passed: &mut [u32; CLASSES]) -> Option<usize> {
    let waits = |class: &usize| lengths[*class] > 0;
    let tired = (1..CLASSES)
        .rev()
        .find(|class| waits(class) && passed[*class] >= PATIENCE[*class]);
    let next = tired.or_else(|| (0..CLASSES).find(waits))?;
    passed[next] = 0;
    for class in (next + 1..CLASSES).filter(waits) {
        passed[class] += 1;
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
