//! Faults of the transport: connections that are reset, bodies that arrive slowly or are truncated.

use std::time::Duration;

use hyper::Response;
use hyper::header::{CONTENT_LENGTH, HeaderValue};

use super::{Chosen, Kind};
use crate::connection::Switch;
use crate::http::Whole;
use crate::payload::Payload;

/// Number of bytes sent at a time.
const DROP: usize = 16;

/// Time allowed for sending half a body.
const FLUSH: Duration = Duration::from_millis(20);

/// Sends a response with the chosen faults.
pub(crate) fn send(
    chosen: &Chosen,
    switch: &Switch,
    response: Whole,
) -> Response<Payload> {
    let (mut parts, bytes) = response.into_parts();
    let mut payload = Payload::from(bytes.clone());
    for kind in &chosen.kinds {
        match kind {
            Kind::ResetAfter => {
                // The client never receives the response.
                switch.reset();
                return Response::default();
            }
            Kind::Truncate => {
                let length = HeaderValue::from(bytes.len().max(1));
                parts.headers.insert(CONTENT_LENGTH, length);
                let half = bytes.slice(..bytes.len() / 2);
                payload = Payload::broken(half, FLUSH);
            }
            Kind::Drip(pause) => payload = Payload::drip(bytes.clone(), DROP, *pause),
            _ => {}
        }
    }
    Response::from_parts(parts, payload)
}
