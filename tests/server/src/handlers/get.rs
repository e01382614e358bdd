//! Returns the value at a path.

use serde_json::{Map, Value};

use super::{Call, imagine};
use crate::errors::Outcome;
use crate::http::Whole;
use crate::store::Store;

pub(super) fn get(call: &Call<'_>, store: &Store) -> Outcome<Whole> {
    call.reply_with(store, &call.steps, call.location())
}

/// Returns a resource that no request creates: it is generated on the first request, and kept.
pub(super) fn given(call: &Call<'_>, store: &mut Store) -> Whole {
    let value = store.get(&call.steps).cloned().unwrap_or_else(|| {
        let mut value = Map::new();
        let record = call.state.plan.type_at(&call.route.pattern);
        imagine::fill(call, store, record, &mut value);
        Value::Object(value)
    });
    store.set(&call.steps, value.clone());
    call.reply(store, &value, call.location())
}
