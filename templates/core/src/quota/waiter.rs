//! States of waiters, by ticket. Most arrive in the order of their tickets, and few are passed over.

use std::collections::VecDeque;
use std::mem;
use std::task::Waker;

use super::Ticket;

/// The state of a waiter.
pub(super) enum WaiterState {
    /// Waiting, with this waker.
    Waiting(Waker),
    /// Granted in this era, but not seen by the caller yet.
    Granted(u64),
}

/// All waiters, by ticket.
#[derive(Default)]
pub(super) struct Waiters(VecDeque<(Ticket, WaiterState)>);

impl Waiters {
    pub(super) fn get(&self, ticket: Ticket) -> Option<&WaiterState> {
        let place = self.place(ticket).ok()?;
        self.0.get(place).map(|(_, waiter)| waiter)
    }

    /// Sets the state of a waiter, and returns the previous one.
    pub(super) fn set(
        &mut self,
        ticket: Ticket,
        waiter: WaiterState,
    ) -> Option<WaiterState> {
        match self.place(ticket) {
            Ok(place) => Some(mem::replace(&mut self.0[place].1, waiter)),
            Err(place) => {
                self.0.insert(place, (ticket, waiter));
                None
            }
        }
    }

    pub(super) fn remove(&mut self, ticket: Ticket) -> Option<WaiterState> {
        let place = self.place(ticket).ok()?;
        self.0.remove(place).map(|(_, waiter)| waiter)
    }

    fn place(&self, ticket: Ticket) -> Result<usize, usize> {
        self.0.binary_search_by_key(&ticket, |(ticket, _)| *ticket)
    }
}
