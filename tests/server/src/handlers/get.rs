//! Gives what is at a path.

use serde_json::{Map, Value};

use super::{Call, imagine};
use crate::errors::Outcome;
use crate::http::Whole;
use crate::store::Store;

pub(super) fn get(call: &Call<'_>, store: &Store) -> Outcome<Whole> {
    call.reply_with(store, &call.steps, call.spot())
}

/// Gives what no request makes: it is made up when it is first asked for, and kept.
pub(super) fn given(call: &Call<'_>, store: &mut Store) -> Whole {
    let value = store.get(&call.steps).cloned().unwrap_or_else(|| {
        let mut value = Map::new();
        let record = call.state.plan.type_at(&call.route.pattern);
        imagine::fill(call, store, record, &mut value);
        Value::Object(value)
    });
    store.set(&call.steps, value.clone());
    call.reply(store, &value, call.spot())
}
