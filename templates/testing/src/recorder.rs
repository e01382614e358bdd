//! The recording transport: wraps another transport; records its traffic, redacted.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use ngrok_client_core::clock::{self, Instant};
use ngrok_client_core::{
    HttpRequest, HttpResponse, Limits, TransportError, decompressed,
};

use crate::exchange::Recorded;
use crate::step::{Reaction, Step, Wanted};
use crate::{Fault, NotHar, Scrubber, har};

/// A transport that sends through another one and records the traffic, without secrets. Clones share the recording:
/// pass one to the client and keep another.
///
/// [`Scrubber`] documents the redaction.
pub struct Recorder<T> {
    inner: Arc<T>,
    scrubber: Scrubber,
    recording: Arc<Mutex<Recording>>,
}

impl<T> Recorder<T> {
    /// Records the traffic of this transport.
    #[must_use]
    pub fn new(inner: T, scrubber: Scrubber) -> Self {
        Self { inner: Arc::new(inner), scrubber, recording: Arc::default() }
    }

    /// Returns the recording so far.
    #[must_use]
    pub fn recording(&self) -> Recording {
        lock(&self.recording).clone()
    }
}

/// The known parts of a request before its response.
struct Start {
    request: HttpRequest,
    limit: usize,
    scrubber: Scrubber,
    recording: Arc<Mutex<Recording>>,
    started: SystemTime,
    clock: Instant,
}

impl Start {
    fn new<T>(recorder: &Recorder<T>, request: &HttpRequest, limits: Limits) -> Self {
        Self {
            request: request.clone(),
            limit: limits.max_response_bytes,
            scrubber: recorder.scrubber,
            recording: Arc::clone(&recorder.recording),
            started: clock::time_of_day(),
            clock: clock::now(),
        }
    }

    fn end(self, outcome: &Result<HttpResponse, TransportError>) {
        let mut request = self.request;
        let mut outcome = match outcome {
            // Secrets could not be found in what is compressed.
            Ok(response) => decompressed(Ok(response.clone()), self.limit)
                .map_err(|error| Fault::of(&error)),
            Err(error) => Err(Fault::of(error)),
        };
        self.scrubber.scrub(&mut request, outcome.as_mut().ok());
        let since = self.started.duration_since(SystemTime::UNIX_EPOCH);
        let started = i64::try_from(since.unwrap_or_default().as_millis());
        let (started, took) = (started.unwrap_or(0), clock::now() - self.clock);
        lock(&self.recording).entries.push(Recorded { started, took, request, outcome });
    }
}

#[cfg(feature = "async")]
impl<T: ngrok_client_core::Transport> ngrok_client_core::Transport for Recorder<T> {
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> ngrok_client_core::BoxFuture<Result<HttpResponse, TransportError>> {
        let start = Start::new(self, &request, limits);
        let sending = self.inner.send(request, limits);
        Box::pin(async move {
            let outcome = sending.await;
            start.end(&outcome);
            outcome
        })
    }

    fn reuse(&self, body: Vec<u8>) {
        self.inner.reuse(body);
    }

    fn sleep(&self, wait: std::time::Duration) -> ngrok_client_core::BoxFuture<()> {
        self.inner.sleep(wait)
    }

    fn now(&self) -> Instant {
        self.inner.now()
    }
}

#[cfg(feature = "blocking")]
impl<T: ngrok_client_core::blocking::Transport> ngrok_client_core::blocking::Transport
    for Recorder<T>
{
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<HttpResponse, TransportError> {
        let start = Start::new(self, &request, limits);
        let outcome = self.inner.send(request, limits);
        start.end(&outcome);
        outcome
    }

    fn reuse(&self, body: Vec<u8>) {
        self.inner.reuse(body);
    }

    fn sleep(&self, wait: std::time::Duration) {
        self.inner.sleep(wait);
    }
}

impl<T> Clone for Recorder<T> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            scrubber: self.scrubber,
            recording: Arc::clone(&self.recording),
        }
    }
}

impl<T> fmt::Debug for Recorder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Recorder").field(&*lock(&self.recording)).finish()
    }
}

/// Requests and their results, without secrets: for a file, and for a [`Script`](crate::Script) that replays them.
#[derive(Clone, Default)]
pub struct Recording {
    pub(super) entries: Vec<Recorded>,
    pub(super) skipped: usize,
}

impl Recording {
    /// Parses an HTTP archive (HAR 1.2), which other tools write too.
    ///
    /// Skips entries that cannot be replayed, such as `data:` and `blob:` addresses in the recording of a browser;
    /// [`skipped`](Self::skipped) returns their number. Fails if no entry is left.
    pub fn from_har(text: &str) -> Result<Self, NotHar> {
        har::read(text)
    }

    /// Returns the recording as an HTTP archive (HAR 1.2). Invalid UTF-8 is replaced.
    #[must_use]
    pub fn to_har(&self) -> String {
        har::write(self)
    }

    /// Returns the number of requests.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns the number of entries of the archive that cannot be replayed.
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// Returns true if there are no requests.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = Step> {
        self.entries.iter().map(|recorded| {
            let target = recorded.request.uri().path_and_query();
            let wanted = Wanted {
                method: Some(recorded.request.method().to_string()),
                target: target.map(ToString::to_string),
            };
            let reaction = match &recorded.outcome {
                Ok(response) => Reaction::Respond(response.clone()),
                Err(fault) => Reaction::Fail(*fault),
            };
            Step { wanted, reaction, times: Some(1) }
        })
    }
}

/// Shows the number of requests.
impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording").field("len", &self.len()).finish_non_exhaustive()
    }
}

fn lock(recording: &Mutex<Recording>) -> MutexGuard<'_, Recording> {
    recording.lock().unwrap_or_else(PoisonError::into_inner)
}
