//! The view of the state that the API returns. Takes a stored value and its type; returns the JSON of a response.
//!
//! Values are stored as requests send them. Only the fields of the type are returned: IDs become references where the type requires it,
//! secrets are hidden, and unset fields are absent, null or empty.

use std::borrow::Cow;

use ngrok_api_model::{Field, Record, Scalar, Type, TypeRef, Union};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use crate::body::named_kind;
use crate::json::is_zero;
use crate::location::Location;
use crate::plan::{Plan, Selector, leads_to};
use crate::store::Store;
use crate::{clock, names};

/// Renders values.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    plan: &'a Plan,
    store: &'a Store,
    /// Base URL of the server.
    url: &'a str,
    /// Name of the requested operation.
    operation: &'a str,
}

/// A rendered value. It is serialized on the fly: most of it is written as it is stored.
pub(crate) struct Shown<'a> {
    view: View<'a>,
    ty: &'a str,
    stored: &'a Value,
    location: Location<'a>,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { view, stored, location, .. } = self;
        let (Some(record), Value::Object(stored)) = (view.plan.record(self.ty), stored)
        else {
            return view.named(self.ty, stored, *location).serialize(serializer);
        };
        let mut map = serializer.serialize_map(None)?;
        for field in &record.fields {
            if let Some(value) = view.field(record, field, stored, *location) {
                map.serialize_entry(&field.wire, &value)?;
            }
        }
        map.end()
    }
}

impl<'a> View<'a> {
    pub(crate) fn new(
        plan: &'a Plan,
        store: &'a Store,
        url: &'a str,
        operation: &'a str,
    ) -> Self {
        Self { plan, store, url, operation }
    }

