//! Made-up values of types, as JSON and as Rust.

mod write;

use crate::model::{
    Choice, ConstraintKind, Enum, Field, Model, Record, Role, Scalar, Type, TypeRef,
};

use super::{Wanted, formats};

/// How deep a value goes before only what must be given is.
const DEPTH: usize = 4;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Sample<'m> {
    Text(String),
    /// A number, or true or false, as both JSON and Rust write it.
    Plain(String),
    Time(String),
    Value {
        ty: &'m str,
        variant: &'m str,
        wire: &'m str,
    },
    Reference {
        id: String,
        uri: String,
    },
    List(Vec<Sample<'m>>),
    Map(Vec<(String, Sample<'m>)>),
    Record {
        record: &'m Record,
        fields: Vec<(&'m Field, Sample<'m>)>,
    },
    Choice {
        union: &'m str,
        choice: &'m Choice,
        value: Box<Sample<'m>>,
    },
}

/// Which fields of a record a value has.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fields<'a> {
    /// All of them.
    All,
    /// What must be given, these parts, and at least one.
    Needed(&'a [Wanted]),
}

/// A value of a named type.
pub(crate) fn named<'m>(
    name: &str,
    fields: Fields,
    model: &'m Model,
) -> Option<Sample<'m>> {
    Maker { model, fields }.named(name, DEPTH)
}

/// A value for a path or query parameter.
pub(crate) fn parameter<'m>(
    ty: &TypeRef,
    docs: &[String],
    model: &'m Model,
) -> Sample<'m> {
    let maker = Maker { model, fields: Fields::Needed(&[]) };
    match ty {
        TypeRef::Scalar(Scalar::String) => {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
            let example = formats::such_as(docs).filter(|text| text.chars().all(plain));
            Sample::Text(example.unwrap_or_else(|| "example".to_owned()))
        }
        other => maker.value(other, None, DEPTH),
    }
}

#[derive(Clone, Copy)]
struct Maker<'m, 'a> {
    model: &'m Model,
    fields: Fields<'a>,
}

impl<'m> Maker<'m, '_> {
    fn named(self, name: &str, depth: usize) -> Option<Sample<'m>> {
        match self.model.types.get(name)? {
            Type::Record(record) => Some(self.record(record, depth)),
            Type::Enum(enumeration) => {
                Some(value_of(enumeration, self.wanted(name).next()))
            }
            Type::Union(union) => {
                let is =
                    |choice: &&Choice| self.wanted(name).any(|wire| wire == choice.wire);
                let choice =
                    union.choices.iter().find(is).or_else(|| union.choices.first())?;
                let value = Box::new(self.named(&choice.ty, depth.saturating_sub(1))?);
                Some(Sample::Choice { union: &union.name, choice, value })
            }
        }
    }

    fn record(self, record: &'m Record, depth: usize) -> Sample<'m> {
        let wanted: Vec<_> = self.wanted(&record.name).collect();
        let needed = needed(record, &wanted, depth);
        let chosen = |field: &&Field| match self.fields {
            Fields::All => depth > 0 || field.presence.required,
            Fields::Needed(_) => needed.contains(&field.wire.as_str()),
        };
        let fields = record.fields.iter().filter(chosen);
        let fields = fields.map(|field| {
            (field, self.value(&field.ty, Some(field), depth.saturating_sub(1)))
        });
        Sample::Record { record, fields: fields.collect() }
    }

    /// The keys that are wanted of a type.
    fn wanted<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        let wanted = match self.fields {
            Fields::All => &[],
            Fields::Needed(wanted) => wanted,
        };
        wanted
            .iter()
            .filter(move |(home, _)| home == name)
            .map(|(_, part)| part.as_str())
    }

    fn value(self, ty: &TypeRef, field: Option<&Field>, depth: usize) -> Sample<'m> {
        match ty {
            TypeRef::Scalar(scalar) => Self::scalar(*scalar, field),
            TypeRef::Id { kinds, .. } => Sample::Text(
                kinds
                    .first()
                    .map_or_else(String::new, |kind| formats::id(kind, self.model)),
            ),
            TypeRef::Ref { kinds, .. } => {
                let kind = kinds.first().map_or("", String::as_str);
                let (id, uri) =
                    (formats::id(kind, self.model), formats::address(kind, self.model));
                Sample::Reference { id, uri }
            }
            TypeRef::List(item) => Sample::List(vec![self.value(item, field, depth)]),
            TypeRef::Map(value) => {
                let key = field.and_then(|field| field.limits.keys.first());
                let key = key.map_or_else(
                    || "example".to_owned(),
                    |kind| formats::id(kind, self.model),
                );
                Sample::Map(vec![(key, self.value(value, field, depth))])
            }
            TypeRef::Enum(name) => self.enumerated(name, field),
            TypeRef::Record(name) => {
                self.named(name, depth).unwrap_or_else(|| Sample::Map(Vec::new()))
            }
        }
    }

    fn enumerated(self, name: &str, field: Option<&Field>) -> Sample<'m> {
        let accepted = field.map(formats::text);
        match self.model.types.get(name) {
            Some(Type::Enum(enumeration)) => {
                value_of(enumeration, self.wanted(name).next().or(accepted.as_deref()))
            }
            _ => Sample::Text(String::new()),
        }
    }

    fn scalar(scalar: Scalar, field: Option<&Field>) -> Sample<'m> {
        match scalar {
            Scalar::String => {
                Sample::Text(field.map_or_else(|| "example".to_owned(), formats::text))
            }
            Scalar::Timestamp => Sample::Time("2026-01-31T12:00:00Z".to_owned()),
            Scalar::Bool => Sample::Plain(bool_of(field)),
            Scalar::Float64 => {
                let number = number_of(field);
                let whole = number.bytes().all(|byte| byte.is_ascii_digit());
                Sample::Plain(if whole { number + ".0" } else { number })
            }
            Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => {
                Sample::Plain(number_of(field))
            }
        }
    }
}

