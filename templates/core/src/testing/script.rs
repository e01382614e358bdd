//! The transport that answers from a script: answers go in, in order; requests are
//! matched to them, and kept.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_core::Serialize;

use super::step::{Step, Wanted, unexpected};
use super::{Asked, Fault, On, Recording};
use crate::{HttpRequest, HttpResponse, TransportError};

/// A transport that answers from a script, in memory, and tells what it was asked.
///
/// A request gets the first answer that is for it and was not used up. One that there is
/// no answer for is answered with status 501 and a text that says what was asked. Clones
/// share everything, so give one away and keep one.
///
/// Waits before retries are noted and take no time. With the async client that goes for
/// waits for a turn too, which a [`Quota`](crate::quota::Quota) asks for; a blocking one
/// waits for its turn in earnest.
///
/// It goes where any transport goes: `Client::builder().transport(script.clone())`, for
/// either client.
///
/// ```
/// # use ngrok_client_core as ngrok_client;
/// use ngrok_client::testing::{Fault, Script};
/// use serde_json::json;
///
/// let script = Script::new()
///     .on("POST", "/things").reply(201, json!({ "id": "t_1" }))
///     .on("GET", "/things/{id}").fail(Fault::Timeout).times(2)
///     .on("GET", "/things/{id}").reply(200, json!({ "id": "t_1" })).always()
///     .reply(404, json!({ "msg": "anything else is not there" }));
/// assert_eq!(script.left(), 4);
/// ```
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    steps: Vec<Step>,
    asked: Vec<Asked>,
    waits: Vec<Duration>,
}

impl Script {
    /// A script without answers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers as a recording did: each request of it once, by method, path and query.
    #[must_use]
    pub fn replay(recording: &Recording) -> Self {
        let script = Self::new();
        for step in recording.steps() {
            script.push(step);
        }
        script
    }

    /// The next answer is for requests with this method and path. `{…}` in the path stands
    /// for any one segment; a query, if there is one after `?`, must be the same.
    pub fn on(self, method: &str, path: &str) -> On {
        let (method, target) = (Some(method.to_owned()), Some(path.to_owned()));
        On::new(self, Wanted { method, target })
    }

    /// Answers any request with this status and body.
    #[must_use]
    pub fn reply(self, status: u16, body: impl Serialize) -> Self {
        On::new(self, Wanted::default()).reply(status, body)
    }

    /// Answers any request with this response.
    #[must_use]
    pub fn respond(self, response: HttpResponse) -> Self {
        On::new(self, Wanted::default()).respond(response)
    }

    /// Fails any request.
    #[must_use]
    pub fn fail(self, fault: Fault) -> Self {
        On::new(self, Wanted::default()).fail(fault)
    }

    /// The answer before this is given this often.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        self.last(Some(times))
    }

    /// The answer before this is given as often as it is asked for.
    #[must_use]
    pub fn always(self) -> Self {
        self.last(None)
    }

    /// The requests that were made, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Asked> {
        self.state().asked.clone()
    }

    /// The waits, before retries and for turns.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.state().waits.clone()
    }

    /// How many answers were not asked for yet. Those that are given `always` do not count.
    #[must_use]
    pub fn left(&self) -> usize {
        let left = self
            .state()
            .steps
            .iter()
            .filter_map(|step| step.times)
            .map(u64::from)
            .sum::<u64>();
        usize::try_from(left).unwrap_or(usize::MAX)
    }

    pub(super) fn push(&self, step: Step) {
        self.state().steps.push(step);
    }

    fn last(self, times: Option<u32>) -> Self {
        if let Some(step) = self.state().steps.last_mut() {
            step.times = times;
        }
        self
    }

    fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut state = self.state();
        let asked = Asked::new(request);
        let text = asked.to_string();
        state.asked.push(asked);
        let mut steps = state.steps.iter_mut();
        match steps.find(|step| step.times != Some(0) && step.wanted.fits(request)) {
            Some(step) => {
                step.times = step.times.map(|times| times - 1);
                step.answer.give()
            }
            None => Ok(unexpected(&format!("the script has no answer to {text}"))),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(feature = "async")]
impl crate::Transport for Script {
    fn send(
        &self,
        request: HttpRequest,
        _limits: crate::Limits,
    ) -> crate::BoxFuture<Result<HttpResponse, TransportError>> {
        let script = self.clone();
        Box::pin(async move { script.answer(&request) })
    }

    fn sleep(&self, wait: Duration) -> crate::BoxFuture<()> {
        let script = self.clone();
        Box::pin(async move { script.state().waits.push(wait) })
    }

    /// Later by all the waits that took no time.
    fn now(&self) -> crate::clock::Instant {
        let now = crate::clock::now();
        let passed =
            self.state().waits.iter().try_fold(now, |at, wait| at.checked_add(*wait));
        passed.unwrap_or(now)
    }
}

#[cfg(feature = "blocking")]
impl crate::blocking::Transport for Script {
    fn send(
        &self,
        request: HttpRequest,
        _limits: crate::Limits,
    ) -> Result<HttpResponse, TransportError> {
        self.answer(&request)
    }

    fn sleep(&self, wait: Duration) {
        self.state().waits.push(wait);
    }
}

/// How far it is.
impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script")
            .field("left", &self.left())
            .field("requests", &self.state().asked)
            .finish_non_exhaustive()
    }
}
