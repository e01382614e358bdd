//! What the API shows of its state. A stored value and the type it is shown as go in; the JSON of an answer comes out.
//!
//! Values are stored as requests give them. Shown are the fields that the type has, and no others: ids become
//! references where the type says so, secrets stay hidden, and what was never set is left out, null or empty.

use ngrok_codegen::model::{Field, Record, Scalar, Type, TypeRef, Union, Wrapper};
use serde_json::{Map, Value, json};

use crate::body::named_kind;
use crate::json::is_empty;
use crate::plan::{Plan, Selector, leads_to};
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

/// Where a value is in the API.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    /// Its path with `{}` for each parameter.
    pub(crate) pattern: String,
    /// Its path, escaped.
    pub(crate) path: String,
}

impl Spot {
    /// The element of a list that has this key.
    pub(crate) fn element(&self, key: &str) -> Self {
        const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
            .remove(b'-')
            .remove(b'.')
            .remove(b'_')
            .remove(b'~');
        let key = percent_encoding::utf8_percent_encode(key, KEPT);
        Self {
            pattern: format!("{}/{{}}", self.pattern),
            path: format!("{}/{key}", self.path),
        }
    }

    fn member(&self, name: &str) -> Self {
        Self {
            pattern: format!("{}/{name}", self.pattern),
            path: format!("{}/{name}", self.path),
        }
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

    /// A value as a type, by the type's name.
    pub(crate) fn named(self, name: &str, stored: &Value, spot: &Spot) -> Value {
        match (self.plan.model.types.get(name), stored) {
            (Some(Type::Record(record)), Value::Object(stored)) => {
                Value::Object(self.record(record, stored, spot))
            }
            (Some(Type::Union(union)), Value::Object(stored)) => {
                Value::Object(self.union(union, stored, spot))
            }
            _ => stored.clone(),
        }
    }

    fn record(
        self,
        record: &Record,
        stored: &Map<String, Value>,
        spot: &Spot,
    ) -> Map<String, Value> {
        let mut shown = Map::new();
        for field in record.fields.iter().filter(|field| self.is_for(field)) {
            let value = match self.source(record, field, stored, spot) {
                Some(value) => self.value(&field.ty, &value, &spot.member(&field.wire)),
                None if field.presence.nullable => Value::Null,
                None => self.empty(field, &spot.member(&field.wire)),
            };
            if !(field.presence.optional && is_unset(&value)) {
                shown.insert(field.wire.clone(), value);
            }
        }
        shown
    }

    /// Whether a field may be in this answer at all.
    fn is_for(self, field: &Field) -> bool {
        field.only_on.as_ref().is_none_or(|only| only == self.operation)
            && (field.presence.nullable || !is_kept_secret(field))
    }

    /// The value of a field, as it is stored.
    fn source(
        self,
        record: &Record,
        field: &Field,
        stored: &Map<String, Value>,
        spot: &Spot,
    ) -> Option<Value> {
        if is_kept_secret(field) {
            return None;
        }
        let written = field.written_as.as_ref().and_then(|name| stored.get(name));
        if let Some(value) = written.or_else(|| stored.get(&field.wire)) {
            return Some(value.clone());
        }
        if field.wire == names::URI
            && self.plan.type_at(&spot.pattern) == Some(&record.name)
        {
            return Some(json!(format!("{}{}", self.url, spot.path)));
        }
        self.name_of(record, field, stored)
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

    fn value(self, ty: &TypeRef, stored: &Value, spot: &Spot) -> Value {
        match (ty, stored) {
            (TypeRef::Ref { kinds, .. }, Value::String(id)) => self.reference(kinds, id),
            (TypeRef::Record(name), stored) => self.named(name, stored, spot),
            (TypeRef::List(element), Value::Array(values)) => {
                let values = values.iter().map(|value| {
                    let key =
                        self.plan.key(&spot.pattern).and_then(|key| value.get(key));
                    let key = key.and_then(Value::as_str).unwrap_or_default();
                    self.value(element, value, &spot.element(key))
                });
                Value::Array(values.collect())
            }
            (TypeRef::Map(element), Value::Object(entries)) => {
                let entries = entries.iter().map(|(key, value)| {
                    (key.clone(), self.value(element, value, &spot.member(key)))
                });
                Value::Object(entries.collect())
            }
            _ => stored.clone(),
        }
    }

    fn union(
        self,
        union: &Union,
        stored: &Map<String, Value>,
        spot: &Spot,
    ) -> Map<String, Value> {
        let mut shown = Map::new();
        for choice in &union.choices {
            if let Some(value) = stored.get(&choice.wire) {
                let value = self.named(&choice.ty, value, &spot.member(&choice.wire));
                shown.insert(choice.wire.clone(), value);
            }
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
        let home = kind.and_then(|kind| self.plan.home(kind));
        let uri = home.filter(|home| !home.contains("{}"));
        let uri = uri.map(|home| format!("{}{home}/{id}", self.url)).unwrap_or_default();
        json!({ "id": id, "uri": uri })
    }

    /// What a field without a value shows.
    fn empty(self, field: &Field, spot: &Spot) -> Value {
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
    let echoed = field.limits.rules.get("echoed") == Some(&Value::Bool(true));
    field.secret && field.only_on.is_none() && !echoed
}

/// Whether a value is the one of a field that nobody set.
fn is_unset(value: &Value) -> bool {
    is_empty(value) || value == clock::ZERO
}
