//! Does something with an element that leaves no trace in the state: tells an agent to stop, say.

use super::Call;
use crate::errors::Outcome;
use crate::http::Reply;
use crate::store::Store;
use crate::view::Spot;

pub(super) fn act(call: &Call<'_>, store: &Store) -> Outcome<Reply> {
    let element = call.steps.split_last().map_or([].as_slice(), |(_, element)| element);
    if store.get(element).is_none() {
        return Err(call.not_found());
    }
    call.check(store).body(call.route, call.request.body.as_ref())?;
    call.reply_with(store, element, &before(&call.spot()))
}

/// The place before the last part of a path.
fn before(spot: &Spot) -> Spot {
    let cut =
        |text: &str| text.rsplit_once('/').map_or("", |(before, _)| before).to_owned();
    Spot { pattern: cut(&spot.pattern), path: cut(&spot.path) }
}
