//! One call from its first attempt to its end, without I/O: outcomes of attempts go in;
//! the reply, an error or a wait comes out. The drivers of both worlds turn this crank
//! and do nothing else.

use std::time::{Duration, SystemTime};

use http::StatusCode;

use crate::retry::{Outcome, RetryPolicy, is_repeatable, retry_after};
use crate::{
    Api, Config, Draft, Error, HttpRequest, HttpResponse, Limits, Operation, Reply,
    Result, TransportError,
};

/// A call that is being made.
#[derive(Debug)]
pub struct Exchange {
    api: &'static Api,
    request: HttpRequest,
    operation: Operation,
    limits: Limits,
    retry: RetryPolicy,
    attempts: u32,
}

/// What to do after an attempt that did not fail for good.
#[derive(Debug)]
#[allow(clippy::exhaustive_enums, reason = "whoever drives an exchange does both")]
pub enum Step {
    /// Nothing: this is the reply.
    Done(Reply),
    /// Wait, then attempt it again.
    Wait(Duration),
}

/// What an attempt that did not succeed amounts to.
struct Failure {
    error: Error,
    outcome: Outcome,
    retry_after: Option<Duration>,
}

impl Exchange {
    /// Starts a call. What is wrong with the request shows here, before anything is sent.
    pub fn new(draft: Draft, config: &Config) -> Result<Self> {
        let mut limits = config.limits;
        let mut retry = config.retry;
        if let Some(timeout) = draft.timeout {
            limits.timeout = timeout;
        }
        if let Some(retries) = draft.retries {
            retry = retry.max_retries(retries);
        }
        let operation = draft.operation;
        let request = draft.build(config)?;
        Ok(Self {
            api: config.api,
            request,
            operation,
            limits: limits.bounded(),
            retry,
            attempts: 0,
        })
    }

    /// What no attempt may exceed.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The request for the next attempt.
    pub fn attempt(&mut self) -> HttpRequest {
        self.attempts = self.attempts.saturating_add(1);
        self.request.clone()
    }

    /// What follows from an attempt. `chance` lies between 0 and 1.
    pub fn step(
        &self,
        outcome: Result<HttpResponse, TransportError>,
        now: SystemTime,
        chance: f64,
    ) -> Result<Step> {
        let failure = match outcome {
            Ok(response) if response.status().is_success() => {
                return self.reply(response).map(Step::Done);
            }
            Ok(response) => Failure::answer(&response, now, self.api),
            Err(error) => self.broken(error, now),
        };
        let method = self.request.method();
        let Failure { error, outcome, retry_after } = failure;
        match self.retry.decide(self.attempts, method, outcome, retry_after, chance) {
            Some(wait) => Ok(Step::Wait(wait)),
            None => Err(error.of(self.operation.name, self.attempts)),
        }
    }

    fn reply(&self, response: HttpResponse) -> Result<Reply> {
        let (parts, body) = response.into_parts();
        if body.len() > self.limits.max_response_bytes {
            let error = self.failed(TransportError::body_too_large());
            let error = error.answered(self.api, parts.status, &parts.headers);
            return Err(error.of(self.operation.name, self.attempts));
        }
        Ok(Reply {
            api: self.api,
            operation: self.operation,
            attempts: self.attempts,
            status: parts.status,
            headers: parts.headers,
            body,
        })
    }

    fn failed(&self, error: TransportError) -> Error {
        Error::transport(error, self.request.uri(), self.limits)
    }

    fn broken(&self, mut error: TransportError, now: SystemTime) -> Failure {
        let outcome = match &error {
            error if error.is_not_sent() => Outcome::NotSent,
            error if error.is_body_too_large() => Outcome::Final,
            _ => Outcome::Lost,
        };
        match error.take_partial() {
            Some(response) if !response.status().is_success() => {
                let failure = Failure::answer(&response, now, self.api);
                Failure { error: failure.error.caused_by(error), ..failure }
            }
            Some(response) => {
                let error = self.failed(error).answered(
                    self.api,
                    response.status(),
                    response.headers(),
                );
                Failure { error, outcome, retry_after: None }
            }
            None => {
                let mut error = self.failed(error);
                if outcome == Outcome::Lost && !is_repeatable(self.request.method()) {
                    error = error.maybe_done();
                }
                Failure { error, outcome, retry_after: None }
            }
        }
    }
}

impl Failure {
    fn answer(response: &HttpResponse, now: SystemTime, api: &Api) -> Self {
        let (status, headers) = (response.status(), response.headers());
        let retry_after = waits(status).then(|| retry_after(headers, now)).flatten();
        let error = Error::api(api, status, headers, response.body());
        Self { error, outcome: Outcome::Status(status), retry_after }
    }
}

/// Whether `Retry-After` means a retry here; with a redirect it means something else.
fn waits(status: StatusCode) -> bool {
    status.is_client_error() || status.is_server_error()
}
