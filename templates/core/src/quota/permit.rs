//! Waiting for permits, in either client. Each waiter has its own timer and grants all due permits when it fires,
//! so that a future that is not polled does not block others.

use std::task::Waker;
use std::time::Duration;

use super::waiter::WaiterState;
use super::{Priority, Quota, State, Ticket, Verdict};
use crate::clock::Instant;
use crate::trace::Span;
use crate::{Draft, Error, Result};

/// The permits of one call: one for each attempt.
pub(crate) struct Permits {
    quota: Quota,
    priority: Priority,
    operation: &'static str,
    ticket: Option<Ticket>,
}

/// A position in the queue. Dropping it leaves the queue, and returns a granted permit.
struct Place {
    quota: Quota,
    ticket: Ticket,
    taken: bool,
}

/// Permission to send one request. Dropping it ends the request with an unknown result.
pub(crate) struct Permit<N: Fn() -> Instant> {
    quota: Quota,
    era: u64,
    clock: N,
    verdict: Verdict,
}

/// The next action of a waiter.
enum Next {
    /// Start.
    Go(u64),
    /// Wait until then, or until woken.
    Until(Instant),
}

impl Permits {
    /// Returns the permits of a call, if there is a quota.
    pub(crate) fn new(quota: Option<&Quota>, draft: &Draft) -> Option<Self> {
        let (priority, operation) = (draft.priority, draft.operation.name);
        Some(Self { quota: quota?.clone(), priority, operation, ticket: None })
    }

    fn line_up(&mut self, now: Instant, span: &Span) -> Result<Place> {
        let (ticket, wait) = self.join(now).inspect_err(|error| span.fails(error))?;
        let place = Place { quota: self.quota.clone(), ticket, taken: false };
        if !wait.is_zero() {
            span.waits_for_permit(wait);
        }
        Ok(place)
    }

    /// Joins the queue, and returns the minimum wait.
    fn join(&mut self, now: Instant) -> Result<(Ticket, Duration)> {
        let mut state = self.quota.lock();
        let ticket = if let Some(ticket) = self.ticket {
            state.limiter.rejoin(ticket, self.priority);
            ticket
        } else {
            let wait = state.limiter.wait(1, self.priority, now);
            if wait > state.max_wait {
                let error = Error::quota(wait, state.max_wait);
                return Err(error.of(self.operation, 0));
            }
            *self.ticket.insert(state.limiter.join(self.priority))
        };
        let due = state.limiter.due(ticket, now);
        Ok((ticket, due.saturating_duration_since(now)))
    }

    fn permit<N: Fn() -> Instant>(&self, era: u64, clock: N) -> Permit<N> {
        Permit { quota: self.quota.clone(), era, clock, verdict: Verdict::Unknown }
    }
}

impl Place {
    fn next(&mut self, now: Instant, waker: &Waker) -> Next {
        let mut state = self.quota.lock();
        let woken = state.advance(now);
        let next =
            if let Some(WaiterState::Granted(era)) = state.waiters.remove(self.ticket) {
                self.taken = true;
                Next::Go(era)
            } else {
                state.waiters.set(self.ticket, WaiterState::Waiting(waker.clone()));
                Next::Until(state.limiter.due(self.ticket, now))
            };
        drop(state);
        wake(woken);
        next
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.taken {
            return;
        }
        let mut state = self.quota.lock();
        if let Some(WaiterState::Granted(_)) = state.waiters.remove(self.ticket) {
            state.limiter.unused();
        } else {
            state.limiter.leave(self.ticket);
        }
        let woken = state.heads();
        drop(state);
        wake(woken);
    }
}

impl<N: Fn() -> Instant> Permit<N> {
    /// Records the end of the request.
    pub(crate) fn end(mut self, verdict: Verdict) {
        self.verdict = verdict;
    }
}

impl<N: Fn() -> Instant> Drop for Permit<N> {
    fn drop(&mut self) {
        let now = (self.clock)();
        let mut state = self.quota.lock();
        state.limiter.end(self.verdict, self.era, now);
        let woken = state.advance(now);
        drop(state);
        wake(woken);
    }
}

