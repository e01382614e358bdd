//! Faults of what is said: errors instead of answers, bodies that are none, pages that lead astray.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Value, json};

use super::{Chosen, Kind};
use crate::errors::Problem;
use crate::http::{collect, refuse};
use crate::state::State;

/// How many bytes without a meaning there are.
const LENGTH: usize = 200;

/// Spoils what an answer says, as far as that was chosen.
pub(crate) async fn spoil(
    Shared(state): Shared<Arc<State>>,
    mut request: Request,
    next: Next,
) -> Response {
    let chosen = request.extensions_mut().remove::<Chosen>().unwrap_or_default();
    for kind in &chosen.kinds {
        if let Kind::Status { code, retry_after } = kind {
            return error(&state, *code, *retry_after);
        }
    }
    let mut response = next.run(request).await;
    for kind in &chosen.kinds {
        match kind {
            Kind::Garbage => replace(&mut response, garbage(chosen.seed)),
            Kind::ContentType(text) => {
                if let Ok(value) = HeaderValue::try_from(text) {
                    response.headers_mut().insert(CONTENT_TYPE, value);
                }
            }
            Kind::NextPage(uri) => response = lead_astray(&state, response, uri).await,
            _ => {}
        }
    }
    response
}

fn error(state: &State, code: u16, retry_after: Option<u32>) -> Response {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = refuse(state, &Problem::on_demand(status));
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Bytes of which the first is one that no JSON begins with.
fn garbage(seed: u64) -> Vec<u8> {
    let mut chance = fastrand::Rng::with_seed(seed);
    let rest = std::iter::repeat_with(|| chance.u8(..)).take(LENGTH);
    std::iter::once(0xff).chain(rest).collect()
}

fn replace(response: &mut Response, body: Vec<u8>) {
    response.headers_mut().remove(CONTENT_LENGTH);
    *response.body_mut() = Body::from(body);
}

/// Gives a page another page after it.
async fn lead_astray(state: &State, response: Response, uri: &str) -> Response {
    let api = &state.plan.model.api;
    let (parts, body) = response.into_parts();
    let bytes = collect(body).await.unwrap_or_default();
    let page = serde_json::from_slice::<Value>(&bytes).ok();
    let page = page.filter(|page| page.get(&api.page_next).is_some());
    let mut response = Response::from_parts(parts, Body::from(bytes));
    if let Some(Value::Object(mut page)) = page {
        let own = page.get(&api.page_uri).cloned().unwrap_or_default();
        let next = if uri == "self" { own } else { json!(uri) };
        page.insert(api.page_next.clone(), next);
        replace(&mut response, Value::Object(page).to_string().into_bytes());
    }
    response
}
