//! The scripted transport: takes responses in order; matches requests to them, and records the requests.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ngrok_client_core::{HttpRequest, HttpResponse, TransportError};
use serde_core::Serialize;

use crate::step::{Step, Wanted, unexpected};
use crate::{Fault, On, ReceivedRequest, Recording};

/// A transport that responds from a script, in memory, and records requests.
///
/// A request gets the first unused response that matches. A request without one gets status 501 and a message that
/// contains the request. Clones share everything: pass one to the client and keep another.
///
/// Waits before retries are recorded and take no time. With the async client this includes waits for the permits of a
/// [`Quota`](ngrok_client_core::quota::Quota); the blocking client actually waits for those.
///
/// It is used like any transport: `Client::builder().transport(script.clone())`, for either client.
///
/// ```
/// # mod ngrok_client { pub use ngrok_client_testing as testing; }
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
    requests: Vec<ReceivedRequest>,
    waits: Vec<Duration>,
}

impl Script {
    /// Creates an empty script.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Replays a recording: each response once, matched by method, path and query.
    #[must_use]
    pub fn replay(recording: &Recording) -> Self {
        let script = Self::new();
        for step in recording.steps() {
            script.push(step);
        }
        script
    }

    /// Starts a response for requests with this method and path. `{…}` in the path matches any one segment; a query
    /// after `?` must match exactly.
    pub fn on(self, method: &str, path: &str) -> On {
        let (method, target) = (Some(method.to_owned()), Some(path.to_owned()));
        On::new(self, Wanted { method, target })
    }

    /// Adds a response with this status and body, for any request.
    #[must_use]
    pub fn reply(self, status: u16, body: impl Serialize) -> Self {
        On::new(self, Wanted::default()).reply(status, body)
    }

    /// Adds this response, for any request.
    #[must_use]
    pub fn respond(self, response: HttpResponse) -> Self {
        On::new(self, Wanted::default()).respond(response)
    }

    /// Adds a failure, for any request.
    #[must_use]
    pub fn fail(self, fault: Fault) -> Self {
        On::new(self, Wanted::default()).fail(fault)
    }

    /// Repeats the previous response this many times.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        self.last(Some(times))
    }

    /// Repeats the previous response without limit.
    #[must_use]
    pub fn always(self) -> Self {
        self.last(None)
    }

    /// Returns the requests so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.state().requests.clone()
    }

    /// Returns the waits, before retries and for permits.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.state().waits.clone()
    }

    /// Returns the number of unused responses, without those with `always`.
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

    fn reaction(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut state = self.state();
        let received = ReceivedRequest::new(request);
        let text = received.to_string();
        state.requests.push(received);
        let mut steps = state.steps.iter_mut();
        match steps.find(|step| step.times != Some(0) && step.wanted.fits(request)) {
            Some(step) => {
                step.times = step.times.map(|times| times - 1);
                step.reaction.give()
            }
            None => Ok(unexpected(&format!("the script has no response to {text}"))),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(feature = "async")]
impl ngrok_client_core::Transport for Script {
    fn send(
        &self,
        request: HttpRequest,
        _limits: ngrok_client_core::Limits,
    ) -> ngrok_client_core::BoxFuture<Result<HttpResponse, TransportError>> {
        let script = self.clone();
        Box::pin(async move { script.reaction(&request) })
    }

    fn sleep(&self, wait: Duration) -> ngrok_client_core::BoxFuture<()> {
        let script = self.clone();
        Box::pin(async move { script.state().waits.push(wait) })
    }

    /// Returns the time, advanced by all skipped waits.
    fn now(&self) -> ngrok_client_core::clock::Instant {
        let now = ngrok_client_core::clock::now();
        let passed =
            self.state().waits.iter().try_fold(now, |at, wait| at.checked_add(*wait));
        passed.unwrap_or(now)
    }
}

#[cfg(feature = "blocking")]
impl ngrok_client_core::blocking::Transport for Script {
    fn send(
        &self,
        request: HttpRequest,
        _limits: ngrok_client_core::Limits,
    ) -> Result<HttpResponse, TransportError> {
        self.reaction(&request)
    }

    fn sleep(&self, wait: Duration) {
        self.state().waits.push(wait);
    }
}

/// Shows the progress.
impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script")
            .field("left", &self.left())
            .field("requests", &self.state().requests)
            .finish_non_exhaustive()
    }
}
