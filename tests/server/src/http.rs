//! HTTP layer around the operations: authentication, reading of bodies, form of responses. Knows headers and bytes, but no operation.

use std::time::Instant;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{
    ALLOW, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
};
use hyper::{Response, StatusCode};
use serde_json::Value;

use crate::builder::is_key;
use crate::errors::{Outcome, Problem};
use crate::names;
use crate::state::State;

/// Maximum size of an accepted body.
const LONGEST_BODY: usize = 4 << 20;

/// A response whose body is known.
pub(crate) type Whole = Response<Bytes>;

/// Builds a response with an optional JSON body.
pub(crate) fn reply(status: StatusCode, body: Option<String>) -> Whole {
    let mut response = Whole::default();
    *response.status_mut() = status;
    if let Some(body) = body {
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        *response.body_mut() = body.into();
    }
    response
}

/// Adds the call ID to a response.
pub(crate) fn finish(state: &State, response: Whole) -> Whole {
    identified(state, response, state.ids.next(names::CALL_PREFIX))
}

/// Converts an error to a response.
pub(crate) fn refuse(state: &State, problem: &Problem) -> Whole {
    let id = state.ids.next(names::CALL_PREFIX);
    let body = problem.body(&state.plan.model, &id).to_string();
    let mut response = reply(problem.status(&state.plan.model), Some(body));
    if let Some(seconds) = problem.retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Some(Ok(methods)) = problem.allow.as_deref().map(HeaderValue::from_str) {
        response.headers_mut().insert(ALLOW, methods);
    }
    identified(state, response, id)
}

fn identified(state: &State, mut response: Whole, id: String) -> Whole {
    let name = state.plan.model.api.operation_id_header.parse::<HeaderName>();
    if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(id)) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// Reads a body, and keeps it if it is wanted. An unwanted or oversized body is read to its end as well, because clients read no response
/// while they send.
pub(crate) async fn read(mut body: Incoming, wanted: bool) -> Outcome<Bytes> {
    let mut bytes = BytesMut::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Problem::unread_body(&error.to_string()))?;
        let data = frame.into_data().unwrap_or_default();
        length = length.saturating_add(data.len());
        if wanted && length <= LONGEST_BODY {
            bytes.extend_from_slice(&data);
        }
    }
    if length > LONGEST_BODY {
        return Err(Problem::unread_body("it is too long"));
    }
    Ok(bytes.freeze())
}

/// Parses the body of a request as JSON; `None` if it is empty.
pub(crate) fn json(
    headers: &HeaderMap,
    body: &Bytes,
    wanted: bool,
) -> Outcome<Option<Value>> {
    if body.is_empty() {
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
    let json = serde_json::from_slice(body);
    json.map(Some)
        .map_err(|error| Problem::bad_body(format!("The body is not JSON: {error}.")))
}

/// Rejects a request without the key, with another version, or beyond the rate limit.
pub(crate) fn admit(state: &State, headers: &HeaderMap) -> Outcome<()> {
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

/// Rejects a request beyond the rate limit.
fn limit(state: &State) -> Outcome<()> {
    let Some(limiter) = &state.limiter else { return Ok(()) };
    let refuse = |wait| Problem::rate_limited(limiter.requests, limiter.window, wait);
    limiter.admit(Instant::now()).map_err(refuse)
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    text(headers, &name.parse().ok()?)
}

/// Returns the value of a header, if it is text.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
