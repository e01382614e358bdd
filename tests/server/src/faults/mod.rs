//! Fault injection. A fault defines what happens, and to which requests; the faults of a server determine what happens to the current
//! request. All random choices derive from one seed, so they are reproducible.

pub(crate) mod content;
mod parse;
pub(crate) mod transport;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use parse::InvalidFault;

/// A fault to inject.
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
    /// Number of requests that it still applies to.
    times: Option<u32>,
    /// Probability, from 0 to 1.
    chance: f64,
}

/// The kinds of faults.
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
    /// Delays the response.
    #[must_use]
    pub fn latency(delay: Duration) -> Self {
        Self::new(Kind::Latency(delay))
    }

    /// Sends no response, and leaves the connection open.
    #[must_use]
    pub fn stall() -> Self {
        Self::new(Kind::Stall)
    }

    /// Resets the connection before the request is processed.
    #[must_use]
    pub fn reset_before() -> Self {
        Self::new(Kind::ResetBefore)
    }

    /// Processes the request, then resets the connection without a response.
    #[must_use]
    pub fn reset_after() -> Self {
        Self::new(Kind::ResetAfter)
    }

    /// Responds with this HTTP status, such as 429 or 503, without processing the request.
    #[must_use]
    pub fn status(code: u16) -> Self {
        Self::new(Kind::Status { code, retry_after: None })
    }

    /// Truncates the body of the response and closes the connection.
    #[must_use]
    pub fn truncated() -> Self {
        Self::new(Kind::Truncate)
    }

    /// Replaces the body of the response with meaningless bytes.
    #[must_use]
    pub fn garbage() -> Self {
        Self::new(Kind::Garbage)
    }

    /// Replaces the content type of the response.
    #[must_use]
    pub fn content_type(content_type: impl Into<String>) -> Self {
        Self::new(Kind::ContentType(content_type.into()))
    }

    /// Replaces the next page of a list with this address; `self` stands for the current page.
    #[must_use]
    pub fn next_page(uri: impl Into<String>) -> Self {
        Self::new(Kind::NextPage(uri.into()))
    }

    /// Sends the body of the response a few bytes at a time, with this pause between them.
    #[must_use]
    pub fn drip(pause: Duration) -> Self {
        Self::new(Kind::Drip(pause))
    }

    /// Adds a `Retry-After` header with this many seconds to the error of [`status`](Self::status).
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        if let Kind::Status { retry_after, .. } = &mut self.kind {
            *retry_after = Some(seconds);
        }
        self
    }

    /// Limits the fault to requests with this method.
    #[must_use]
    pub fn method(self, method: impl Into<String>) -> Self {
        Self { method: Some(method.into().to_uppercase()), ..self }
    }

    /// Limits the fault to this path, and to those below it.
    #[must_use]
    pub fn path(self, path: impl Into<String>) -> Self {
        Self { path: Some(path.into().trim_end_matches('/').to_owned()), ..self }
    }

    /// Limits the fault to this many requests.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// Applies the fault with this probability: from 0, never, to 1, always.
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

/// The faults chosen for one request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chosen {
    pub(crate) kinds: Vec<Kind>,
    /// Seed for this request.
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
    /// Number of requests so far.
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

    /// Chooses the faults of the next request. Depends only on the seed and on the number of requests before it.
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

/// The difference between the seeds of consecutive requests, from the golden ratio.
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
    fn a_fault_applies_to_matching_requests_only() {
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
