//! Sample values of types, as JSON and as Rust.

mod fields;
mod write;

use crate::lower::heights;
use crate::model::{
    Body, Choice, Enum, Field, Model, Operation, Record, Scalar, ScalarKind, Type,
    TypeRef,
};

use super::{Wanted, formats};
pub(crate) use fields::different;
use fields::needed;
pub(crate) use write::{TIME, Variables};

/// Depth from which a value only has required fields, and its lists are empty.
const DEPTH: usize = FLOOR + 4;

/// Additional depth after which it is truncated.
const FLOOR: usize = 32;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Sample<'m> {
    Text(String),
    /// A number or boolean, which JSON and Rust write the same way.
    Plain(String),
    Time(String),
    /// An ID, with its type if there is only one.
    Id {
        id: String,
        target: Option<String>,
    },
    Value {
        ty: &'m str,
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

/// Generates a value of a named type: the required fields, the wanted parts, and at least one field.
pub(crate) fn named<'m>(
    name: &str,
    wanted: &[Wanted],
    model: &'m Model,
) -> Option<Sample<'m>> {
    Maker { model, wanted }.named(name, None, DEPTH)
}

/// Generates the body of a request, if it has fields.
pub(super) fn body<'m>(
    operation: &Operation,
    wanted: &[Wanted],
    model: &'m Model,
) -> Option<Sample<'m>> {
    match &operation.body {
        Body::Type(name) => named(name, wanted, model),
        Body::None | Body::Empty => None,
    }
}

/// Generates a value for a path or query parameter.
pub(crate) fn parameter<'m>(ty: &TypeRef, docs: &str, model: &'m Model) -> Sample<'m> {
    let maker = Maker { model, wanted: &[] };
    match ty {
        TypeRef::Scalar(Scalar::String) => {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
            let example = formats::such_as(docs).filter(|text| text.chars().all(plain));
            Sample::Text(example.unwrap_or_else(|| formats::ANY.to_owned()))
        }
        other => maker.value(other, None, DEPTH),
    }
}

#[derive(Clone, Copy)]
struct Maker<'m, 'a> {
    model: &'m Model,
    wanted: &'a [Wanted],
}

