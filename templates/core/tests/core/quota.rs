//! Decisions of a limiter, with a simulated clock.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use ngrok_client_core::TransportError;
use ngrok_client_core::quota::{Limiter, Priority, Quota, Ticket, Verdict};
use proptest::prelude::*;

use super::response;

const WINDOW: Duration = Duration::from_secs(60);
const PRIORITIES: [Priority; 3] =
    [Priority::Urgent, Priority::Normal, Priority::Background];

/// Possible events.
#[derive(Clone, Copy, Debug)]
enum Event {
    Join(usize),
    /// A waiter is cancelled.
    Cancel(usize),
    /// A request in flight ends, and the API counted it after this many thousandths of its duration.
    End(usize, Ending),
    Pass(Duration),
}

#[derive(Clone, Copy, Debug)]
enum Ending {
    Accepted(u32),
    Refused(u32, Option<Duration>),
    NotSent,
    Unknown(u32),
}

fn event() -> impl Strategy<Value = Event> {
    let wait = (0_u64..200).prop_map(Duration::from_secs);
    let ending = prop_oneof![
        8 => (0_u32..=1000).prop_map(Ending::Accepted),
        1 => (0_u32..=1000, prop::option::of(wait))
            .prop_map(|(part, wait)| Ending::Refused(part, wait)),
        1 => Just(Ending::NotSent),
        1 => (0_u32..=1000).prop_map(Ending::Unknown),
    ];
    prop_oneof![
        6 => (0_usize..3).prop_map(Event::Join),
        1 => any::<usize>().prop_map(Event::Cancel),
        5 => (any::<usize>(), ending).prop_map(|(which, ending)| Event::End(which, ending)),
        3 => (0_u64..20_000).prop_map(|wait| Event::Pass(Duration::from_millis(wait))),
    ]
}

/// A limiter and the expected state of its calls.
struct Scene {
    limiter: Limiter,
    now: Instant,
    waiting: BTreeMap<Ticket, usize>,
    flying: Vec<(Instant, u64)>,
    /// Instants when the API counted the requests.
    counted: Vec<Instant>,
    /// Number of times that a waiting class was passed over consecutively.
    passed: [usize; 3],
}

impl Scene {
    fn new(limiter: Limiter) -> Self {
        Self {
            limiter,
            now: Instant::now(),
            waiting: BTreeMap::new(),
            flying: Vec::new(),
            counted: Vec::new(),
            passed: [0; 3],
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Join(class) => {
                let ticket = self.limiter.join(PRIORITIES[class]);
                self.waiting.insert(ticket, class);
            }
            Event::Cancel(which) if !self.waiting.is_empty() => {
                let which = which % self.waiting.len();
                let ticket = *self.waiting.keys().nth(which).unwrap();
                self.waiting.remove(&ticket);
                self.limiter.leave(ticket);
            }
            Event::End(which, ending) if !self.flying.is_empty() => {
                self.end(which % self.flying.len(), ending);
            }
            Event::Pass(wait) => self.now += wait,
            Event::Cancel(_) | Event::End(..) => {}
        }
        self.grant();
    }

    fn end(&mut self, which: usize, ending: Ending) {
        let (start, era) = self.flying.swap_remove(which);
        let (part, verdict) = match ending {
            Ending::Accepted(part) => (Some(part), Verdict::Accepted),
            Ending::Refused(part, wait) => (Some(part), Verdict::Refused(wait)),
            Ending::Unknown(part) => (Some(part), Verdict::Unknown),
            Ending::NotSent => (None, Verdict::NotSent),
        };
        self.counted.extend(part.map(|part| start + (self.now - start) * part / 1000));
        self.limiter.end(verdict, era, self.now);
    }

    fn grant(&mut self) {
        while let Some(ticket) = self.limiter.grant(self.now) {
            let class = self.waiting.remove(&ticket).expect("it waits");
            let earlier = self.waiting.iter().find(|(_, other)| **other == class);
            assert!(earlier.is_none_or(|(other, _)| *other > ticket), "not in order");
            self.flying.push((self.now, self.limiter.era()));
            for other in 0..3 {
                let waits = self.waiting.values().any(|waiting| *waiting == other);
                let passed = waits && other != class;
                self.passed[other] = if passed { self.passed[other] + 1 } else { 0 };
            }
            for (passed, most) in self.passed.iter().zip([2, 5, 16]) {
                assert!(*passed <= most, "passed over {passed} times");
            }
        }
        assert_eq!(self.limiter.in_flight(), self.flying.len());
        assert_eq!(self.limiter.waiting(), self.waiting.len());
    }

