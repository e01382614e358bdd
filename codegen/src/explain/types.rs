//! The page of a type: contents, uses, and examples as JSON and as Rust.

use crate::emit::signatures;
use crate::example::{Fields, named};
use crate::model::{Model, Record, Type};
use crate::rust::docs;

use super::find::parts;
use super::page::Page;
use super::{Described, place, uses, words};

/// Returns the page of a type.
pub(super) fn page(ty: &Type, described: Described) -> Page {
    let model = described.model;
    let (name, kind) = name_and_kind(ty);
    let mut page = Page::new(&format!("{name}: {kind}"));
    if let Some(span) = place::named(name, described.spec, described.sources) {
        place::show(&mut page, "Spec", span, described.sources);
    }
    page.section("Parts");
    page.table(&rows(ty, model));
    let uses = uses::of(name, model);
    if !uses.is_empty() {
        page.section("Used by");
        page.table(&uses);
    }
    page.section("Rust");
    page.code(&rust(ty));
    if let Some(sample) = named(name, Fields::All, model) {
        page.section("JSON");
        page.code(&sample.json());
    }
    uses::show_request(&mut page, name, None, model);
    page
}

/// Returns the name of a type, and its kind.
pub(super) fn name_and_kind(ty: &Type) -> (&str, &'static str) {
    match ty {
        Type::Record(record) => {
            (&record.name, use_of(record.in_requests, record.in_responses))
        }
        Type::Union(union) => (&union.name, "a union, exactly one of its parts"),
        Type::Enum(enumeration) => (&enumeration.name, "an open enum"),
    }
}

fn use_of(sent: bool, returned: bool) -> &'static str {
    match (sent, returned) {
        (true, true) => "a struct that is sent and returned",
        (true, false) => "a struct that is sent",
        (false, true) => "a struct that is returned",
        (false, false) => "a struct",
    }
}

/// Returns the parts of a type in a line each.
fn rows(ty: &Type, model: &Model) -> Vec<(String, String)> {
    match ty {
        Type::Record(record) => {
            let fields = record.fields.iter();
            fields
                .map(|field| (field.wire.clone(), words::field(field, record, model)))
                .collect()
        }
        Type::Union(union) => union
            .choices
            .iter()
            .map(|choice| (choice.wire.clone(), choice.ty.clone()))
            .collect(),
        Type::Enum(enumeration) => {
            let values = enumeration.variants.iter();
            values
                .map(|value| (value.wire.clone(), docs::lines(&value.docs).join(" ")))
                .collect()
        }
    }
}

/// Returns the type as Rust code.
fn rust(ty: &Type) -> String {
    match ty {
        Type::Record(record) => structure(record),
        Type::Union(union) => {
            let choices = union
                .choices
                .iter()
                .map(|choice| format!("{}({})", choice.name, choice.ty));
            let choices = choices.chain(["Unknown(UnknownVariant)".to_owned()]);
            block(&format!("pub enum {}", union.name), choices)
        }
        Type::Enum(_) => {
            let (name, _) = name_and_kind(ty);
            let values = parts(ty).map(|(_, name)| name.to_owned());
            block(
                &format!("pub enum {name}"),
                values.chain(["Unknown(String)".to_owned()]),
            )
        }
    }
}

fn structure(record: &Record) -> String {
    let fields = record.fields.iter();
    let fields = fields
        .map(|field| format!("pub {}: {}", field.name, signatures::field_type(field)));
    let mut text = block(&format!("pub struct {}", record.name), fields);
    if record.in_requests {
        let rest = record.fields.iter().filter(|field| !field.presence.required);
        let methods = std::iter::once(signatures::constructor(record))
            .chain(rest.filter_map(signatures::setter));
        for method in methods {
            text.extend(["\n", &record.name, "::", short(&method)]);
        }
    }
    text
}

/// Returns a signature without the common words.
pub(super) fn short(signature: &str) -> &str {
    signature.strip_prefix("pub fn ").unwrap_or(signature)
}

fn block(head: &str, parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<_> = parts.map(|part| format!("    {part},\n")).collect();
    format!("{head} {{\n{}}}", parts.concat())
}
