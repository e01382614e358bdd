//! One call from its first attempt to its end, without I/O: takes outcomes of attempts; returns the reply, an error
//! or a wait. The drivers of both clients only execute its steps.

use std::time::{Duration, SystemTime};

use http::{HeaderValue, StatusCode};

use crate::clock::{self, Instant};
use crate::error::ApiFailure;
use crate::gzip::decompressed;
#[cfg(any(feature = "async", feature = "blocking"))]
use crate::jitter;
use crate::observe::{Call, Event, Outcome as Seen};
use crate::prepared::Prepared;
use crate::quota::Verdict;
use crate::retry::{Outcome, RetryPolicy, retry_after};
use crate::trace::Span;
use crate::{
    Api, Config, Draft, Error, HttpRequest, HttpResponse, Limits, Operation, Reply,
    Result, TransportError, secrets,
};

/// A call in progress.
pub struct Exchange<'a> {
    config: &'a Config,
    request: Prepared<'a>,
    operation: Operation,
    limits: Limits,
    retry: RetryPolicy,
    span: Span,
    attempts: u32,
    /// Start of the latest attempt, if it is observed.
    started: Option<Instant>,
    /// Key of the latest attempt, and whether it differed from the one before.
    sent_key: Option<HeaderValue>,
    new_key: bool,
    /// Consequence of the latest attempt for a quota.
    verdict: Verdict,
}

/// The consequence of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Disposition {
    Done,
    /// Another attempt may succeed.
    Again,
    /// Another attempt with another API key may succeed.
    NewKey,
    Failed,
}

/// The next step after an attempt that did not fail permanently.
#[derive(Debug)]
#[allow(clippy::exhaustive_enums, reason = "drivers of an exchange handle both")]
#[allow(clippy::large_enum_variant, reason = "a box would allocate for each call")]
pub enum Step {
    /// The call has completed with this reply.
    Done(Reply),
    /// Wait, then make another attempt.
    Wait(Duration),
}

impl<'a> Exchange<'a> {
    /// Starts a call. Reports errors of the request before anything is sent.
    pub fn new(draft: Draft, config: &'a Config) -> Result<Self> {
        let mut limits = config.limits;
        let mut retry = config.retry;
        if let Some(timeout) = draft.timeout {
            limits.timeout = timeout;
        }
        if let Some(retries) = draft.retries {
            retry = retry.max_retries(retries);
        }
        let operation = draft.operation;
        let request = draft.prepare(config)?;
        let span = Span::new(&call(config.api, operation, &request));
        Ok(Self {
            config,
            request,
            operation,
            limits: limits.bounded(),
            retry,
            span,
            attempts: 0,
            started: None,
            sent_key: None,
            new_key: false,
            verdict: Verdict::Unknown,
        })
    }

    /// Returns the limits of every attempt.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Returns the span of the call.
    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    /// Returns the request for the next attempt, with the current key.
    ///
    /// With the feature `testing`, it has the [`Api`] (`&'static Api`) as an extension, which names the header with the
    /// key: the headers of the caller are marked as sensitive too.
    pub fn attempt(&mut self) -> Result<HttpRequest> {
        self.attempts = self.attempts.saturating_add(1);
        self.span.attempts(self.attempts);
        let key = self.config.key.header(self.config.api);
        let key = key.map_err(|error| self.lost(error.of(self.operation.name, 0)))?;
        let mut request = self.request.request();
        #[cfg(feature = "testing")]
        request.extensions_mut().insert(self.config.api);
        request.headers_mut().insert(self.config.key.name(), key.clone());
        self.sent_key = Some(key);
        self.started = self.config.observer.as_ref().map(|_| clock::now());
        Ok(request)
    }

    /// Determines the next step with the current time and jitter, neither of which matters after success.
    #[cfg(any(feature = "async", feature = "blocking"))]
    pub(crate) fn step_now(
        &mut self,
        outcome: Result<HttpResponse, TransportError>,
    ) -> Result<Step> {
        match &outcome {
            Ok(response) if response.status().is_success() => {
                self.step(outcome, SystemTime::UNIX_EPOCH, 0.0)
            }
            _ => self.step(outcome, clock::time_of_day(), jitter::fraction()),
        }
    }

    /// Determines the next step. `jitter` is between 0 and 1.
    pub fn step(
        &mut self,
        outcome: Result<HttpResponse, TransportError>,
        now: SystemTime,
        jitter: f64,
    ) -> Result<Step> {
        let outcome = decompressed(outcome, self.limits.max_response_bytes);
        let failure = failure(&outcome, self.config.api);
        let retry_after = asked(&outcome, now);
        self.verdict = Verdict::of(&outcome, retry_after);
        let disposition = self.disposition(&outcome, &failure);
        let wait = match disposition {
            Disposition::Done | Disposition::Failed => None,
            Disposition::NewKey => Some(Duration::ZERO),
            Disposition::Again => self.retry.decide(self.attempts, retry_after, jitter),
        };
        if let Some(observer) = &self.config.observer {
            observer.on_exchange(&Event {
                call: call(self.config.api, self.operation, &self.request),
                attempt: self.attempts,
                took: self.started.map(|start| clock::now() - start).unwrap_or_default(),
                retry_in: wait,
                outcome: Seen(&outcome),
            });
        }
        if let Some(wait) = wait {
            self.span.waits(self.attempts, &why(&outcome), wait);
            return Ok(Step::Wait(wait));
        }
        let retryable = disposition == Disposition::Again;
        match self.end(outcome, failure) {
            Ok(reply) => {
                self.span.replied(&reply);
                Ok(Step::Done(reply))
            }
            Err(error) => {
                let error = error.retryable(retryable).clean(&self.secrets());
                Err(self.lost(error.of(self.operation.name, self.attempts)))
            }
        }
    }