    /// Renders a value as a type, by the type's name.
    pub(crate) fn show(
        self,
        ty: &'a str,
        stored: &'a Value,
        location: Location<'a>,
    ) -> Shown<'a> {
        Shown { view: self, ty, stored, location }
    }

    /// Returns a value as a type, by the type's name.
    pub(crate) fn named(
        self,
        name: &str,
        stored: &Value,
        location: Location<'_>,
    ) -> Value {
        match (self.plan.model.types.get(name), stored) {
            (Some(Type::Record(record)), Value::Object(stored)) => {
                let fields = record.fields.iter().filter_map(|field| {
                    let value = self.field(record, field, stored, location)?;
                    Some((field.wire.clone(), value.into_owned()))
                });
                Value::Object(fields.collect())
            }
            (Some(Type::Union(union)), Value::Object(stored)) => {
                Value::Object(self.union(union, stored, location))
            }
            _ => stored.clone(),
        }
    }

    /// Returns a field of a record, if it is visible.
    fn field<'v>(
        self,
        record: &Record,
        field: &Field,
        stored: &'v Map<String, Value>,
        location: Location<'_>,
    ) -> Option<Cow<'v, Value>> {
        if !self.is_for(field) {
            return None;
        }
        let here = Location::Member(&location, &field.wire);
        let value = match self.source(record, field, stored, location) {
            Some(Cow::Borrowed(value)) => self.value(&field.ty, value, here),
            Some(Cow::Owned(value)) => {
                Cow::Owned(self.value(&field.ty, &value, here).into_owned())
            }
            None if field.presence.nullable => Cow::Owned(Value::Null),
            None => Cow::Owned(self.empty(field, record, here)),
        };
        (!field.presence.optional || !is_unset(&value)).then_some(value)
    }

    /// Returns true if a field can be in this response.
    fn is_for(self, field: &Field) -> bool {
        field.presence.nullable || self.is_shown_here(field) && !is_kept_secret(field)
    }

    /// Returns true if this operation returns the value of a field.
    fn is_shown_here(self, field: &Field) -> bool {
        field.only_on.as_ref().is_none_or(|only| only == self.operation)
    }

    /// Returns the stored value of a field.
    fn source<'v>(
        self,
        record: &Record,
        field: &Field,
        stored: &'v Map<String, Value>,
        location: Location<'_>,
    ) -> Option<Cow<'v, Value>> {
        if is_kept_secret(field) || !self.is_shown_here(field) {
            return None;
        }
        let written = field.written_as.as_ref().and_then(|name| stored.get(name));
        if let Some(value) = written.or_else(|| stored.get(&field.wire)) {
            return Some(Cow::Borrowed(value));
        }
        if field.wire == names::URI && self.is_in_its_list(record, location) {
            return Some(Cow::Owned(json!(format!("{}{}", self.url, location.path()))));
        }
        if field.wire == names::URI
            && let Some(id) = stored.get(names::ID)?.as_str()
        {
            return self.uri_of(&record.name, id).map(Value::from).map(Cow::Owned);
        }
        self.name_of(record, field, stored).map(Cow::Owned)
    }

    /// Returns true if a record is in the list of its type.
    fn is_in_its_list(self, record: &Record, location: Location<'_>) -> bool {
        if let Location::Element(Location::At { pattern, .. }, _) = location
            && self.plan.list_pattern(&record.name) == Some(pattern)
        {
            return true;
        }
        self.plan.type_at(&location.pattern()) == Some(&record.name)
    }

    /// Returns the name of a resource that another field refers to.
    fn name_of(
        self,
        record: &Record,
        field: &Field,
        stored: &Map<String, Value>,
    ) -> Option<Value> {
        let kind = named_kind(field)?;
        let reference = record.fields.iter().find(|other| leads_to(&other.ty, kind))?;
        let key = reference.written_as.as_ref().unwrap_or(&reference.wire);
        let element =
            Selector::Element { key: names::ID, value: stored.get(key)?.as_str()? };
        self.store.get(&[self.plan.list_of(kind)?, element])?.get(names::NAME).cloned()
    }

    fn value<'v>(
        self,
        ty: &TypeRef,
        stored: &'v Value,
        location: Location<'_>,
    ) -> Cow<'v, Value> {
        let value = match (ty, stored) {
            (TypeRef::Ref { kinds, .. }, Value::String(id)) => self.reference(kinds, id),
            (TypeRef::Record(name), stored) => self.named(name, stored, location),
            (TypeRef::List(element), Value::Array(values)) => {
                let pattern = location.pattern();
                let key = self.plan.key(&pattern);
                let values = values.iter().map(|value| {
                    let key = key.and_then(|key| value.get(key)).and_then(Value::as_str);
                    let place = Location::Element(&location, key.unwrap_or_default());
                    self.value(element, value, place).into_owned()
                });
                Value::Array(values.collect())
            }
            (TypeRef::Map(element), Value::Object(entries)) => {
                let entries = entries.iter().map(|(key, value)| {
                    let place = Location::Member(&location, key);
                    (key.clone(), self.value(element, value, place).into_owned())
                });
                Value::Object(entries.collect())
            }
            _ => return Cow::Borrowed(stored),
        };
        Cow::Owned(value)
    }

    fn union(
        self,
        union: &Union,
        stored: &Map<String, Value>,
        location: Location<'_>,
    ) -> Map<String, Value> {
        let mut shown = Map::new();
        for choice in &union.choices {
            let value = stored.get(&choice.wire).map_or(Value::Null, |value| {
                self.named(&choice.ty, value, Location::Member(&location, &choice.wire))
            });
            shown.insert(choice.wire.clone(), value);
        }
        shown
    }

    /// Returns the reference to the resource with this ID. Its address is empty if the ID alone does not determine it.
    fn reference(self, kinds: &[String], id: &str) -> Value {
        let prefix = id.split_once('_').map_or("", |(prefix, _)| prefix);
        let is_kind = |kind: &&String| {
            let record = self.plan.record(kind);
            record.is_some_and(|record| record.prefix.as_deref() == Some(prefix))
        };
        let kind = kinds.iter().find(is_kind).or(kinds.first());
        let uri = kind.and_then(|kind| self.uri_of(kind, id)).unwrap_or_default();
        json!({ "id": id, "uri": uri })
    }

    /// Returns the address of the resource of a type with this id, where an id alone leads there.
    fn uri_of(self, kind: &str, id: &str) -> Option<String> {
        let list_pattern = self
            .plan
            .list_pattern(kind)
            .filter(|list_pattern| !list_pattern.contains("{}"))?;
        Some(format!("{}{list_pattern}/{id}", self.url))
    }

    /// Returns the value of an unset field.
    fn empty(self, field: &Field, record: &Record, location: Location<'_>) -> Value {
        match &field.ty {
            TypeRef::Scalar(Scalar::Bool) => json!(false),
            TypeRef::Scalar(Scalar::Float64) => json!(0.0),
            TypeRef::Scalar(Scalar::Timestamp) => json!(clock::ZERO),
            TypeRef::Scalar(Scalar::String) | TypeRef::Id { .. } | TypeRef::Enum(_) => {
                json!("")
            }
            TypeRef::Scalar(_) => json!(0),
            TypeRef::Ref { .. } => json!({ "id": "", "uri": "" }),
            TypeRef::List(_) => json!([]),
            TypeRef::Map(_) => json!({}),
            TypeRef::Record(name) if !record.may_lack(field) => {
                self.named(name, &json!({}), location)
            }
            TypeRef::Record(_) => Value::Null,
        }
    }
}

/// Returns true if a field can be written but not read.
fn is_kept_secret(field: &Field) -> bool {
    field.secret && field.only_on.is_none() && !field.rules.echoed()
}

/// Returns true if a value was never set.
fn is_unset(value: &Value) -> bool {
    is_zero(value) || value == clock::ZERO
}
