//! Examples: samples with all fields.

use serde_json::Value;

use super::Context;
use crate::example::{Sample, Wanted, address, named};
use crate::model::{ConstraintKind, Field, Model, Record, TypeRef};
use crate::openapi::{Map, Tree};

/// Returns the fields of all examples. Recursive fields and those that exclude each other are omitted, and obsolete
/// ones of requests.
pub(super) fn fields(model: &Model) -> Vec<Wanted> {
    let records = model.types.keys().filter_map(|name| model.record(name));
    let fields = records.flat_map(|record| {
        let shown = record.fields.iter().filter(|field| {
            let sent_only = record.in_requests && !record.in_responses;
            let obsolete = sent_only && field.deprecated.is_some();
            !field.recursive && !obsolete && !is_alternative(field, record)
        });
        shown.map(|field| (record.name.clone(), field.wire.clone()))
    });
    fields.collect()
}

/// Returns an example of a named type.
pub(super) fn of(name: &str, context: &Context) -> Tree {
    let sample = named(name, &context.shown, context.model);
    sample.map(|sample| tree(&sample, context.model)).unwrap_or_default()
}

/// Returns true if a rule of the record allows the field only without one before it.
fn is_alternative(field: &Field, record: &Record) -> bool {
    record.constraints.iter().any(|constraint| {
        let exclusive = matches!(
            constraint.kind,
            ConstraintKind::OneOf | ConstraintKind::AtMostOneOf
        );
        exclusive && constraint.fields.iter().skip(1).any(|other| *other == field.wire)
    })
}

fn tree(sample: &Sample, model: &Model) -> Tree {
    match sample {
        Sample::Text(text) | Sample::Time(text) | Sample::Id { id: text, .. } => {
            Tree::from(text)
        }
        Sample::Plain(text) => serde_json::from_str(text).map_or(Tree::Null, number),
        Sample::Value { wire, .. } => Tree::from(*wire),
        Sample::Reference { id, uri } => {
            Map::new().with("id", id).with("uri", uri).into()
        }
        Sample::List(items) => items.iter().map(|item| tree(item, model)).collect(),
        Sample::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| (key, tree(value, model)));
            Tree::Map(entries.collect())
        }
        Sample::Record { record, fields } => object(record, fields, model),
        Sample::Choice { choice, value, .. } => {
            Map::new().with(&choice.wire, tree(value, model)).into()
        }
    }
}

/// Returns an object, in which the address of a resource is its own, and omitted fields of responses are null.
fn object(record: &Record, fields: &[(&Field, Sample)], model: &Model) -> Tree {
    let is_resource = model.home_of(&record.name).is_some();
    let fields = record.fields.iter().filter_map(|field| {
        let null = field.presence.nullable && record.in_responses;
        let single = matches!(field.ty, TypeRef::Scalar(_));
        let value = match fields.iter().find(|(known, _)| known.wire == field.wire) {
            Some(_) if is_resource && single && field.rules.format() == Some("uri") => {
                Tree::from(address(&record.name, model))
            }
            Some((_, value)) => tree(value, model),
            None => Some(Tree::Null).filter(|_| null)?,
        };
        Some((&field.wire, value))
    });
    Tree::Map(fields.collect())
}

/// Prints a number without a fraction where it has none.
fn number(value: Value) -> Tree {
    value.as_f64().map_or_else(|| Tree::from(value), Tree::from)
}
