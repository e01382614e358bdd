//! Takes away what is at a path, and with it all that belongs to it.

use serde_json::Value;

use super::Call;
use crate::errors::Outcome;
use crate::http::Reply;
use crate::store::Store;

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Outcome<Reply> {
    let stored = store.get(&call.steps).cloned().unwrap_or(Value::Null);
    if !store.remove(&call.steps) {
        return Err(call.not_found());
    }
    Ok(call.reply(store, &stored, call.spot()))
}
