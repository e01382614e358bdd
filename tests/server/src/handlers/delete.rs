//! Removes the value at a path, and everything that belongs to it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Call;
use crate::errors::{Outcome, Problem};
use crate::http::Whole;
use crate::json::text;
use crate::names;
use crate::plan::{self, LastOne, Protection};
use crate::store::Store;

/// Rejects deletion of a resource that another one refers to, where the description says that the API does.
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

/// Refuses to delete a resource that is protected by a flag of its own, and the last one that another resource needs.
fn protected(call: &Call<'_>, store: &Store, stored: &Value) -> Outcome<()> {
    let plan = &call.state.plan;
    let record = plan.type_at(&call.route.pattern).and_then(|ty| plan.record(ty));
    let Some(record) = record else { return Ok(()) };
    if let Some(Protection { flag, number }) = plan::protection(record)
        && stored.get(&flag) == Some(&Value::Bool(true))
    {
        return Err(Problem::protected(number, &flag));
    }
    if let Some(last) = plan::last_one(record)
        && let Some(by) = needed_by(&last, call, store, stored)
    {
        return Err(Problem::in_use(last.number, &by));
    }
    Ok(())
}

/// The id of what needs this resource: the last one that names what the other one names too.
fn needed_by(
    last: &LastOne,
    call: &Call<'_>,
    store: &Store,
    stored: &Value,
) -> Option<String> {
    let shared = text(stored, &last.field);
    let own = store.list(call.steps.split_last()?.1)?;
    let is_other = |other: &Value| {
        text(other, &last.field) == shared
            && text(other, names::ID) != text(stored, names::ID)
    };
    if shared.is_empty() || own.all().any(is_other) {
        return None;
    }
    let users = store.list(&[call.state.plan.list_of(&last.kept_for)?])?;
    let needs = |user: &&Value| {
        last.having.iter().all(|(key, value)| user.get(key) == Some(value))
            && names_it(user, shared)
    };
    users.all().find(needs).map(|user| text(user, names::ID).to_owned())
}

/// Returns true if a value or any part of it is this ID.
fn names_it(value: &Value, id: &str) -> bool {
    match value {
        Value::Array(values) => values.iter().any(|value| names_it(value, id)),
        Value::Object(entries) => entries.values().any(|value| names_it(value, id)),
        value => value == id,
    }
}

/// Returns the error number, if a value or any part of it refers to this ID under one of the keys.
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
        protected(call, store, &stored)?;
        in_use(call, store, &stored)?;
    }
    if !store.remove(&call.steps) {
        return Err(Problem::not_found());
    }
    Ok(call.reply(store, &stored, call.location()))
}
