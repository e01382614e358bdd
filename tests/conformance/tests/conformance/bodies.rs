//! Generated bodies: valid ones, and all their single mutations.

use std::collections::BTreeSet;

use ngrok_codegen::model::{
    Constraint, ConstraintKind, Field, Record, Rules, Scalar, Type, TypeRef, pointer,
};
use ngrok_conformance::model;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

use super::support::records;

/// Generates bodies with the given alternatives.
#[derive(Clone, Copy, Default)]
pub(crate) struct Maker {
    /// Index of the alternative of a union, field of a rule, or value of an enum.
    pub(crate) pick: usize,
    /// Uses all alternatives of unions and fields of rules at once, which is invalid.
    pub(crate) all: bool,
}

/// Returns a body with all compatible fields, each with a valid value.
pub(crate) fn good(record: &Record) -> Value {
    Maker::default().record(record)
}

/// Returns a valid value for a field of this type.
pub(crate) fn value(ty: &TypeRef, field: &Field) -> Value {
    Maker::default().value(ty, field)
}

impl Maker {
    /// Returns a body with all fields, each with a valid value.
    pub(crate) fn record(self, record: &Record) -> Value {
        let fields = record.fields.iter();
        let entries =
            fields.map(|field| (field.wire.clone(), self.value(&field.ty, field)));
        let mut body: Map<_, _> = entries.collect();
        for rule in record.constraints.iter().filter(|_| !self.all) {
            self.keep(rule, &mut body);
        }
        for field in &record.fields {
            for (rule, wanted) in
                [(field.rules.only_if(), true), (field.rules.null_if(), false)]
            {
                let holds =
                    |(name, value): (&String, &Value)| body.get(name) == Some(value);
                if rule.is_some_and(|rule| rule.iter().all(holds) != wanted) {
                    body.remove(&field.wire);
                }
            }
        }
        Value::Object(body)
    }

    fn keep(self, rule: &Constraint, body: &mut Map<String, Value>) {
        if matches!(rule.kind, ConstraintKind::OneOf | ConstraintKind::AtMostOneOf) {
            let kept = self.pick % rule.fields.len();
            for (_, extra) in
                rule.fields.iter().enumerate().filter(|(at, _)| *at != kept)
            {
                body.remove(extra);
            }
        }
    }

    fn value(self, ty: &TypeRef, field: &Field) -> Value {
        let rules = &field.rules;
        match ty {
            TypeRef::List(element) => json!([self.value(element, field)]),
            TypeRef::Map(element) => json!({ key(rules): self.value(element, field) }),
            TypeRef::Id { kinds, .. } => json!(id(kinds)),
            TypeRef::Ref { kinds, .. } => json!({ "id": id(kinds), "uri": "any" }),
            TypeRef::Enum(name) | TypeRef::Record(name) => self.named(name),
            TypeRef::Scalar(Scalar::String) => json!(text(field)),
            TypeRef::Scalar(Scalar::Bool) => json!(self.pick.is_multiple_of(2)),
            TypeRef::Scalar(Scalar::Timestamp) => json!("2025-01-01T00:00:00Z"),
            TypeRef::Scalar(Scalar::Float64) => json!(rules.min().unwrap_or(0.5)),
            TypeRef::Scalar(_) => match (rules.one_of().first(), rules.format()) {
                (Some(known), _) => json!(known),
                (None, Some("http_status")) => json!(200),
                (None, _) => json!(1),
            },
        }
    }

    fn named(self, name: &str) -> Value {
        match model().types.get(name) {
            Some(Type::Record(record)) => self.record(record),
            Some(Type::Union(union)) => {
                let picked = self.pick % union.choices.len();
                let choices = union.choices.iter().enumerate();
                let choices = choices.filter(|(at, _)| self.all || *at == picked);
                let entries =
                    choices.map(|(_, it)| (it.wire.clone(), self.named(&it.ty)));
                Value::Object(entries.collect())
            }
            Some(Type::Enum(known)) => {
                json!(known.variants[self.pick % known.variants.len()].wire)
            }
            None => panic!("there is no {name}"),
        }
    }
}

/// Returns the ID of a resource of one of these types.
fn id(kinds: &[String]) -> String {
    let prefix = kinds.iter().find_map(|kind| match model().types.get(kind) {
        Some(Type::Record(record)) => record.prefix.as_deref(),
        _ => None,
    });
    format!("{}_2vTXvEhOJJUePQlT3yqHZB2DG3X", prefix.unwrap_or("usr"))
}

fn key(rules: &Rules) -> &str {
    let known = rules.known_keys().first();
    known.map_or(
        if rules.key_format().is_some() { "x-key" } else { "key" },
        String::as_str,
    )
}

