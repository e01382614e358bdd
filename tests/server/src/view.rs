//! What the API shows of its state. A stored value and the type it is shown as go in; the JSON of an answer comes out.
//!
//! Values are stored as requests give them. Shown are the fields that the type has, and no others: ids become
//! references where the type says so, secrets stay hidden, and what was never set is left out, null or empty.

use std::borrow::Cow;

use ngrok_api_model::{Field, Record, Scalar, Type, TypeRef, Union, Wrapper};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use crate::body::named_kind;
use crate::json::is_zero;
use crate::plan::{Plan, Selector, leads_to};
use crate::spot::Spot;
use crate::store::Store;
use crate::{clock, names};

/// Shows values.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    plan: &'a Plan,
    store: &'a Store,
    /// Where the server is.
    url: &'a str,
    /// Name of the operation that asks.
    operation: &'a str,
}

/// A value as it is shown. It is put together while it is written: most of it is written as it is stored.
pub(crate) struct Shown<'a> {
    view: View<'a>,
    ty: &'a str,
    stored: &'a Value,
    spot: Spot<'a>,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { view, stored, spot, .. } = self;
        let (Some(record), Value::Object(stored)) = (view.plan.record(self.ty), stored)
        else {
            return view.named(self.ty, stored, *spot).serialize(serializer);
        };
        let mut map = serializer.serialize_map(None)?;
        for field in &record.fields {
            if let Some(value) = view.field(record, field, stored, *spot) {
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

    /// A value as a type, by the type's name, to be written.
    pub(crate) fn show(
        self,
        ty: &'a str,
        stored: &'a Value,
        spot: Spot<'a>,
    ) -> Shown<'a> {
        Shown { view: self, ty, stored, spot }
    }

    /// A value as a type, by the type's name.
    pub(crate) fn named(self, name: &str, stored: &Value, spot: Spot<'_>) -> Value {
        match (self.plan.model.types.get(name), stored) {
            (Some(Type::Record(record)), Value::Object(stored)) => {
                let fields = record.fields.iter().filter_map(|field| {
                    let value = self.field(record, field, stored, spot)?;
                    Some((field.wire.clone(), value.into_owned()))
                });
                Value::Object(fields.collect())
            }
            (Some(Type::Union(union)), Value::Object(stored)) => {
                Value::Object(self.union(union, stored, spot))
            }
            _ => stored.clone(),
        }
    }

    /// A field of a record, if it is shown.
    fn field<'v>(
        self,
        record: &Record,
        field: &Field,
        stored: &'v Map<String, Value>,
        spot: Spot<'_>,
    ) -> Option<Cow<'v, Value>> {
        if !self.is_for(field) {
            return None;
        }
        let here = Spot::Member(&spot, &field.wire);
        let value = match self.source(record, field, stored, spot) {
            Some(Cow::Borrowed(value)) => self.value(&field.ty, value, here),
            Some(Cow::Owned(value)) => {
                Cow::Owned(self.value(&field.ty, &value, here).into_owned())
            }
            None if field.presence.nullable => Cow::Owned(Value::Null),
            None => Cow::Owned(self.empty(field, here)),
        };
        (!field.presence.optional || !is_unset(&value)).then_some(value)
    }

    /// Whether a field may be in this answer at all.
    fn is_for(self, field: &Field) -> bool {
        field.presence.nullable || self.is_shown_here(field) && !is_kept_secret(field)
    }

    /// Whether this operation shows the value of a field.
    fn is_shown_here(self, field: &Field) -> bool {
        field.only_on.as_ref().is_none_or(|only| only == self.operation)
    }

    /// The value of a field, as it is stored.
    fn source<'v>(
        self,
        record: &Record,
        field: &Field,
        stored: &'v Map<String, Value>,
        spot: Spot<'_>,
    ) -> Option<Cow<'v, Value>> {
        if is_kept_secret(field) || !self.is_shown_here(field) {
            return None;
        }
        let written = field.written_as.as_ref().and_then(|name| stored.get(name));
        if let Some(value) = written.or_else(|| stored.get(&field.wire)) {
            return Some(Cow::Borrowed(value));
        }
        if field.wire == names::URI && self.is_at_home(record, spot) {
            return Some(Cow::Owned(json!(format!("{}{}", self.url, spot.path()))));
        }
        if field.wire == names::URI
            && let Some(id) = stored.get(names::ID)?.as_str()
        {
            return self.uri_of(&record.name, id).map(Value::from).map(Cow::Owned);
        }
        self.name_of(record, field, stored).map(Cow::Owned)
    }

    /// Whether a record is where the API has records of its type.
    fn is_at_home(self, record: &Record, spot: Spot<'_>) -> bool {
        if let Spot::Element(Spot::At { pattern, .. }, _) = spot
            && self.plan.home(&record.name) == Some(pattern)
        {
            return true;
        }
        self.plan.type_at(&spot.pattern()) == Some(&record.name)
    }

    /// The name of a resource that another field refers to.
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
        spot: Spot<'_>,
    ) -> Cow<'v, Value> {
        let value = match (ty, stored) {
            (TypeRef::Ref { kinds, .. }, Value::String(id)) => self.reference(kinds, id),
            (TypeRef::Record(name), stored) => self.named(name, stored, spot),
            (TypeRef::List(element), Value::Array(values)) => {
                let pattern = spot.pattern();
                let key = self.plan.key(&pattern);
                let values = values.iter().map(|value| {
                    let key = key.and_then(|key| value.get(key)).and_then(Value::as_str);
                    let place = Spot::Element(&spot, key.unwrap_or_default());
                    self.value(element, value, place).into_owned()
                });
                Value::Array(values.collect())
            }
            (TypeRef::Map(element), Value::Object(entries)) => {
                let entries = entries.iter().map(|(key, value)| {
                    let place = Spot::Member(&spot, key);
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
        spot: Spot<'_>,
    ) -> Map<String, Value> {
        let mut shown = Map::new();
        for choice in &union.choices {
            let value = stored.get(&choice.wire).map_or(Value::Null, |value| {
                self.named(&choice.ty, value, Spot::Member(&spot, &choice.wire))
            });
            shown.insert(choice.wire.clone(), value);
        }
        shown
    }

    /// The reference to the resource with this id. Its address is empty where an id alone does not lead there.
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

    /// The address of the resource of a type with this id, where an id alone leads there.
    fn uri_of(self, kind: &str, id: &str) -> Option<String> {
        let home = self.plan.home(kind).filter(|home| !home.contains("{}"))?;
        Some(format!("{}{home}/{id}", self.url))
    }

    /// What a field without a value shows.
    fn empty(self, field: &Field, spot: Spot<'_>) -> Value {
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
            TypeRef::Record(name) if field.wrapper == Wrapper::Plain => {
                self.named(name, &json!({}), spot)
            }
            TypeRef::Record(_) => Value::Null,
        }
    }
}

/// Whether a field can be written but not read.
fn is_kept_secret(field: &Field) -> bool {
    field.secret && field.only_on.is_none() && !field.rules.echoed()
}

/// Whether a value is the one of a field that nobody set.
fn is_unset(value: &Value) -> bool {
    is_zero(value) || value == clock::ZERO
}
