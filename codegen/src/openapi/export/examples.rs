//! Examples, generated deterministically from the model.
//!
//! A value is that of the prose (`such as` ...), the default, or a sample of the format.

mod values;

use crate::model::{
    ConstraintKind, Enum, Field, Model, Record, Scalar, Type, TypeRef, Union,
};

use super::super::{Map, Tree};
use super::fields::is_single;

/// Returns an example of a named type.
pub(super) fn of(name: &str, model: &Model) -> Tree {
    Maker { model, open: Vec::new() }.named(name).unwrap_or_default()
}

/// Returns an example of an ID: its prefix, and characters derived from the name of its type.
fn id(kind: &str, model: &Model) -> String {
    let external = model.api.externals.get(kind).map(|external| &external.prefix);
    let prefix = match model.types.get(kind) {
        Some(Type::Record(record)) => record.prefix.as_ref().or(external),
        _ => external,
    };
    let characters = values::characters(kind, model.api.id_length);
    match prefix {
        Some(prefix) if !prefix.is_empty() => format!("{prefix}_{characters}"),
        _ => characters,
    }
}

/// Returns the address of a resource, if its operations determine it.
fn address(kind: &str, model: &Model) -> Option<String> {
    let service = model.home_of(kind)?;
    let get = service.operations.iter().find(|operation| operation.name == "get")?;
    let mut path = get.path.clone();
    for parameter in &get.parameters {
        let value = Maker { model, open: Vec::new() }.single(&parameter.ty, None)?;
        let Tree::Text(value) = value else { return None };
        path = path.replace(&format!("{{{}}}", parameter.wire), &value);
    }
    Some(format!("{}{path}", model.api.base_url))
}

/// Generates examples, and tracks recursion.
struct Maker<'a> {
    model: &'a Model,
    open: Vec<String>,
}

impl<'a> Maker<'a> {
    /// Returns `None` if a type would contain itself.
    fn named(&mut self, name: &str) -> Option<Tree> {
        if self.open.iter().any(|open| open == name) {
            return None;
        }
        self.open.push(name.to_owned());
        let model: &'a Model = self.model;
        let example = match model.types.get(name)? {
            Type::Record(record) => Some(self.record(record)),
            Type::Union(union) => self.union(union),
            Type::Enum(enumeration) => first(enumeration),
        };
        self.open.pop();
        example
    }

    fn record(&mut self, record: &Record) -> Tree {
        let sent_only = record.in_requests && !record.in_responses;
        let mut map = Map::new();
        for field in &record.fields {
            let passed_over =
                sent_only && field.deprecated.is_some() && !field.presence.required;
            let left_out = passed_over || is_alternative(field, record);
            match self.field(field, record).filter(|_| !left_out) {
                None if sent_only => {}
                Some(value) => map.set(&field.wire, value),
                None if field.presence.nullable => map.set(&field.wire, Tree::Null),
                None => {}
            }
        }
        Tree::Map(map)
    }

    fn union(&mut self, union: &Union) -> Option<Tree> {
        let choice = union.choices.first()?;
        let value = self.named(&choice.ty)?;
        Some(Tree::Map(Map::new().with(&choice.wire, value)))
    }

    fn field(&mut self, field: &Field, record: &Record) -> Option<Tree> {
        let own_address = field.rules.format() == Some("uri") && is_single(field);
        if own_address && let Some(address) = address(&record.name, self.model) {
            return Some(Tree::from(address));
        }
        self.value(&field.ty, field)
    }

    fn value(&mut self, ty: &TypeRef, field: &Field) -> Option<Tree> {
        match ty {
            TypeRef::List(item) => {
                let item = self.value(item, field);
                Some(item.into_iter().collect())
            }
            TypeRef::Map(value) => {
                let key = match field.rules.keys().first() {
                    Some(kind) => id(kind, self.model),
                    None => values::key(field),
                };
                let value = self.value(value, field);
                Some(Tree::Map(value.map(|value| (key, value)).into_iter().collect()))
            }
            other => self.single(other, Some(field)),
        }
    }

    fn single(&mut self, ty: &TypeRef, field: Option<&Field>) -> Option<Tree> {
        match ty {
            TypeRef::Scalar(Scalar::String) => {
                Some(Tree::from(field.map_or_else(|| "name".to_owned(), values::text)))
            }
            TypeRef::Scalar(Scalar::Bool) => {
                Some(field.map_or(Tree::from(true), values::flag))
            }
            TypeRef::Scalar(Scalar::Timestamp) => Some(Tree::from(values::TIME)),
            TypeRef::Scalar(Scalar::Float64) => {
                Some(field.map_or(Tree::from(0.5), values::fraction))
            }
            TypeRef::Scalar(_) => Some(field.map_or(Tree::from(1_i64), values::number)),
            TypeRef::Id { kinds, .. } => {
                Some(Tree::from(id(kinds.first()?, self.model)))
            }
            TypeRef::Ref { kinds, .. } => {
                let kind = kinds.first()?;
                let reference = Map::new()
                    .with("id", id(kind, self.model))
                    .with_some("uri", address(kind, self.model));
                Some(Tree::Map(reference))
            }
            TypeRef::Record(name) | TypeRef::Enum(name) => self.named(name),
            TypeRef::List(_) | TypeRef::Map(_) => None,
        }
    }
}

/// Returns the first known value.
fn first(enumeration: &Enum) -> Option<Tree> {
    enumeration.variants.first().map(|variant| Tree::from(&variant.wire))
}

/// Returns true if another field is set instead of this one.
fn is_alternative(field: &Field, record: &Record) -> bool {
    record.constraints.iter().any(|constraint| {
        let exclusive = matches!(
            constraint.kind,
            ConstraintKind::OneOf | ConstraintKind::AtMostOneOf
        );
        exclusive && constraint.fields.iter().skip(1).any(|other| *other == field.wire)
    })
}