    /// Continues until there are no waiters and the window is empty.
    fn drain(&mut self) {
        for _ in 0..10_000 {
            while !self.flying.is_empty() {
                self.end(0, Ending::Accepted(1000));
            }
            self.grant();
            if self.flying.is_empty() && self.waiting.is_empty() {
                self.now += 2 * self.limiter.window();
                return;
            }
            if self.flying.is_empty() {
                let due = self.limiter.heads().collect::<Vec<_>>().into_iter();
                let due =
                    due.map(|head| self.limiter.due(head, self.now)).min().unwrap();
                assert!(due > self.now, "it could start, and did not");
                self.now = due;
                self.grant();
                assert!(!self.flying.is_empty(), "it was due, and did not start");
            }
        }
        panic!("some wait for ever: {:?}", self.waiting);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// No window of the API exceeds the budget, nothing starves, and cancelled permits are returned.
    #[test]
    fn the_budget_is_kept_and_no_permit_is_lost(
        requests in 1_u32..12,
        reserved in 0_u32..14,
        events in prop::collection::vec(event(), 0..400),
    ) {
        let mut limiter = Limiter::new(requests, WINDOW);
        limiter.reserve(reserved);
        let budget = limiter.budget();
        prop_assert!(budget >= 1 && budget <= usize::try_from(requests).unwrap());
        let mut scene = Scene::new(limiter);
        for event in events {
            scene.happen(event);
        }
        scene.drain();
        prop_assert_eq!(scene.limiter.left(scene.now), budget);
        scene.counted.sort();
        for ends in scene.counted.windows(budget + 1) {
            prop_assert!(ends[budget] - ends[0] >= WINDOW, "a window is over the budget");
        }
    }

    /// The predicted wait is correct, if there are no other calls.
    #[test]
    fn waits_are_predicted(
        requests in 1_u32..8,
        before in prop::collection::vec(0_usize..3, 0..40),
        class in 0_usize..3,
        calls in 1_usize..20,
    ) {
        let mut scene = Scene::new(Limiter::new(requests, WINDOW));
        for class in before {
            scene.waiting.insert(scene.limiter.join(PRIORITIES[class]), class);
        }
        let told = scene.limiter.wait(calls, PRIORITIES[class], scene.now);
        let mut last = None;
        for _ in 0..calls {
            let ticket = scene.limiter.join(PRIORITIES[class]);
            scene.waiting.insert(ticket, class);
            last = Some(ticket);
        }
        let begin = scene.now;
        loop {
            scene.grant();
            while !scene.flying.is_empty() {
                scene.end(0, Ending::Accepted(0));
            }
            if !scene.waiting.contains_key(&last.unwrap()) {
                break;
            }
            let head = scene.limiter.heads().next().unwrap();
            scene.now = scene.limiter.due(head, scene.now);
        }
        prop_assert_eq!(told, scene.now - begin);
    }
}

#[test]
fn a_request_counts_until_a_window_after_its_end() {
    let mut scene = Scene::new(Limiter::new(1, WINDOW));
    scene.happen(Event::Join(1));
    scene.happen(Event::Join(1));
    scene.happen(Event::Pass(Duration::from_secs(20)));
    assert_eq!(scene.flying.len(), 1);
    let wait = scene.limiter.wait(1, Priority::Urgent, scene.now);
    assert_eq!(wait, WINDOW, "at the soonest");
    scene.happen(Event::End(0, Ending::Accepted(0)));
    scene.happen(Event::Pass(Duration::from_secs(59)));
    assert_eq!(scene.flying.len(), 0);
    scene.happen(Event::Pass(Duration::from_secs(1)));
    assert_eq!(scene.flying.len(), 1);
}

#[test]
fn a_rejection_pauses_all_calls_as_requested() {
    let mut limiter = Limiter::new(16, WINDOW);
    let now = Instant::now();
    let refuse = |limiter: &mut Limiter, wait: Option<u64>, now| {
        limiter.join(Priority::Normal);
        limiter.grant(now).unwrap();
        let era = limiter.era();
        limiter.end(Verdict::Refused(wait.map(Duration::from_secs)), era, now);
        limiter.wait(1, Priority::Urgent, now)
    };
    assert_eq!(refuse(&mut limiter, Some(7), now), Duration::from_secs(7));
    assert_eq!(limiter.left(now), 0);
    let now = now + Duration::from_secs(7);
    assert_eq!(limiter.left(now), 15);
    // An hour is limited to the window, after which it is empty.
    assert_eq!(refuse(&mut limiter, Some(3600), now), WINDOW);
}

#[test]
fn rejections_without_a_time_pause_longer_each_time() {
    let mut limiter = Limiter::new(100, WINDOW);
    let mut now = Instant::now();
    let mut pauses = Vec::new();
    for _ in 0..6 {
        for _ in 0..2 {
            limiter.join(Priority::Normal);
        }
        let era = limiter.era();
        while limiter.grant(now).is_some() {}
        // Another rejection in the same pause does not extend it.
        limiter.end(Verdict::Refused(None), era, now);
        limiter.end(Verdict::Refused(None), era, now);
        let wait = limiter.wait(1, Priority::Normal, now);
        pauses.push(wait.as_millis());
        now += wait;
    }
    assert_eq!(pauses, [3750, 7500, 15_000, 30_000, 60_000, 60_000]);
    for (age, pause) in [(1, 60_000), (0, 3750)] {
        let era = limiter.era() - age;
        limiter.join(Priority::Normal);
        limiter.join(Priority::Normal);
        while limiter.grant(now).is_some() {}
        limiter.end(Verdict::Accepted, era, now);
        limiter.end(Verdict::Refused(None), limiter.era(), now);
        let wait = limiter.wait(1, Priority::Normal, now);
        assert_eq!(wait.as_millis(), pause, "true if it was accepted before the pause");
        now += wait;
    }
}

#[test]
fn a_retry_keeps_its_position() {
    let mut limiter = Limiter::new(1, WINDOW);
    let now = Instant::now();
    let first = limiter.join(Priority::Normal);
    let second = limiter.join(Priority::Normal);
    assert_eq!(limiter.grant(now), Some(first));
    limiter.end(Verdict::Unknown, limiter.era(), now);
    limiter.rejoin(first, Priority::Normal);
    assert_eq!(limiter.grant(now + WINDOW), Some(first));
    limiter.end(Verdict::NotSent, limiter.era(), now + WINDOW);
    assert_eq!(limiter.grant(now + WINDOW), Some(second));
}

#[test]
fn verdicts_of_attempts() {
    let nine = Some(Duration::from_secs(9));
    let of = |outcome| Verdict::of(&outcome, nine);
    assert_eq!(of(Ok(response(200, &[], ""))), Verdict::Accepted);
    assert_eq!(of(Ok(response(503, &[("retry-after", "9")], ""))), Verdict::Accepted);
    let silent = Ok(response(429, &[], ""));
    assert_eq!(Verdict::of(&silent, None), Verdict::Refused(None));
    let asked = Verdict::Refused(Some(Duration::from_secs(9)));
    let refusal = || response(429, &[("retry-after", "9")], "");
    assert_eq!(of(Ok(refusal())), asked);
    assert_eq!(of(Err(TransportError::timeout().with_partial(refusal()))), asked);
    assert_eq!(of(Err(TransportError::timeout())), Verdict::Unknown);
    assert_eq!(of(Err(TransportError::connect_timeout())), Verdict::NotSent);
}

#[test]
fn extreme_quotas_work() {
    let quota = Quota::new(0, Duration::ZERO).reserve(u32::MAX);
    assert_eq!((quota.budget(), quota.left()), (1, 1));
    let quota = Quota::new(u32::MAX, Duration::MAX);
    assert!(quota.wait(Priority::Background).is_zero());
    assert!(!quota.wait_for(usize::MAX, Priority::Urgent).is_zero());
    assert_eq!(
        format!("{:?}", Quota::new(3, WINDOW)),
        "Quota { budget: 3, window: 60s, in_flight: 0, waiting: 0, .. }"
    );
}
