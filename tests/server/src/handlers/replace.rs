//! Replaces all values at a path that requests have set.

use ngrok_api_model::Output;
use serde_json::{Map, Value};

use super::Call;
use crate::errors::{Outcome, Problem};
use crate::http::Whole;
use crate::plan::field;
use crate::store::Store;

pub(super) fn replace(call: &Call<'_>, store: &mut Store) -> Outcome<Whole> {
    let is_element = call.route.place.key().is_some();
    let is_known = if is_element {
        store.get(&call.steps).is_some()
    } else {
        store.has_owner(&call.steps)
    };
    if !is_known {
        return Err(Problem::not_found());
    }
    let mut value = call.check(store).body(call.route, call.request.body.as_ref())?;
    if is_element {
        value.extend(decided(call, store));
        call.touch(&mut value);
    }
    if let Output::Type(name) = &call.route.operation.output
        && let Some(record) = call.state.plan.record(name)
    {
        call.derive(store, record, &mut value);
    }
    store.set(&call.steps, Value::Object(value));
    call.reply_with(store, &call.steps, call.location())
}

/// Returns the values at the path that requests cannot set, such as the ID.
fn decided(call: &Call<'_>, store: &Store) -> Map<String, Value> {
    let record = call.body_record();
    let is_decided =
        |key: &str| record.is_none_or(|record| field(record, key).is_none());
    let stored = store.get(&call.steps).and_then(Value::as_object);
    let entries = stored.into_iter().flatten().filter(|(key, _)| is_decided(key));
    entries.map(|(key, value)| (key.clone(), value.clone())).collect()
}
