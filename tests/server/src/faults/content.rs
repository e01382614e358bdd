//! Faults of what is said: errors instead of answers, bodies that are none, pages that lead astray.

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde_json::{Value, json};

use super::{Chosen, Kind};
use crate::errors::{Outcome, Problem};
use crate::http::Whole;
use crate::state::State;

/// How many bytes without a meaning there are.
const LENGTH: usize = 200;

/// The error that was chosen instead of an answer, if one was.
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

/// Spoils what an answer says, as far as that was chosen.
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

/// Bytes of which the first is one that no JSON begins with.
fn garbage(seed: u64) -> Vec<u8> {
    let mut chance = fastrand::Rng::with_seed(seed);
    let rest = std::iter::repeat_with(|| chance.u8(..)).take(LENGTH);
    std::iter::once(0xff).chain(rest).collect()
}

/// Gives a page another page after it.
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
