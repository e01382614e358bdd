//! Waiting for one's turn, in either world. Everybody who waits has a timer of its own and
//! lets go whoever may start when it fires, so that one who is not polled holds up nobody.

use std::task::Waker;
use std::time::Duration;

use super::standing::Standing;
use super::{Priority, Quota, State, Ticket, Verdict};
use crate::clock::Instant;
use crate::trace::Span;
use crate::{Draft, Error, Result};

/// The turns of one call: one for each attempt.
pub(crate) struct Turns {
    quota: Quota,
    priority: Priority,
    operation: &'static str,
    ticket: Option<Ticket>,
}

/// A place in the line. Dropping it gives the place up, and what it was granted.
struct Place {
    quota: Quota,
    ticket: Ticket,
    taken: bool,
}

/// Leave to send one request. Dropping it ends the request, with nothing known of it.
pub(crate) struct Permit<N: Fn() -> Instant> {
    quota: Quota,
    era: u64,
    clock: N,
    verdict: Verdict,
}

/// What to do at the moment.
enum Turn {
    /// Start.
    Go(u64),
    /// Wait until then, or until woken.
    Until(Instant),
}

impl Turns {
    /// The turns of a call, where the quota has a say.
    pub(crate) fn new(quota: Option<&Quota>, draft: &Draft) -> Option<Self> {
        let (priority, operation) = (draft.priority, draft.operation.name);
        Some(Self { quota: quota?.clone(), priority, operation, ticket: None })
    }

    fn line_up(&mut self, now: Instant, span: &Span) -> Result<Place> {
        let (ticket, wait) = self.join(now).inspect_err(|error| span.fails(error))?;
        let place = Place { quota: self.quota.clone(), ticket, taken: false };
        if !wait.is_zero() {
            span.lines_up(wait);
        }
        Ok(place)
    }

    /// The place in the line, and how long it waits there at least.
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
    fn turn(&mut self, now: Instant, waker: &Waker) -> Turn {
        let mut state = self.quota.lock();
        let woken = state.advance(now);
        let turn =
            if let Some(Standing::MayStart(era)) = state.standings.remove(self.ticket) {
                self.taken = true;
                Turn::Go(era)
            } else {
                state.standings.set(self.ticket, Standing::Waits(waker.clone()));
                Turn::Until(state.limiter.due(self.ticket, now))
            };
        drop(state);
        wake(woken);
        turn
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.taken {
            return;
        }
        let mut state = self.quota.lock();
        if let Some(Standing::MayStart(_)) = state.standings.remove(self.ticket) {
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
    /// The request has ended like this.
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
    /// Lets go whoever may start, and gives those who must hear of it: who may start, and
    /// who is first now.
    fn advance(&mut self, now: Instant) -> Vec<Waker> {
        let mut woken = Vec::new();
        let mut moved = false;
        while let Some(ticket) = self.limiter.grant(now) {
            let before =
                self.standings.set(ticket, Standing::MayStart(self.limiter.era()));
            if let Some(Standing::Waits(waker)) = before {
                woken.push(waker);
            }
            moved = true;
        }
        if moved {
            woken.append(&mut self.heads());
        }
        woken
    }

    /// Those who are first: their timers are for later, or they may start now.
    fn heads(&self) -> Vec<Waker> {
        let heads = self.limiter.heads();
        let wakers = heads.filter_map(|ticket| match self.standings.get(ticket) {
            Some(Standing::Waits(waker)) => Some(waker.clone()),
            _ => None,
        });
        wakers.collect()
    }
}

/// Outside of the lock: a waker may be anything.
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

    use super::{Permit, Place, Turn, Turns};
    use crate::clock::Instant;
    use crate::trace::Span;
    use crate::{BoxFuture, Result, Transport};

    impl Turns {
        /// Waits for the next turn.
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
            let until = match place.turn(now, context.waker()) {
                Turn::Go(era) => return Poll::Ready(era),
                Turn::Until(until) => until,
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
                // A timer that does not wait must not keep others from running.
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
        }
    }
}

#[cfg(feature = "blocking")]
mod blocking {
    //! Waiting with the thread.

    use std::sync::Arc;
    use std::task::{Wake, Waker};
    use std::thread::{self, Thread};

    use super::{Permit, Turn, Turns};
    use crate::clock::{Instant, now};
    use crate::trace::Span;
    use crate::wish::Wish;
    use crate::{Error, Result};

    /// A thread that is parked.
    struct Parked(Thread);

    impl Wake for Parked {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    impl Turns {
        /// Waits for the next turn, for as long as it is wished for: whoever gives it up
        /// wakes this thread.
        pub(crate) fn wait(
            &mut self,
            span: &Span,
            wish: &Wish,
        ) -> Result<Permit<impl Fn() -> Instant + use<>>> {
            let waker = Waker::from(Arc::new(Parked(thread::current())));
            let mut place = self.line_up(now(), span)?;
            while !wish.is_given_up() {
                let time = now();
                match place.turn(time, &waker) {
                    Turn::Go(era) => return Ok(self.permit(era, now)),
                    Turn::Until(until) => {
                        thread::park_timeout(until.saturating_duration_since(time));
                    }
                }
            }
            Err(Error::given_up())
        }
    }
}
