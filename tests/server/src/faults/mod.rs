//! What goes wrong on purpose. A fault says what is to happen, and to which requests; the faults of a server say what
//! happens to the request at hand. All chance comes from one seed, so what happened can happen again.

pub(crate) mod content;
mod parse;
pub(crate) mod transport;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use parse::InvalidFault;

/// Something that goes wrong on purpose.
///
/// ```
/// use ngrok_test_server::{Fault, Server};
///
/// let server = Server::start()?;
/// server.fault(Fault::status(503).retry_after(1).times(2)); // the next two requests
/// server.fault(Fault::reset_after().method("POST").path("/ip_policies"));
/// server.fault("truncate,chance=0.1".parse()?);
/// server.clear_faults();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    kind: Kind,
    method: Option<String>,
    path: Option<String>,
    /// How many requests it still happens to.
    times: Option<u32>,
    /// How likely it is, from 0 to 1.
    chance: f64,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Latency(Duration),
    Stall,
    ResetBefore,
    ResetAfter,
    Status { code: u16, retry_after: Option<u32> },
    Truncate,
    Garbage,
    ContentType(String),
    NextPage(String),
    Drip(Duration),
}

impl Fault {
    /// The answer comes late.
    #[must_use]
    pub fn latency(delay: Duration) -> Self {
        Self::new(Kind::Latency(delay))
    }

    /// No answer comes, and the connection stays open.
    #[must_use]
    pub fn stall() -> Self {
        Self::new(Kind::Stall)
    }

    /// The connection is reset, and nothing was done.
    #[must_use]
    pub fn reset_before() -> Self {
        Self::new(Kind::ResetBefore)
    }

    /// What the request asks for is done; then the connection is reset, without an answer.
    #[must_use]
    pub fn reset_after() -> Self {
        Self::new(Kind::ResetAfter)
    }

    /// Nothing is done, and the answer is an error with this HTTP status, such as 429 or 503.
    #[must_use]
    pub fn status(code: u16) -> Self {
        Self::new(Kind::Status { code, retry_after: None })
    }

    /// The body of the answer ends in the middle, and the connection with it.
    #[must_use]
    pub fn truncated() -> Self {
        Self::new(Kind::Truncate)
    }

    /// The body of the answer is bytes without a meaning.
    #[must_use]
    pub fn garbage() -> Self {
        Self::new(Kind::Garbage)
    }

    /// The answer says that it is of this content type.
    #[must_use]
    pub fn content_type(content_type: impl Into<String>) -> Self {
        Self::new(Kind::ContentType(content_type.into()))
    }

    /// A list says that its next page is at this address; `self` stands for the page at hand.
    #[must_use]
    pub fn next_page(uri: impl Into<String>) -> Self {
        Self::new(Kind::NextPage(uri.into()))
    }

    /// The body of the answer comes a few bytes at a time, with this long between them.
    #[must_use]
    pub fn drip(pause: Duration) -> Self {
        Self::new(Kind::Drip(pause))
    }

    /// The error that [`status`](Self::status) asks for says to come again after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        if let Kind::Status { retry_after, .. } = &mut self.kind {
            *retry_after = Some(seconds);
        }
        self
    }

    /// Only requests with this method.
    #[must_use]
    pub fn method(self, method: impl Into<String>) -> Self {
        Self { method: Some(method.into().to_uppercase()), ..self }
    }

    /// Only requests to this path, and to those below it.
    #[must_use]
    pub fn path(self, path: impl Into<String>) -> Self {
        Self { path: Some(path.into().trim_end_matches('/').to_owned()), ..self }
    }

    /// Only so many requests.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// Only some requests, chosen by chance: from 0, none, to 1, all.
    #[must_use]
    pub fn chance(self, chance: f64) -> Self {
        Self { chance, ..self }
    }

    fn new(kind: Kind) -> Self {
        Self { kind, method: None, path: None, times: None, chance: 1.0 }
    }

    fn is_for(&self, method: &str, path: &str) -> bool {
        let below = |wanted: &str| {
            let rest = path.strip_prefix(wanted);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.times != Some(0)
            && self.method.as_deref().is_none_or(|wanted| wanted == method)
            && self.path.as_deref().is_none_or(below)
    }
}

/// What happens to one request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chosen {
    pub(crate) kinds: Vec<Kind>,
    /// Where chance begins for it.
    pub(crate) seed: u64,
}

/// The faults of a server.
#[derive(Debug)]
pub(crate) struct Faults {
    seed: u64,
    state: Mutex<Schedule>,
}

#[derive(Debug, Default)]
struct Schedule {
    faults: Vec<Fault>,
    /// How many requests there were.
    requests: u64,
}

impl Faults {
    pub(crate) fn new(seed: u64, faults: Vec<Fault>) -> Self {
        Self { seed, state: Mutex::new(Schedule { faults, requests: 0 }) }
    }

    pub(crate) fn add(&self, fault: Fault) {
        self.lock().faults.push(fault);
    }

    pub(crate) fn clear(&self) {
        self.lock().faults.clear();
    }

    /// What happens to the next request. It depends on the seed, on how many there were before, and on nothing else.
    pub(crate) fn choose(&self, method: &str, path: &str) -> Chosen {
        let mut state = self.lock();
        state.requests += 1;
        let seed = self.seed.wrapping_add(state.requests.wrapping_mul(STEP));
        let mut chance = fastrand::Rng::with_seed(seed);
        let mut kinds = Vec::new();
        for fault in &mut state.faults {
            let happens = chance.f64() < fault.chance;
            if happens && fault.is_for(method, path) {
                fault.times = fault.times.map(|times| times.saturating_sub(1));
                kinds.push(fault.kind.clone());
            }
        }
        Chosen { kinds, seed: chance.u64(..) }
    }

    fn lock(&self) -> MutexGuard<'_, Schedule> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What lies between the seeds of two requests that follow each other: the golden ratio, as such things go.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

#[cfg(test)]
mod tests {
    use super::{Fault, Faults};

    fn happened(faults: &Faults, requests: &[(&str, &str)]) -> Vec<usize> {
        requests
            .iter()
            .map(|(method, path)| faults.choose(method, path).kinds.len())
            .collect()
    }

    #[test]
    fn a_fault_happens_to_the_requests_it_is_for() {
        let fault = Fault::stall().method("post").path("/things/").times(2);
        let faults = Faults::new(0, vec![fault]);
        let requests = [
            ("GET", "/things"),
            ("POST", "/thingsandmore"),
            ("POST", "/things"),
            ("POST", "/things/1/parts"),
            ("POST", "/things"),
        ];
        assert_eq!(happened(&faults, &requests), [0, 0, 1, 1, 0]);
    }

    #[test]
    fn the_same_seed_makes_the_same_choices() {
        let requests = [("GET", "/"); 200];
        let run = |seed| {
            let faults = Faults::new(seed, vec![Fault::garbage().chance(0.5)]);
            happened(&faults, &requests)
        };
        assert_eq!(run(7), run(7));
        assert_ne!(run(7), run(8));
        let some: usize = run(7).iter().sum();
        assert!((60..140).contains(&some), "{some}");
    }
}
