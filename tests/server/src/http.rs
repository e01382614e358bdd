//! HTTP around the operations: who may call, which bodies are taken, how answers and refusals look. Knows headers and
//! bytes, and no operation.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State as Shared};
use axum::http::StatusCode;
use axum::http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, ORIGIN,
    RETRY_AFTER,
};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Collected};
use serde_json::Value;

use crate::builder::is_key;
use crate::cors;
use crate::errors::{Outcome, Problem};
use crate::names;
use crate::state::State;

/// The longest body that is taken.
const LONGEST_BODY: usize = 4 << 20;

/// What an operation answers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    /// JSON.
    pub(crate) body: Option<String>,
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        match self.body {
            Some(body) => json(self.status, body),
            None => self.status.into_response(),
        }
    }
}

/// Leaves the words to [`finish`], which knows the id of the call.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Lets in whoever has the key, and puts the id of the call on every answer.
pub(crate) async fn guard(
    Shared(state): Shared<Arc<State>>,
    request: Request,
    next: Next,
) -> Response {
    let origin = request.headers().get(ORIGIN).cloned();
    let admitted = if cors::is_preflight(request.method(), request.headers()) {
        Ok(())
    } else {
        admit(&state, request.headers())
    };
    // What is sent is read whatever is answered: else the connection could not go on.
    let (parts, body) = request.into_parts();
    let bytes = read(body).await;
    let response = match admitted.and(bytes) {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(problem) => problem.into_response(),
    };
    let mut response = finish(&state, response);
    if let Some(origin) = origin {
        cors::allow(&origin, response.headers_mut());
    }
    response
}

/// The answer that a refusal is.
pub(crate) fn refuse(state: &State, problem: &Problem) -> Response {
    finish(state, problem.clone().into_response())
}

/// Puts the id of the call on an answer, and a refusal into words.
fn finish(state: &State, mut response: Response) -> Response {
    let operation_id = state.ids.next(names::CALL_PREFIX);
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let body = problem.body(&state.plan.model, &operation_id);
        let headers = std::mem::take(response.headers_mut());
        response = json(problem.status, body.to_string());
        for (name, value) in &headers {
            // An empty answer has a length, which is not that of the words.
            if name != CONTENT_LENGTH {
                response.headers_mut().append(name, value.clone());
            }
        }
    }
    let name = state.plan.model.api.operation_id_header.parse::<HeaderName>();
    if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(operation_id)) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// All of a body.
pub(crate) async fn collect(body: Body) -> Result<Bytes, axum::Error> {
    body.collect().await.map(Collected::to_bytes)
}

/// The body of a request as JSON; nothing if there is none.
pub(crate) async fn read_body(
    headers: &HeaderMap,
    body: Body,
    wanted: bool,
) -> Outcome<Option<Value>> {
    let bytes = collect(body).await;
    let bytes = bytes.map_err(|error| Problem::unread_body(&error.to_string()))?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if !wanted {
        return Err(Problem::unwanted_body());
    }
    let content_type =
        text(headers, &CONTENT_TYPE).ok_or_else(Problem::no_content_type)?;
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Problem::bad_content_type(content_type));
    }
    let json = serde_json::from_slice(&bytes);
    json.map(Some)
        .map_err(|error| Problem::bad_body(format!("The body is no JSON: {error}.")))
}

/// Reads a body. One that is too long is read to its end as well, since whoever still sends does not listen.
async fn read(mut body: Body) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Problem::unread_body(&error.to_string()))?;
        let data = frame.into_data().unwrap_or_default();
        length = length.saturating_add(data.len());
        if length <= LONGEST_BODY {
            bytes.extend_from_slice(&data);
        }
    }
    if length > LONGEST_BODY {
        return Err(Problem::unread_body("it is too long"));
    }
    Ok(bytes)
}

fn admit(state: &State, headers: &HeaderMap) -> Outcome<()> {
    let api = &state.plan.model.api;
    let authorization = header(headers, &api.auth_header).ok_or_else(Problem::no_key)?;
    let (scheme, key) = authorization.split_once(' ').unwrap_or((authorization, ""));
    if !scheme.eq_ignore_ascii_case(&api.auth_scheme) {
        return Err(Problem::bad_scheme());
    }
    let key = key.trim();
    if !is_key(key) {
        return Err(Problem::malformed_key());
    }
    if key != state.api_key {
        return Err(Problem::wrong_key());
    }
    match header(headers, &api.version_header) {
        None => Err(Problem::no_version(&api.version_header)),
        Some(version) if version != api.version_value => {
            Err(Problem::bad_version(version))
        }
        Some(_) => limit(state),
    }
}

/// Refuses a request too many.
fn limit(state: &State) -> Outcome<()> {
    let Some(limiter) = &state.limiter else { return Ok(()) };
    let refuse = |wait| Problem::rate_limited(limiter.requests, limiter.window, wait);
    limiter.admit(Instant::now()).map_err(refuse)
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    text(headers, &name.parse().ok()?)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn json(status: StatusCode, body: String) -> Response {
    let json = HeaderValue::from_static("application/json");
    (status, [(CONTENT_TYPE, json)], body).into_response()
}
