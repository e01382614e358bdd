//! Adds an element to a list.

use ngrok_api_model::{Output, Record};
use serde_json::{Map, Value, json};

use super::Call;
use crate::body::unique;
use crate::errors::{Outcome, Problem};
use crate::http::Whole;
use crate::ids::{Ids, secret};
use crate::location::Location;
use crate::plan::{Selector, field};
use crate::store::{Items, Store};
use crate::{clock, names};

/// Length of a secret that the server generates.
const SECRET_LENGTH: usize = 48;

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Outcome<Whole> {
    if !store.has_owner(&call.steps) {
        return Err(Problem::not_found());
    }
    let mut element = call.check(store).body(call.route, call.request.body.as_ref())?;
    let operation = &call.route.operation;
    let record = match &operation.output {
        Output::Type(name) => call.state.plan.record(name),
        Output::Nothing | Output::List(_) => None,
    };
    if let Some(record) = record {
        inherit(record, call, &mut element);
        call.derive(store, record, &mut element);
    }
    if !call.state.imagines {
        check_unique(call, store, &element)?;
    }
    if let Some(record) = record {
        stamp(&call.state.ids, record, &operation.name, &mut element);
    }
    let key = call.state.plan.key(&call.route.pattern).unwrap_or(names::ID);
    let value = element.get(key).and_then(Value::as_str);
    let value = value.ok_or_else(|| Problem::missing_field(key))?.to_owned();
    let mut steps = call.steps.clone();
    steps.push(Selector::Element { key, value: &value });
    if store.get(&steps).is_some() && !call.state.imagines {
        return Err(Problem::duplicate(key, &value));
    }
    store.push(&call.steps, key, Value::Object(element));
    call.reply_with(store, &steps, Location::Element(&call.location(), &value))
}

/// Rejects unique values that another element of the list has.
fn check_unique(
    call: &Call<'_>,
    store: &Store,
    element: &Map<String, Value>,
) -> Outcome<()> {
    let others = store.list(&call.steps).unwrap_or(Items::None);
    match call.body_record() {
        Some(record) => unique::check(record, others, None, element),
        None => Ok(()),
    }
}

/// Sets the fields that the server assigns: ID, times, and secrets that only the creator receives.
pub(crate) fn stamp(
    ids: &Ids,
    record: &Record,
    operation: &str,
    element: &mut Map<String, Value>,
) {
    for field in &record.fields {
        let value = match field.wire.as_str() {
            names::ID => ids.next(record.prefix.as_deref().unwrap_or_default()),
            names::CREATED_AT | names::UPDATED_AT => clock::now(),
            _ if field.only_on.as_deref() == Some(operation) => secret(SECRET_LENGTH),
            _ => continue,
        };
        element.entry(field.wire.clone()).or_insert(json!(value));
    }
}

/// Sets fields that are named like path parameters to the values of those.
fn inherit(record: &Record, call: &Call<'_>, element: &mut Map<String, Value>) {
    let arguments = call.route.place.parameters().zip(&call.request.arguments);
    for (name, argument) in arguments.filter(|(name, _)| field(record, name).is_some()) {
        element.insert(name.to_owned(), json!(argument));
    }
}
