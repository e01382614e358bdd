//! Does something with an element that leaves no trace in the state: tells an agent to stop, say.

use super::Call;
use crate::errors::{Outcome, Problem};
use crate::http::Whole;
use crate::spot::Spot;
use crate::store::Store;

pub(super) fn act(call: &Call<'_>, store: &Store) -> Outcome<Whole> {
    let element = call.steps.split_last().map_or([].as_slice(), |(_, element)| element);
    if store.get(element).is_none() {
        return Err(Problem::not_found());
    }
    call.check(store).body(call.route, call.request.body.as_ref())?;
    let (pattern, path) = (&call.route.pattern, &call.request.path);
    let spot = Spot::At { pattern: before(pattern), path: before(path) };
    call.reply_with(store, element, spot)
}

/// The place before the last part of a path.
fn before(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(before, _)| before)
}
