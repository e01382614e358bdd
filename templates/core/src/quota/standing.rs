//! How those who came for a turn stand, by their tickets. Most come in the order of their tickets, and few are passed over.

use std::collections::VecDeque;
use std::task::Waker;

use super::Ticket;

/// How somebody stands.
pub(super) enum Standing {
    /// Waits, and is reached like this.
    Waits(Waker),
    /// May start, in this era, and has not heard of it.
    MayStart(u64),
}

/// All of them, by ticket.
#[derive(Default)]
pub(super) struct Standings(VecDeque<(Ticket, Standing)>);

impl Standings {
    pub(super) fn get(&self, ticket: Ticket) -> Option<&Standing> {
        let place = self.place(ticket).ok()?;
        self.0.get(place).map(|(_, standing)| standing)
    }

    /// Sets how one stands, and gives how it stood.
    pub(super) fn set(
        &mut self,
        ticket: Ticket,
        standing: Standing,
    ) -> Option<Standing> {
        let before = self.remove(ticket);
        if let Err(place) = self.place(ticket) {
            self.0.insert(place, (ticket, standing));
        }
        before
    }

    pub(super) fn remove(&mut self, ticket: Ticket) -> Option<Standing> {
        let place = self.place(ticket).ok()?;
        self.0.remove(place).map(|(_, standing)| standing)
    }

    fn place(&self, ticket: Ticket) -> Result<usize, usize> {
        self.0.binary_search_by_key(&ticket, |(ticket, _)| *ticket)
    }
}
