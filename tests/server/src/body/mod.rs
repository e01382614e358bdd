//! Bodies of requests. JSON goes in; the values that it sets come out, without nulls and with defaults, or the first
//! problem: a violation of its type, or an ID of nothing. Changes nothing in the store.

mod by_name;
mod defaults;
pub(crate) mod unique;

use ngrok_api_model::check::{ViolationKind, validate};
use ngrok_api_model::{Body, Field, Operation, Record, Type, TypeRef, Union};
use serde_json::{Map, Value};

pub(crate) use by_name::named_kind;

use crate::errors::{Outcome, Problem};
use crate::names;
use crate::plan::{Plan, Route, Selector, field};
use crate::store::Store;

/// Validates bodies.
#[derive(Clone, Copy)]
pub(crate) struct Check<'a> {
    plan: &'a Plan,
    store: &'a Store,
    /// True if the target of every ID and name is assumed to exist.
    imagines: bool,
}

impl<'a> Check<'a> {
    pub(crate) fn new(plan: &'a Plan, store: &'a Store, imagines: bool) -> Self {
        Self { plan, store, imagines }
    }

    /// Returns the fields that a request sets.
    pub(crate) fn body(
        self,
        route: &Route,
        body: Option<&Value>,
    ) -> Outcome<Map<String, Value>> {
        let name = match &route.operation.body {
            Body::None => return Ok(Map::new()),
            Body::Empty => return empty(route, body),
            Body::Type(name) => name,
        };
        let body = body.ok_or_else(|| Problem::bad_body("The body is missing."))?;
        let mut object = object(body, "The body")?.clone();
        let record = self.plan.record(name);
        // Some clients repeat path parameters in the body.
        let is_own = |name: &str| record.is_some_and(|it| field(it, name).is_some());
        for name in route.place.parameters().filter(|name| !is_own(name)) {
            object.remove(name);
        }
        let violations =
            validate(&self.plan.model, name, &Value::Object(object.clone()));
        // What an ID refers to is reported in more detail.
        let mut violations = violations.iter().filter(|it| it.kind != ViolationKind::Id);
        if let Some(violation) = violations.next() {
            return Err(Problem::invalid(violation));
        }
        let mut set = self.named(name, &object, "")?;
        if let Some(record) = record.filter(|_| !self.imagines) {
            by_name::resolve(self.plan, self.store, record, &mut set)?;
        }
        Ok(set)
    }

    fn record(
        self,
        record: &Record,
        object: &Map<String, Value>,
        path: &str,
    ) -> Outcome<Map<String, Value>> {
        let mut set = Map::new();
        for (key, value) in object {
            let Some(field) = field(record, key) else { continue };
            if !value.is_null() && !is_blank(field, value) {
                let value = self.value(&field.ty, value, &join(path, key))?;
                set.insert(key.clone(), lower_case(field, value));
            }
        }
        if !self.plan.is_change(&record.name) {
            defaults::fill(&self.plan.model, record, &mut set);
        }
        Ok(set)
    }

    /// A valid value of a type, with defaults and without nulls, if all that its IDs refer to exists.
    fn value(self, ty: &TypeRef, value: &Value, path: &str) -> Outcome<Value> {
        match (ty, value) {
            (TypeRef::Id { kinds, .. }, Value::String(id)) => {
                self.reference(kinds, id, path)?;
                Ok(value.clone())
            }
            (TypeRef::List(element), Value::Array(elements)) => {
                let checked = elements.iter().enumerate().map(|(index, value)| {
                    self.value(element, value, &format!("{path}[{index}]"))
                });
                checked.collect::<Outcome<_>>().map(Value::Array)
            }
            (TypeRef::Map(element), Value::Object(entries)) => {
                let checked = entries.iter().map(|(key, value)| {
                    Ok((key.clone(), self.value(element, value, &join(path, key))?))
                });
                checked.collect::<Outcome<_>>().map(Value::Object)
            }
            (TypeRef::Record(name), Value::Object(object)) => {
                self.named(name, object, path).map(Value::Object)
            }
            _ => Ok(value.clone()),
        }
    }

