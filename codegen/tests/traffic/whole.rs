//! Complete examples, generated from the model: values with every field, conforming to the description.

use ngrok_codegen::model::{
    Field, Model, Operation, Output, Record, Role, Scalar, Type, TypeRef, Union,
};
use serde_json::{Map, Value, json};

/// The target of examples.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole<'m> {
    pub(crate) model: &'m Model,
    pub(crate) operation: &'m Operation,
    pub(crate) in_request: bool,
}

impl Whole<'_> {
    /// Returns the response of the operation.
    pub(crate) fn response(self) -> Value {
        match &self.operation.output {
            Output::Nothing => Value::Null,
            Output::Type(name) => self.named(name),
            Output::List(list) => {
                let api = &self.model.api;
                let mut page = Map::new();
                page.insert(list.key.clone(), json!([self.named(&list.item)]));
                page.insert(api.page_uri.clone(), json!(format!("{}/x", api.base_url)));
                page.insert(api.page_next.clone(), Value::Null);
                page.into()
            }
        }
    }

    /// Returns a value of a named type.
    pub(crate) fn named(self, name: &str) -> Value {
        match &self.model.types[name] {
            Type::Record(record) => self.record(record),
            Type::Union(union) => self.union(union),
            Type::Enum(known) => json!(known.variants[0].wire),
        }
    }

    fn record(self, record: &Record) -> Value {
        let excluded = excluded(record);
        let fields = record.fields.iter().filter(|field| {
            let elsewhere =
                field.only_on.as_ref().is_some_and(|it| *it != self.operation.name);
            let conditional = self.in_request && field.rules.only_if().is_some();
            let excluded = conditional || excluded.contains(&field.wire);
            !excluded && (self.in_request || !elsewhere)
        });
        fields
            .map(|field| (field.wire.clone(), self.field(field)))
            .collect::<Map<_, _>>()
            .into()
    }

    fn union(self, union: &Union) -> Value {
        let chosen = &union.choices[0];
        let mut object = Map::new();
        object.insert(chosen.wire.clone(), self.named(&chosen.ty));
        if !self.in_request {
            let others = union.choices.iter().skip(1);
            object.extend(others.map(|other| (other.wire.clone(), Value::Null)));
        }
        object.into()
    }

    fn field(self, field: &Field) -> Value {
        self.value(&field.ty, field)
    }

    fn value(self, ty: &TypeRef, field: &Field) -> Value {
        match ty {
            TypeRef::Scalar(scalar) => scalar_value(*scalar, field),
            TypeRef::Id { kinds, .. } => json!(self.id(&kinds[0])),
            TypeRef::Ref { kinds, .. } => {
                // A reference can have any target.
                let id = kinds.first().map_or_else(String::new, |kind| self.id(kind));
                json!({ "id": id, "uri": "" })
            }
            TypeRef::List(element) => json!([self.value(element, field)]),
            TypeRef::Map(element) => {
                let mut map = Map::new();
                map.insert(self.key(field), self.value(element, field));
                map.into()
            }
            TypeRef::Record(name) | TypeRef::Enum(name) => self.named(name),
        }
    }

    /// Returns the ID of a resource of a kind.
    pub(crate) fn id(self, kind: &str) -> String {
        let prefix = match self.model.types.get(kind) {
            Some(Type::Record(record)) => record.prefix.clone().unwrap_or_default(),
            _ => self.model.api.externals[kind].prefix.clone(),
        };
        let prefix = if prefix.is_empty() { "x".to_owned() } else { prefix };
        format!("{prefix}_2abcDEfGhIjKlMnOpQrStUvWxYz")
    }

    fn key(self, field: &Field) -> String {
        let known = field.rules.known_keys().first().map(String::as_str);
        match field.rules.keys().first() {
            Some(kind) => self.id(kind),
            None => known.unwrap_or("x-name").to_owned(),
        }
    }
}

/// Returns the fields that are excluded by others.
fn excluded(record: &Record) -> Vec<String> {
    use ngrok_codegen::model::ConstraintKind::{AtMostOneOf, OneOf};
    let rules = record
        .constraints
        .iter()
        .filter(|rule| matches!(rule.kind, OneOf | AtMostOneOf));
    rules.flat_map(|rule| rule.fields.iter().skip(1).cloned()).collect()
}

fn scalar_value(scalar: Scalar, field: &Field) -> Value {
    let rules = &field.rules;
    match scalar {
        Scalar::String => json!(text(field)),
        Scalar::Bool => json!(true),
        Scalar::Float64 => json!(rules.max().unwrap_or(0.5)),
        Scalar::Timestamp => json!("2025-01-31T12:00:00.5+01:00"),
        _ if rules.format() == Some("http_status") => json!(503),
        _ => json!(rules.one_of().first().copied().unwrap_or(1)),
    }
}

/// Returns the longest string in a field's format.
fn text(field: &Field) -> String {
    let rules = &field.rules;
    let text = match rules.format().unwrap_or_default() {
        "acl_rule" => "bind:*.example.com",
        "arn" => "arn:aws:iam::123456789012:role/example",
        "cidr" => "10.1.0.0/16",
        "certificate" | "csr" | "pem" => "-----BEGIN CERTIFICATE-----\n",
        "email" => "ada@example.com",
        "hex" => "0f1e",
        "hostname" | "hostname_or_ip" => "app.example.com",
        "hostport" => "app.example.com:443",
        "http_header_name" => "x-name",
        "ip" => "2001:db8::1",
        "iso_country_code" => "NZ",
        "json_or_yaml" => "a: [1]\n",
        "openssh_authorized_key" => "ssh-ed25519 AAAAC3Nz ada",
        "tls_version" => "1.3",
        "uri" | "url" | "url_or_address" => "https://app.example.com/a?b=c",
        "urn" => "urn:example:a",
        "xml" => "<a/>",
        _ => {
            let longest = rules.longest().unwrap_or(1);
            return "a".repeat(usize::try_from(longest).expect("a length"));
        }
    };
    text.to_owned()
}

/// Returns true if a record is the body of an update.
pub(crate) fn is_change(record: &Record) -> bool {
    record.role == Role::Update
}