impl<'m> Maker<'m, '_> {
    fn named(
        self,
        name: &str,
        field: Option<&Field>,
        depth: usize,
    ) -> Option<Sample<'m>> {
        match self.model.types.get(name)? {
            Type::Record(record) => Some(self.record(record, depth)),
            Type::Enum(enumeration) => {
                let accepted = field.map(formats::text);
                let wanted = self.wanted(name).next().or(accepted.as_deref());
                Some(value_of(enumeration, wanted))
            }
            Type::Union(union) => {
                let is =
                    |choice: &&Choice| self.wanted(name).any(|wire| wire == choice.wire);
                let usual = || {
                    if depth > FLOOR {
                        union.choices.first()
                    } else {
                        self.shallowest(&union.choices)
                    }
                };
                let choice = union.choices.iter().find(is).or_else(usual)?;
                let value =
                    Box::new(self.named(&choice.ty, None, depth.saturating_sub(1))?);
                Some(Sample::Choice { union: &union.name, choice, value })
            }
        }
    }

    /// Returns the alternative whose smallest value has the least depth.
    fn shallowest(self, choices: &'m [Choice]) -> Option<&'m Choice> {
        let heights = heights(&self.model.types);
        let height = |choice: &&Choice| heights.get(choice.ty.as_str()).copied();
        choices.iter().min_by_key(|choice| height(choice).unwrap_or(usize::MAX))
    }

    fn record(self, record: &'m Record, depth: usize) -> Sample<'m> {
        if depth == 0 {
            return Sample::Record { record, fields: Vec::new() };
        }
        let wanted: Vec<_> = self.wanted(&record.name).collect();
        let needed = needed(record, &wanted, depth.saturating_sub(FLOOR));
        let chosen = |field: &&Field| needed.contains(&field.wire.as_str());
        let fields = record.fields.iter().filter(chosen);
        let fields = fields.map(|field| {
            (field, self.value(&field.ty, Some(field), depth.saturating_sub(1)))
        });
        Sample::Record { record, fields: fields.collect() }
    }

    /// Iterates over the required keys of a type.
    fn wanted<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.wanted
            .iter()
            .filter(move |(home, _)| home == name)
            .map(|(_, part)| part.as_str())
    }

    fn value(self, ty: &TypeRef, field: Option<&Field>, depth: usize) -> Sample<'m> {
        let is_cut = depth <= FLOOR && ty.named().is_some();
        match ty {
            TypeRef::Scalar(scalar) => Self::scalar(*scalar, field),
            TypeRef::Id { kinds, target } => {
                let id = kinds.first().map(|kind| formats::id(kind, self.model));
                Sample::Id { id: id.unwrap_or_default(), target: target.clone() }
            }
            TypeRef::Ref { kinds, .. } => {
                let kind = kinds.first().map_or("", String::as_str);
                let (id, uri) =
                    (formats::id(kind, self.model), formats::address(kind, self.model));
                Sample::Reference { id, uri }
            }
            TypeRef::List(_) if is_cut => Sample::List(Vec::new()),
            TypeRef::Map(_) if is_cut => Sample::Map(Vec::new()),
            TypeRef::List(item) => Sample::List(vec![self.value(item, field, depth)]),
            TypeRef::Map(value) => self.map(value, field, depth),
            TypeRef::Enum(name) | TypeRef::Record(name) => {
                let value = self.named(name, field, depth);
                value.unwrap_or_else(|| Sample::Map(Vec::new()))
            }
        }
    }

    /// Generates one entry. The documentation of a map of strings with arbitrary keys contains examples of keys.
    fn map(self, value: &TypeRef, field: Option<&Field>, depth: usize) -> Sample<'m> {
        let (key, field) = match field.and_then(|field| field.rules.keys().first()) {
            Some(kind) => (formats::id(kind, self.model), field),
            None => (field.map_or_else(|| formats::ANY.to_owned(), formats::text), None),
        };
        Sample::Map(vec![(key, self.value(value, field, depth))])
    }

    fn scalar(scalar: Scalar, field: Option<&Field>) -> Sample<'m> {
        match scalar.kind() {
            ScalarKind::Text => Sample::Text(
                field.map_or_else(|| formats::ANY.to_owned(), formats::text),
            ),
            ScalarKind::Time => Sample::Time("2026-01-31T12:00:00Z".to_owned()),
            ScalarKind::Flag => Sample::Plain("true".to_owned()),
            ScalarKind::Number => {
                let number = number_of(field);
                let whole = number.bytes().all(|byte| byte.is_ascii_digit());
                Sample::Plain(if whole { number + ".0" } else { number })
            }
            ScalarKind::Integer => Sample::Plain(number_of(field)),
        }
    }
}

/// Returns the given value of an enum if it exists, otherwise the first.
fn value_of<'m>(enumeration: &'m Enum, wanted: Option<&str>) -> Sample<'m> {
    let mut variants = enumeration.variants.iter();
    let wanted = variants.clone().find(|variant| Some(variant.wire.as_str()) == wanted);
    match wanted.or_else(|| variants.next()) {
        Some(variant) => Sample::Value { ty: &enumeration.name, wire: &variant.wire },
        None => Sample::Text(String::new()),
    }
}

fn number_of(field: Option<&Field>) -> String {
    let rules = field.map(|field| &field.rules);
    let one_of = rules.and_then(|rules| rules.one_of().first()).map(ToString::to_string);
    let default =
        field.and_then(|field| field.default.as_ref()).filter(|value| value.is_number());
    let default = default.map(ToString::to_string);
    let said = field.and_then(|field| formats::such_as(&field.docs));
    let said = said.filter(|text| text.parse::<u16>().is_ok());
    let least = rules.and_then(crate::model::Rules::min).filter(|least| *least > 0.0);
    let found =
        one_of.or(default).or(said).or_else(|| least.map(|least| least.to_string()));
    found.unwrap_or_else(|| "1".to_owned())
}
