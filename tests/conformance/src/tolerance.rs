//! JSON after decoding and encoding by the client. Takes a type and JSON; returns JSON.
//!
//! These are the documented rules of the client: an absent or null value becomes the empty value, or stays absent where the field is
//! optional; null stays null where a request can clear a field; unknown keys are dropped, except in unions, which keep unknown
//! alternatives.

use ngrok_codegen::model::{Field, Model, Record, Scalar, Type, TypeRef, Union};
use serde_json::{Map, Value, json};

use crate::shape::Absence;

/// The timestamp for "never".
const NO_TIME: &str = "0001-01-01T00:00:00Z";

/// Computes the decoded form of values of a model.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance<'m> {
    model: &'m Model,
}

impl<'m> Tolerance<'m> {
    /// Uses this model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        Self { model }
    }

    /// Returns the decoded form of a record or union.
    #[must_use]
    pub fn named(self, name: &str, json: &Value) -> Value {
        match self.model.types.get(name) {
            Some(Type::Record(record)) => self.record(record, json),
            Some(Type::Union(union)) => self.union(union, json),
            _ => json.clone(),
        }
    }

    fn record(self, record: &Record, json: &Value) -> Value {
        let fields = record.fields.iter().filter_map(|field| {
            let absence = Absence::of(record, field);
            let left = self.field(field, absence, json.get(&field.wire))?;
            Some((field.wire.clone(), left))
        });
        fields.collect()
    }

    fn field(
        self,
        field: &Field,
        absence: Absence,
        json: Option<&Value>,
    ) -> Option<Value> {
        match (absence, json) {
            (Absence::Null, Some(Value::Null)) => Some(Value::Null),
            (_, Some(value)) if !value.is_null() => Some(self.value(&field.ty, value)),
            (Absence::Empty, _) => Some(self.empty(&field.ty)),
            (Absence::Nothing | Absence::Null, _) => None,
        }
    }

    fn value(self, ty: &TypeRef, json: &Value) -> Value {
        match ty {
            TypeRef::List(item) => {
                let items = json.as_array().into_iter().flatten();
                let items = items.filter(|value| !value.is_null());
                items.map(|value| self.value(item, value)).collect()
            }
            TypeRef::Map(of) => {
                let entries = json.as_object().into_iter().flatten();
                let entries = entries.filter(|(_, value)| !value.is_null());
                entries
                    .map(|(key, value)| (key.clone(), self.value(of, value)))
                    .collect()
            }
            TypeRef::Record(name) => self.named(name, json),
            TypeRef::Ref { .. } => {
                let text = |key| json.get(key).filter(|value| !value.is_null()).cloned();
                let [id, uri] =
                    ["id", "uri"].map(|key| text(key).unwrap_or_else(|| "".into()));
                json!({ "id": id, "uri": uri })
            }
            TypeRef::Scalar(_) | TypeRef::Id { .. } | TypeRef::Enum(_) => json.clone(),
        }
    }

    fn union(self, union: &Union, json: &Value) -> Value {
        let entries = json.as_object().into_iter().flatten();
        let entries: Vec<_> = entries.filter(|(_, value)| !value.is_null()).collect();
        let known = entries.iter().find_map(|(key, value)| {
            let choice = union.choices.iter().find(|choice| choice.wire == **key)?;
            Some(json!({ &choice.wire: self.named(&choice.ty, value) }))
        });
        let all =
            || entries.iter().map(|(key, value)| ((*key).clone(), (*value).clone()));
        known.unwrap_or_else(|| all().collect::<Map<_, _>>().into())
    }

    fn empty(self, ty: &TypeRef) -> Value {
        match ty {
            TypeRef::Scalar(Scalar::String) | TypeRef::Id { .. } | TypeRef::Enum(_) => {
                "".into()
            }
            TypeRef::Scalar(Scalar::Bool) => false.into(),
            TypeRef::Scalar(Scalar::Float64) => 0.0.into(),
            TypeRef::Scalar(Scalar::Timestamp) => NO_TIME.into(),
            TypeRef::Scalar(_) => 0.into(),
            TypeRef::List(_) => json!([]),
            TypeRef::Map(_) => json!({}),
            TypeRef::Ref { .. } | TypeRef::Record(_) => self.value(ty, &json!({})),
        }
    }
}