impl State {
    /// Grants due permits, and returns the waiters to wake: those with a permit, and the new first ones.
    fn advance(&mut self, now: Instant) -> Vec<Waker> {
        let mut woken = Vec::new();
        let mut moved = false;
        while let Some(ticket) = self.limiter.grant(now) {
            let before =
                self.waiters.set(ticket, WaiterState::Granted(self.limiter.era()));
            if let Some(WaiterState::Waiting(waker)) = before {
                woken.push(waker);
            }
            moved = true;
        }
        if moved {
            woken.append(&mut self.heads());
        }
        woken
    }

    /// Returns the first waiters: their timers are too late, or they may start now.
    fn heads(&self) -> Vec<Waker> {
        let mut wakers = Vec::new();
        for ticket in self.limiter.heads() {
            if let Some(WaiterState::Waiting(waker)) = self.waiters.get(ticket) {
                wakers.push(waker.clone());
            }
        }
        wakers
    }
}

/// Outside of the lock: a waker can run any code.
fn wake(woken: Vec<Waker>) {
    for waker in woken {
        waker.wake();
    }
}

#[cfg(feature = "async")]
mod asynchronous {
    //! Waiting with the timer of a transport.

    use std::future::poll_fn;
    use std::sync::Arc;
    use std::task::{Context, Poll, ready};

    use super::{Next, Permit, Permits, Place};
    use crate::clock::Instant;
    use crate::trace::Span;
    use crate::{BoxFuture, Result, Transport};

    impl Permits {
        /// Waits for the next permit.
        pub(crate) async fn next(
            &mut self,
            transport: &Arc<dyn Transport>,
            span: &Span,
        ) -> Result<Permit<impl Fn() -> Instant + use<>>> {
            let transport = Arc::clone(transport);
            let mut place = self.line_up(transport.now(), span)?;
            let mut timer = None;
            let era =
                poll_fn(|context| poll(&mut place, &mut timer, &*transport, context))
                    .await;
            Ok(self.permit(era, move || transport.now()))
        }
    }

    fn poll(
        place: &mut Place,
        timer: &mut Option<(Instant, BoxFuture<()>)>,
        transport: &dyn Transport,
        context: &mut Context<'_>,
    ) -> Poll<u64> {
        loop {
            let now = transport.now();
            let until = match place.next(now, context.waker()) {
                Next::Go(era) => return Poll::Ready(era),
                Next::Until(until) => until,
            };
            if timer.as_ref().is_none_or(|(set, _)| *set != until) {
                let wait = until.saturating_duration_since(now);
                *timer = Some((until, transport.sleep(wait)));
            }
            if let Some((_, sleep)) = timer {
                ready!(sleep.as_mut().poll(context));
                *timer = None;
            }
            if transport.now() < until {
                // A timer that does not wait must not starve other tasks.
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
        }
    }
}

#[cfg(feature = "blocking")]
mod blocking {
    //! Waiting in a thread.

    use std::sync::Arc;
    use std::task::{Wake, Waker};
    use std::thread::{self, Thread};

    use super::{Next, Permit, Permits};
    use crate::cancel::Cancel;
    use crate::clock::{Instant, now};
    use crate::trace::Span;
    use crate::{Error, Result};

    /// A parked thread.
    struct Parked(Thread);

    impl Wake for Parked {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    impl Permits {
        /// Waits for the next permit until the call is cancelled, which wakes this thread.
        pub(crate) fn wait(
            &mut self,
            span: &Span,
            cancel: &Cancel,
        ) -> Result<Permit<impl Fn() -> Instant + use<>>> {
            let waker = Waker::from(Arc::new(Parked(thread::current())));
            let mut place = self.line_up(now(), span)?;
            while !cancel.is_cancelled() {
                let time = now();
                match place.next(time, &waker) {
                    Next::Go(era) => return Ok(self.permit(era, now)),
                    Next::Until(until) => {
                        thread::park_timeout(until.saturating_duration_since(time));
                    }
                }
            }
            Err(Error::cancelled())
        }
    }
}
