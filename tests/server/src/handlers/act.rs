//! Runs an action on an element that leaves no trace in the state, such as stopping an agent.

use super::Call;
use crate::errors::{Outcome, Problem};
use crate::http::Whole;
use crate::location::Location;
use crate::store::Store;

pub(super) fn act(call: &Call<'_>, store: &Store) -> Outcome<Whole> {
    let element = call.steps.split_last().map_or([].as_slice(), |(_, element)| element);
    if store.get(element).is_none() {
        return Err(Problem::not_found());
    }
    call.check(store).body(call.route, call.request.body.as_ref())?;
    let (pattern, path) = (&call.route.pattern, &call.request.path);
    let location = Location::At { pattern: before(pattern), path: before(path) };
    call.reply_with(store, element, location)
}

/// Returns the path without its last part.
fn before(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(before, _)| before)
}
