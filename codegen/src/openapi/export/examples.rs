//! Examples, generated deterministically from the model.
//!
//! A value is that of the prose (`such as` ...), the default, or a sample of the format. IDs and addresses are those of
//! other examples.

use serde_json::Value;

use crate::example::{address, by_format, id, such_as};
use crate::model::{
    ConstraintKind, Field, Model, Record, Scalar, ScalarKind, Type, TypeRef,
};
use crate::openapi::{Map, Tree};

/// A timestamp.
const TIME: &str = "2026-01-02T15:04:05Z";

/// Returns an example of a named type.
pub(super) fn of(name: &str, model: &Model) -> Tree {
    Maker { model, open: Vec::new() }.named(name).unwrap_or_default()
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
            Type::Union(union) => union.choices.first().and_then(|choice| {
                let value = self.named(&choice.ty)?;
                Some(Tree::Map(Map::new().with(&choice.wire, value)))
            }),
            Type::Enum(values) => values.variants.first().map(|it| Tree::from(&it.wire)),
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
            let value = self.field(field, record).filter(|_| !left_out);
            let null = field.presence.nullable && !sent_only;
            if let Some(value) = value.or(null.then_some(Tree::Null)) {
                map.set(&field.wire, value);
            }
        }
        Tree::Map(map)
    }

    fn field(&mut self, field: &Field, record: &Record) -> Option<Tree> {
        let single = !matches!(field.ty, TypeRef::List(_) | TypeRef::Map(_));
        let is_address = field.rules.format() == Some("uri") && single;
        if is_address && self.model.home_of(&record.name).is_some() {
            return Some(Tree::from(address(&record.name, self.model)));
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
                let known = || field.rules.known_keys().first().cloned();
                let key = field.rules.keys().first().map(|kind| id(kind, self.model));
                let key = key.or_else(known);
                let key =
                    key.unwrap_or_else(|| of_format(field.rules.key_format(), field));
                let value = self.value(value, field);
                Some(Tree::Map(value.map(|value| (key, value)).into_iter().collect()))
            }
            TypeRef::Scalar(scalar) => Some(self::scalar(*scalar, field)),
            TypeRef::Id { kinds, .. } => {
                Some(Tree::from(id(kinds.first()?, self.model)))
            }
            TypeRef::Ref { kinds, .. } => {
                let kind = kinds.first()?;
                let uri = address(kind, self.model);
                let reference = Map::new().with("id", id(kind, self.model));
                Some(Tree::Map(reference.with("uri", uri)))
            }
            TypeRef::Record(name) | TypeRef::Enum(name) => self.named(name),
        }
    }
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

fn scalar(scalar: Scalar, field: &Field) -> Tree {
    let usual = field.default.as_ref();
    let said = || such_as(&field.docs).and_then(|text| text.parse::<f64>().ok());
    let number = usual.and_then(Value::as_f64).or_else(said);
    match scalar.kind() {
        ScalarKind::Text => Tree::from(text(field)),
        ScalarKind::Time => Tree::from(TIME),
        ScalarKind::Flag => Tree::Bool(usual.and_then(Value::as_bool).unwrap_or(true)),
        ScalarKind::Number => Tree::from(number.unwrap_or_else(|| within(0.5, field))),
        ScalarKind::Integer => {
            let whole = number.unwrap_or_else(|| within(30.0, field)).round();
            let known = field.rules.one_of().first().copied().map(Tree::from);
            known.unwrap_or_else(|| Tree::from(whole))
        }
    }
}

fn text(field: &Field) -> String {
    if field.secret {
        return "********".to_owned();
    }
    let usual = field.default.as_ref().and_then(Value::as_str).map(str::to_owned);
    let text = such_as(&field.docs).or(usual);
    let text = text.unwrap_or_else(|| of_format(field.rules.format(), field));
    let length = field.rules.longest().and_then(|length| usize::try_from(length).ok());
    text.chars().take(length.unwrap_or(usize::MAX)).collect()
}

fn within(value: f64, field: &Field) -> f64 {
    let least = value.max(field.rules.min().unwrap_or(value));
    least.min(field.rules.max().unwrap_or(f64::MAX))
}

fn of_format(format: Option<&str>, field: &Field) -> String {
    let text = format.and_then(by_format);
    text.map_or_else(|| field.wire.replace('_', " "), str::to_owned)
}
