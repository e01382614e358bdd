//! Updates the given fields of the value at a path. Null counts as not given.

use ngrok_api_model::{Output, Record, Type, TypeRef};
use serde_json::{Map, Value};

use super::Call;
use crate::body::unique;
use crate::errors::{Outcome, Problem};
use crate::http::Whole;
use crate::plan::{Plan, field};
use crate::store::{Items, Store};

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Outcome<Whole> {
    let plan = &call.state.plan;
    let stored = store.get(&call.steps).and_then(Value::as_object);
    let mut stored = stored.ok_or_else(Problem::not_found)?.clone();
    let changes = call.check(store).body(call.route, call.request.body.as_ref())?;
    if let Some(record) = call.body_record() {
        let before = stored.clone();
        merge(plan, record, &mut stored, changes)?;
        if let Output::Type(name) = &call.route.operation.output
            && let Some(resource) = plan.record(name)
        {
            call.derive(store, resource, &mut stored);
        }
        let list = call.steps.split_last().map_or([].as_slice(), |(_, list)| list);
        let others = store.list(list).unwrap_or(Items::None);
        if !call.state.imagines {
            unique::check(record, others, Some(&before), &stored)?;
        }
    }
    call.touch(&mut stored);
    store.set(&call.steps, Value::Object(stored));
    call.reply_with(store, &call.steps, call.location())
}

/// Sets fields. A part is replaced as a whole, unless its type describes changes.
fn merge(
    plan: &Plan,
    record: &Record,
    stored: &mut Map<String, Value>,
    changes: Map<String, Value>,
) -> Outcome<()> {
    for (key, value) in changes {
        let part = field(record, &key).and_then(|field| match &field.ty {
            TypeRef::Record(name) => plan.model.types.get(name),
            _ => None,
        });
        let before = stored.get_mut(&key).and_then(Value::as_object_mut);
        match (part, before, value) {
            (Some(Type::Record(part)), Some(before), Value::Object(changes))
                if plan.is_change(&part.name) =>
            {
                merge(plan, part, before, changes)?;
            }
            (Some(Type::Union(union)), Some(before), Value::Object(after))
                if union.fixed
                    && !after.keys().all(|kind| before.contains_key(kind)) =>
            {
                let message = format!("The kind of {key} cannot be changed.");
                return Err(Problem::broken_rule(None, message));
            }
            (_, _, value) => drop(stored.insert(key, value)),
        }
    }
    Ok(())
}