/// A value of an enum: this one if there is such a one, otherwise the first.
fn value_of<'m>(enumeration: &'m Enum, wanted: Option<&str>) -> Sample<'m> {
    let mut variants = enumeration.variants.iter();
    let wanted = variants.clone().find(|variant| Some(variant.wire.as_str()) == wanted);
    match wanted.or_else(|| variants.next()) {
        Some(variant) => Sample::Value {
            ty: &enumeration.name,
            variant: &variant.name,
            wire: &variant.wire,
        },
        None => Sample::Text(String::new()),
    }
}

/// Not what would be without it.
fn bool_of(field: Option<&Field>) -> String {
    let default = field.and_then(|field| field.default.as_ref()?.as_bool());
    (!default.unwrap_or(false)).to_string()
}

fn number_of(field: Option<&Field>) -> String {
    let limits = field.map(|field| &field.limits);
    let one_of =
        limits.and_then(|limits| limits.one_of.first()).map(ToString::to_string);
    let default =
        field.and_then(|field| field.default.as_ref()).filter(|value| value.is_number());
    let default = default.map(ToString::to_string);
    let said = field.and_then(|field| formats::such_as(&field.docs));
    let said = said.filter(|text| text.parse::<u16>().is_ok());
    let least = limits.and_then(|limits| limits.min).filter(|least| *least > 0.0);
    let found =
        one_of.or(default).or(said).or_else(|| least.map(|least| least.to_string()));
    found.unwrap_or_else(|| "1".to_owned())
}

/// The keys of the fields that a small but complete value has.
fn needed<'r>(record: &'r Record, wanted: &[&str], depth: usize) -> Vec<&'r str> {
    let is = |field: &&Field| {
        field.presence.required
            || wanted.contains(&field.wire.as_str())
            || cannot_be_empty(field, record.role)
    };
    let mut keys: Vec<_> =
        record.fields.iter().filter(is).map(|field| field.wire.as_str()).collect();
    for rule in &record.constraints {
        let given = |key: &String| keys.contains(&key.as_str());
        let more: &[String] = match rule.kind {
            ConstraintKind::OneOf if !rule.fields.iter().any(given) => {
                rule.fields.get(..1).unwrap_or_default()
            }
            ConstraintKind::Together if rule.fields.iter().any(given) => &rule.fields,
            ConstraintKind::Requires if rule.condition.iter().any(given) => &rule.fields,
            _ => &[],
        };
        keys.extend(more.iter().map(String::as_str));
    }
    if keys.is_empty() && depth > 0 {
        let plain = |field: &&Field| {
            field.deprecated.is_none() && !matches!(field.ty, TypeRef::Ref { .. })
        };
        keys.extend(record.fields.iter().find(plain).map(|field| field.wire.as_str()));
    }
    keys
}

/// Whether the server refuses a creation without it, although it does not say that it must be given.
fn cannot_be_empty(field: &Field, role: Role) -> bool {
    let places =
        field.limits.rules.get("non_empty").and_then(|places| places.as_array());
    let is =
        |place: &serde_json::Value| matches!(place.as_str(), Some("create" | "all"));
    role == Role::Create && places.is_some_and(|places| places.iter().any(is))
}