    fn named(
        self,
        name: &str,
        object: &Map<String, Value>,
        path: &str,
    ) -> Outcome<Map<String, Value>> {
        match self.plan.model.types.get(name) {
            Some(Type::Record(record)) => self.record(record, object, path),
            Some(Type::Union(union)) => self.union(union, object, path),
            Some(Type::Enum(_)) | None => Ok(object.clone()),
        }
    }

    fn union(
        self,
        union: &Union,
        object: &Map<String, Value>,
        path: &str,
    ) -> Outcome<Map<String, Value>> {
        let mut set = Map::new();
        for choice in &union.choices {
            if let Some(Value::Object(part)) = object.get(&choice.wire) {
                let part = self.named(&choice.ty, part, &join(path, &choice.wire))?;
                set.insert(choice.wire.clone(), Value::Object(part));
            }
        }
        Ok(set)
    }

    /// Requires the ID of an existing resource, unless the field can refer to a type that the API has no operations for.
    fn reference(self, kinds: &[String], id: &str, path: &str) -> Outcome<()> {
        let known = |kind: &String| match self.plan.list_of(kind) {
            Some(list) => {
                let element = Selector::Element { key: names::ID, value: id };
                self.store.get(&[list, element]).is_some()
            }
            None => true,
        };
        if kinds.iter().any(known) {
            return Ok(());
        }
        let prefix = id.split_once('_').map_or("", |(prefix, _)| prefix);
        let prefixes = || kinds.iter().filter_map(|kind| self.plan.prefix(kind));
        if prefixes().any(|wanted| wanted == prefix) {
            let unknown = || Err(Problem::unknown_reference(path, id));
            return if self.imagines { Ok(()) } else { unknown() };
        }
        let wanted: Vec<_> = prefixes().map(|prefix| format!("{prefix}_")).collect();
        if self.plan.has_prefix(prefix) {
            Err(Problem::other_reference(path, id, &wanted))
        } else {
            Err(Problem::malformed_reference(path, id, &wanted))
        }
    }
}

/// Some clients always send all fields: an empty string then means no ID, no resource name, or no choice.
fn is_blank(field: &Field, value: &Value) -> bool {
    let is_choice = matches!(field.ty, TypeRef::Id { .. } | TypeRef::Enum(_));
    let is_blank = is_choice || named_kind(field).is_some();
    is_blank && !field.presence.required && value == ""
}

/// Converts keys, elements or strings to lower case, where the API stores them so.
fn lower_case(field: &Field, value: Value) -> Value {
    if field.rules.case() != Some("lower") {
        return value;
    }
    match value {
        Value::String(text) => text.to_lowercase().into(),
        Value::Array(values) => {
            values.into_iter().map(|value| lower_case(field, value)).collect()
        }
        Value::Object(entries) => {
            let lower = |(key, value): (String, Value)| (key.to_lowercase(), value);
            Value::Object(entries.into_iter().map(lower).collect())
        }
        other => other,
    }
}

/// Returns true if this operation takes a body.
pub(crate) fn is_wanted(operation: &Operation) -> bool {
    operation.body != Body::None
}

/// Accepts a body without fields; some clients repeat path parameters in it.
fn empty(route: &Route, body: Option<&Value>) -> Outcome<Map<String, Value>> {
    let object = body.map_or(Ok(None), |body| object(body, "The body").map(Some))?;
    let is_new = |key: &&String| !route.place.parameters().any(|name| name == *key);
    match object.and_then(|object| object.keys().find(is_new)) {
        Some(key) => Err(Problem::unknown_field(key)),
        None => Ok(Map::new()),
    }
}

fn object<'a>(value: &'a Value, path: &str) -> Outcome<&'a Map<String, Value>> {
    value
        .as_object()
        .ok_or_else(|| Problem::bad_body(format!("{path} is not an object.")))
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
