//! Takes away what is at a path, and with it all that belongs to it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Call;
use crate::errors::{Outcome, Problem};
use crate::http::Whole;
use crate::json::text;
use crate::names;
use crate::store::Store;

/// Refuses to delete a resource that another one refers to, where the description says that the API does.
fn in_use(call: &Call<'_>, store: &Store, stored: &Value) -> Outcome<()> {
    let plan = &call.state.plan;
    let blockers = plan.type_at(&call.route.pattern).and_then(|ty| plan.blockers(ty));
    let (Some(blockers), id) = (blockers, text(stored, names::ID)) else {
        return Ok(());
    };
    let blocked = |value: &Value| blocker(blockers, value, id);
    match store.values().find_map(|value| Some((blocked(value)?, value))) {
        Some((number, by)) => Err(Problem::in_use(number, text(by, names::ID))),
        None => Ok(()),
    }
}

/// The number of the error, if a value or any part of it refers to this id under one of the keys.
fn blocker(keys: &BTreeMap<String, u32>, value: &Value, id: &str) -> Option<u32> {
    match value {
        Value::Array(values) => values.iter().find_map(|value| blocker(keys, value, id)),
        Value::Object(entries) => entries.iter().find_map(|(key, value)| {
            let refers = match value {
                Value::Array(values) => values.iter().any(|value| value == id),
                value => value == id,
            };
            let number = keys.get(key).filter(|_| refers).copied();
            number.or_else(|| blocker(keys, value, id))
        }),
        _ => None,
    }
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Outcome<Whole> {
    let stored = store.get(&call.steps).cloned().unwrap_or(Value::Null);
    if !call.state.imagines {
        in_use(call, store, &stored)?;
    }
    if !store.remove(&call.steps) {
        return Err(Problem::not_found());
    }
    Ok(call.reply(store, &stored, call.spot()))
}