    /// Returns the consequence of the latest attempt for a quota.
    #[cfg(any(feature = "async", feature = "blocking"))]
    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Determines the consequence of an attempt, regardless of the limits of the policy.
    fn disposition(
        &mut self,
        outcome: &Result<HttpResponse, TransportError>,
        failure: &ApiFailure,
    ) -> Disposition {
        let ended = match received(outcome) {
            Ok(response) if response.status().is_success() => return Disposition::Done,
            Ok(response) if self.has_new_key(response.status()) => {
                return Disposition::NewKey;
            }
            Ok(response) => {
                let class = failure.code.as_deref().map(self.config.api.error_retry);
                Outcome::Status(response.status(), class.unwrap_or_default())
            }
            Err(error) => lost(error),
        };
        if self.config.api.retry.allow(&self.request.method, ended) {
            Disposition::Again
        } else {
            Disposition::Failed
        }
    }

    /// Returns true if the key was rejected and has changed meanwhile. At most once per call.
    fn has_new_key(&mut self, status: StatusCode) -> bool {
        let refused = status == StatusCode::UNAUTHORIZED;
        if !refused || self.new_key || !self.config.key.may_change() {
            return false;
        }
        let key = self.config.key.header(self.config.api).ok();
        self.new_key = key.is_some() && key != self.sent_key;
        self.new_key
    }

    /// Ends the call.
    fn end(
        &mut self,
        outcome: Result<HttpResponse, TransportError>,
        failure: ApiFailure,
    ) -> Result<Reply> {
        match outcome {
            Ok(response) if response.status().is_success() => self.reply(response),
            Ok(response) => Err(self.refused(&response, failure)),
            Err(error) => Err(self.broken(error, failure)),
        }
    }

    fn reply(&mut self, response: HttpResponse) -> Result<Reply> {
        let (parts, body) = response.into_parts();
        if body.len() > self.limits.max_response_bytes {
            let error = self.failed(TransportError::body_too_large());
            return Err(error.with_response(
                self.config.api,
                parts.status,
                &parts.headers,
            ));
        }
        Ok(Reply {
            api: self.config.api,
            operation: self.operation,
            attempts: self.attempts,
            status: parts.status,
            headers: parts.headers,
            body,
            span: self.span.clone(),
            sent_key: self.sent_key.take(),
            sent_body: std::mem::take(&mut self.request.body),
        })
    }

    fn refused(&self, response: &HttpResponse, failure: ApiFailure) -> Error {
        Error::api(self.config.api, response, failure, &self.secrets())
    }

    /// Returns the secrets of the request, which no error may contain.
    fn secrets(&self) -> Vec<String> {
        let fields = self.config.api.secret_fields;
        secrets::sent(self.sent_key.as_ref(), &self.request.body, fields)
    }

    fn failed(&self, error: TransportError) -> Error {
        Error::transport(error, &self.request.uri, self.limits)
    }

    fn broken(&self, mut error: TransportError, failure: ApiFailure) -> Error {
        let lost = lost(&error);
        match error.take_partial() {
            Some(response) if !response.status().is_success() => {
                self.refused(&response, failure).caused_by(error)
            }
            Some(response) => self.failed(error).with_response(
                self.config.api,
                response.status(),
                response.headers(),
            ),
            None if lost == Outcome::Lost && !self.is_idempotent() => {
                self.failed(error).maybe_done()
            }
            None => self.failed(error),
        }
    }

    fn is_idempotent(&self) -> bool {
        self.config.api.retry.is_idempotent(&self.request.method)
    }

    /// Records the failure of the call.
    fn lost(&self, error: Error) -> Error {
        self.span.failed(&error);
        error
    }
}

/// Omits the request.
impl std::fmt::Debug for Exchange<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exchange")
            .field("operation", &self.operation.name)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

fn call<'a>(
    api: &'static Api,
    operation: Operation,
    request: &'a Prepared<'a>,
) -> Call<'a> {
    Call { operation, request, operation_id_header: api.operation_id_header }
}

/// Returns the response, if it contains more information than the reason why it is incomplete.
fn received(
    outcome: &Result<HttpResponse, TransportError>,
) -> Result<&HttpResponse, &TransportError> {
    match outcome {
        Ok(response) => Ok(response),
        Err(error) => match error.partial() {
            Some(response) if !response.status().is_success() => Ok(response),
            _ => Err(error),
        },
    }
}

/// Parses the body of an error.
fn failure(outcome: &Result<HttpResponse, TransportError>, api: &Api) -> ApiFailure {
    let response = received(outcome).ok().filter(|it| !it.status().is_success());
    response.map(|it| ApiFailure::read(api, it.body())).unwrap_or_default()
}

/// Returns the wait that the response requests. With a redirect it has another meaning.
fn asked(
    outcome: &Result<HttpResponse, TransportError>,
    now: SystemTime,
) -> Option<Duration> {
    let response = received(outcome).ok()?;
    let status = response.status();
    let waits = status.is_client_error() || status.is_server_error();
    waits.then(|| retry_after(response.headers(), now)).flatten()
}

fn lost(error: &TransportError) -> Outcome {
    match error {
        error if error.is_permanent() => Outcome::Final,
        error if error.is_not_sent() => Outcome::NotSent,
        error if error.is_body_too_large() => Outcome::Final,
        _ => Outcome::Lost,
    }
}

/// Returns the status, or the failure.
fn why(outcome: &Result<HttpResponse, TransportError>) -> String {
    match received(outcome) {
        Ok(response) => response.status().as_str().to_owned(),
        Err(error) if error.is_timeout() => "timeout".to_owned(),
        Err(_) => "connection".to_owned(),
    }
}
