//! Faults in the content of responses: errors, malformed bodies, misleading pages.

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde_json::{Value, json};

use super::{Chosen, Kind};
use crate::errors::{Outcome, Problem};
use crate::http::Whole;
use crate::state::State;

/// Number of meaningless bytes.
const LENGTH: usize = 200;

/// Returns the injected error, if one was chosen.
pub(crate) fn instead(chosen: &Chosen) -> Outcome<()> {
    for kind in &chosen.kinds {
        if let Kind::Status { code, retry_after } = kind {
            let status = StatusCode::from_u16(*code);
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return Err(Problem::on_demand(status, *retry_after));
        }
    }
    Ok(())
}

/// Modifies a response according to the chosen faults.
pub(crate) fn change(state: &State, chosen: &Chosen, response: &mut Whole) {
    let is_chosen = |kind: &&Kind| matches!(kind, Kind::Status { .. });
    if chosen.kinds.iter().any(|kind| is_chosen(&kind)) {
        return;
    }
    for kind in &chosen.kinds {
        match kind {
            Kind::Garbage => *response.body_mut() = garbage(chosen.seed).into(),
            Kind::ContentType(text) => {
                if let Ok(value) = HeaderValue::try_from(text) {
                    response.headers_mut().insert(CONTENT_TYPE, value);
                }
            }
            Kind::NextPage(uri) => lead_astray(state, response, uri),
            _ => {}
        }
    }
}

/// Returns bytes of which the first is never the start of JSON.
fn garbage(seed: u64) -> Vec<u8> {
    let mut chance = fastrand::Rng::with_seed(seed);
    let rest = std::iter::repeat_with(|| chance.u8(..)).take(LENGTH);
    std::iter::once(0xff).chain(rest).collect()
}

/// Replaces the next page of a list.
fn lead_astray(state: &State, response: &mut Whole, uri: &str) {
    let api = &state.plan.model.api;
    let page = serde_json::from_slice::<Value>(response.body()).ok();
    let page = page.filter(|page| page.get(&api.page_next).is_some());
    if let Some(Value::Object(mut page)) = page {
        let own = page.get(&api.page_uri).cloned().unwrap_or_default();
        let next = if uri == "self" { own } else { json!(uri) };
        page.insert(api.page_next.clone(), next);
        *response.body_mut() = Value::Object(page).to_string().into();
    }
}