/// Returns a string in the format of a field.
pub(crate) fn text(field: &Field) -> &'static str {
    if field.rules.item_prefix().is_some() {
        return "bind:example.com";
    }
    match field.rules.format() {
        Some("arn") => "arn:aws:iam::1:role/x",
        Some("cidr") => "10.0.0.0/8",
        Some("csr" | "pem") => "-----BEGIN CERTIFICATE-----",
        Some("email") => "a@example.com",
        Some("hex") => "0f",
        Some("hostport") => "example.com:443",
        Some("ip") => "192.0.2.1",
        Some("iso_country_code") => "US",
        Some("openssh_authorized_key") => "ssh-ed25519 AAAAC3 me",
        Some("url" | "uri") => "https://example.com",
        Some("urn") => "urn:x:y",
        Some("xml") => "<x/>",
        Some("tls_version") => "1.3",
        Some("hostname" | "hostname_or_ip") => "example.com",
        _ => "any",
    }
}

/// A mutation of one value in a body: its JSON pointer, and its replacement; `None` removes it. Its type does not change.
type Mutation = (String, Option<Value>);

/// Returns all mutations of a body, applied.
pub(crate) fn changed(body: &Value) -> impl Iterator<Item = Value> {
    mutations(body).into_iter().map(|mutation| applied(body, mutation))
}

/// Returns a body with one of its mutations.
pub(crate) fn changed_at(body: &Value, index: Index) -> Value {
    let mut mutations = mutations(body);
    if mutations.is_empty() {
        return body.clone();
    }
    applied(body, mutations.swap_remove(index.index(mutations.len())))
}

fn mutations(body: &Value) -> Vec<Mutation> {
    let mut all = Vec::new();
    collect(body, "", &mut all);
    all
}

fn collect(value: &Value, place: &str, all: &mut Vec<Mutation>) {
    all.extend(replaced(value).into_iter().map(|value| (place.to_owned(), Some(value))));
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let place = pointer::join(place, key);
                collect(value, &place, all);
                all.push((place, None));
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                collect(value, &format!("{place}/{index}"), all);
            }
        }
        _ => {}
    }
}

fn applied(body: &Value, (place, value): Mutation) -> Value {
    let mut body = body.clone();
    if let Some(value) = value {
        *body.pointer_mut(&place).expect("it is there") = value;
        return body;
    }
    let (parent, key) = place.rsplit_once('/').expect("a key");
    let parent = body.pointer_mut(parent).and_then(Value::as_object_mut);
    parent.expect("an object").remove(&pointer::unescape(key));
    body
}

/// Strings at the limits of some constraint, or of one format and no other.
const TEXTS: [&str; 27] = [
    "",
    " ",
    "=",
    "any",
    "a b",
    "é",
    "x_y.z",
    "a.com.",
    "*.example.com",
    "*.*.com",
    "-a.com",
    "a..b",
    "example.com:443",
    "example.com:80",
    ":443",
    "[::1]:443",
    "10.0.0.1/8",
    "10.0.0.0/33",
    "::/0",
    "::1",
    "https://example.com",
    "https://",
    "/path",
    "a@b.com",
    "a@b@c d",
    "arn:x",
    "us",
];

const NUMBERS: [i64; 9] = [0, 1, 2, 99, 129, 404, 600, 2048, 100_000];

fn replaced(value: &Value) -> Vec<Value> {
    match value {
        Value::String(_) => {
            let long = lengths().into_iter().flat_map(|length| {
                [json!("x".repeat(length)), json!("é".repeat(length / 2 + 1))]
            });
            TEXTS.iter().map(|text| json!(text)).chain(long).collect()
        }
        Value::Number(number) if number.is_f64() => {
            [-0.5, 0.0, 0.5, 1.0, 1.5].map(Value::from).into()
        }
        Value::Number(_) => NUMBERS.map(Value::from).into(),
        Value::Array(elements) => {
            let twice = elements.iter().chain(elements).cloned().collect();
            vec![json!([]), Value::Array(twice)]
        }
        Value::Object(entries) => {
            let other = entries.values().next().cloned();
            let with = |key: &str| {
                let mut entries = entries.clone();
                entries.insert(key.to_owned(), other.clone().unwrap_or_default());
                Value::Object(entries)
            };
            vec![json!({}), with("other"), with("other key"), with("ä=")]
        }
        Value::Bool(_) | Value::Null => Vec::new(),
    }
}

/// Returns the maximum lengths of strings, and one more.
fn lengths() -> BTreeSet<usize> {
    let records = records().filter(|record| record.in_requests);
    let limits = records.flat_map(|record| &record.fields).map(|field| &field.rules);
    let most = limits.flat_map(|rules| [rules.max_bytes(), rules.max_len()]).flatten();
    let most = most.filter_map(|most| usize::try_from(most).ok());
    most.flat_map(|most| [most, most + 1]).collect()
}
