//! A quota of an account with other clients, which it does not know: with a simulated clock.

use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::time::{Duration, Instant};

use ngrok_client_core::quota::{Limiter, Priority, Ticket, Verdict};

const WINDOW: Duration = Duration::from_secs(60);
const REQUESTS: u32 = 20;

/// Duration of a request, and of a step of the clock.
const STEP: Duration = Duration::from_millis(100);

/// The requests of a rolling window, as the API counts them.
#[derive(Default)]
struct Account(VecDeque<Instant>);

impl Account {
    /// Accepts a request, or rejects it with a number of seconds.
    fn take(&mut self, now: Instant) -> Verdict {
        while self.0.front().is_some_and(|then| now - *then >= WINDOW) {
            self.0.pop_front();
        }
        if self.0.len() < usize::try_from(REQUESTS).unwrap() {
            self.0.push_back(now);
            return Verdict::Accepted;
        }
        let wait = WINDOW.saturating_sub(now - self.0[0]);
        let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Verdict::Refused(Some(Duration::from_secs(whole)))
    }
}

/// The result of calls that shared an account.
struct Came {
    /// Number of rejections of each call.
    refused: BTreeMap<Ticket, usize>,
    took: Duration,
}

/// Makes this many concurrent calls, while others make one periodically, as they did before.
fn share(calls: usize, every: Duration) -> Came {
    let mut account = Account::default();
    let mut limiter = Limiter::new(REQUESTS, WINDOW);
    let mut next = Instant::now();
    let begin = next + 2 * WINDOW;
    let mut now = begin;
    let join = |_| (limiter.join(Priority::Normal), 0);
    let mut refused: BTreeMap<Ticket, usize> = (0..calls).map(join).collect();
    let (mut flying, mut resting, mut done) = (Vec::new(), Vec::new(), 0);
    while done < calls {
        while next <= now {
            account.take(next);
            next += every;
        }
        for (ticket, verdict, era) in mem::take(&mut flying) {
            limiter.end(verdict, era, now);
            if let Verdict::Refused(Some(wait)) = verdict {
                refused.entry(ticket).and_modify(|times| *times += 1);
                resting.push((ticket, now + wait));
            } else {
                done += 1;
            }
        }
        for (ticket, _) in resting.extract_if(.., |(_, until)| *until <= now) {
            limiter.rejoin(ticket, Priority::Normal);
        }
        while let Some(ticket) = limiter.grant(now) {
            flying.push((ticket, account.take(now), limiter.era()));
        }
        now += STEP;
    }
    Came { refused, took: now - begin }
}

/// Others that use up to half of the limit cause no more than the default number of retries per call, and nearly
/// all of the rest is used.
#[test]
fn the_unused_part_of_the_limit_is_used() {
    for (others, calls) in [(1, 200), (3, 50), (5, 100), (6, 200), (10, 200)] {
        let came = share(calls, WINDOW / others);
        let most = came.refused.values().max().copied().unwrap_or_default();
        assert!((1..=3).contains(&most), "{others} by others: {most} refusals of one");
        let left = REQUESTS - others;
        let windows = u32::try_from(calls).unwrap().div_ceil(left);
        assert!(came.took <= windows * WINDOW, "{others} by others: {:?}", came.took);
    }
}
