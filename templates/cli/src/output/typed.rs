//! JSON in the order of the description: keys in the order of the type, others after these.

use ngrok_api_model::{Model, Type};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use crate::lookup::Shape;

/// A value and its type.
pub(crate) struct Typed<'a> {
    model: &'a Model,
    shape: Shape<'a>,
    value: &'a Value,
}

impl<'a> Typed<'a> {
    pub(crate) fn new(model: &'a Model, shape: Shape<'a>, value: &'a Value) -> Self {
        Self { model, shape, value }
    }
}

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Array(items) => {
                let mut sequence = to.serialize_seq(Some(items.len()))?;
                for item in items {
                    let shape = self.shape.element();
                    sequence.serialize_element(&Self::new(self.model, shape, item))?;
                }
                sequence.end()
            }
            Value::Object(object) => {
                let known =
                    self.shape.name().and_then(|name| self.model.types.get(name));
                let order: Vec<&str> = match known {
                    Some(Type::Record(record)) => {
                        record.fields.iter().map(|field| &*field.wire).collect()
                    }
                    _ => Vec::new(),
                };
                let others = object.keys().map(String::as_str);
                let others = others.filter(|key| !order.contains(key));
                let mut map = to.serialize_map(Some(object.len()))?;
                for key in order.iter().copied().chain(others) {
                    if let Some(value) = object.get(key) {
                        let shape = self.shape.member(self.model, key).shape;
                        map.serialize_entry(key, &Self::new(self.model, shape, value))?;
                    }
                }
                map.end()
            }
            other => other.serialize(to),
        }
    }
}
