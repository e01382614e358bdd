//! The view that a filter has of an item. Takes the item as it is returned; returns the filterable fields, each with a value, so that
//! fields absent from a response can be compared.

use std::collections::BTreeMap;

use ngrok_api_model::{Record, Scalar, TypeRef};
use ngrok_client_core::Timestamp;
use serde_json::Value;

use super::value::Value as Node;
use crate::plan::Plan;

/// Returns the part of an item at these names.
pub(super) fn of(plan: &Plan, record: &Record, names: &[String], item: &Value) -> Node {
    let mut root = BTreeMap::new();
    for name in names {
        let mut parts = name.split('.');
        let first = parts.next().unwrap_or_default();
        let Some(field) = record.filtered(first) else { continue };
        let renamed = field.wire != first;
        let shown = item.get(&field.wire).unwrap_or(&Value::Null);
        let node = match (&field.ty, shown) {
            (TypeRef::List(element), Value::Array(values)) if renamed => {
                of_type(plan, element, values.first().unwrap_or(&Value::Null))
            }
            (TypeRef::List(element), _) if renamed => {
                of_type(plan, element, &Value::Null)
            }
            (ty, shown) => of_type(plan, ty, shown),
        };
        root.insert(first.to_owned(), node);
    }
    Node::Map(root)
}

fn of_type(plan: &Plan, ty: &TypeRef, shown: &Value) -> Node {
    match ty {
        TypeRef::Scalar(Scalar::Bool) => Node::Bool(shown.as_bool().unwrap_or_default()),
        TypeRef::Scalar(Scalar::Float64) => {
            Node::Real(shown.as_f64().unwrap_or_default())
        }
        TypeRef::Scalar(Scalar::Timestamp) => timestamp(shown),
        TypeRef::Scalar(Scalar::String) | TypeRef::Id { .. } | TypeRef::Enum(_) => {
            Node::Text(shown.as_str().unwrap_or_default().to_owned())
        }
        TypeRef::Scalar(_) => Node::Whole(shown.as_i64().unwrap_or_default()),
        TypeRef::Ref { .. } => {
            let part = |key: &str| {
                let text = shown.get(key).and_then(Value::as_str).unwrap_or_default();
                (key.to_owned(), Node::Text(text.to_owned()))
            };
            Node::Map([part("id"), part("uri")].into())
        }
        TypeRef::List(element) => {
            let values = shown.as_array().into_iter().flatten();
            Node::List(values.map(|value| of_type(plan, element, value)).collect())
        }
        TypeRef::Map(element) => {
            let entries = shown.as_object().into_iter().flatten();
            let entry = |(key, value): (&String, &Value)| {
                (key.clone(), of_type(plan, element, value))
            };
            Node::Map(entries.map(entry).collect())
        }
        TypeRef::Record(name) => record(plan, name, shown),
    }
}

fn record(plan: &Plan, name: &str, shown: &Value) -> Node {
    let Some(record) = plan.record(name).filter(|_| shown.is_object()) else {
        return Node::Null;
    };
    let entries = record.fields.iter().map(|field| {
        let value = shown.get(&field.wire).unwrap_or(&Value::Null);
        (field.wire.clone(), of_type(plan, &field.ty, value))
    });
    Node::Map(entries.collect())
}

fn timestamp(shown: &Value) -> Node {
    let time = shown.as_str().map_or(Ok(Timestamp::ZERO), Timestamp::parse);
    time.map_or(Node::Null, Node::Time)
}
