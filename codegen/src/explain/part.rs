//! The page of a field, of a value of an enum, or of an alternative of a union.

use crate::emit::signatures;
use crate::model::{Field, Record, Type};
use crate::rust::docs;

use super::page::Page;
use super::types::{name_and_kind, short};
use super::{Described, place, uses, words};

/// Returns the page of a part of a type.
pub(super) fn page(home: &Type, wire: &str, described: Described) -> Page {
    let (name, _) = name_and_kind(home);
    let what = match home {
        Type::Record(_) => "a field",
        Type::Enum(_) => "a value",
        Type::Union(_) => "a choice",
    };
    let mut page = Page::new(&format!("{name}.{wire}: {what}"));
    let spans = place::part(name, wire, described.spec);
    for (span, heading) in spans.into_iter().zip(["Spec", "Documentation of its name"]) {
        place::show(&mut page, heading, span, described.sources);
    }
    match home {
        Type::Record(record) => field(&mut page, record, wire, described),
        Type::Enum(enumeration) => {
            let mut values =
                enumeration.variants.iter().filter(|value| value.wire == wire);
            if let Some(value) = values.next() {
                page.section("Meaning");
                page.prose(&docs::lines(&value.docs));
                page.section("Rust");
                page.line(&format!("{name}::{}", value.name));
                page.section("JSON");
                page.line(&serde_json::Value::from(wire).to_string());
                uses::show_request(&mut page, name, Some(wire), described.model);
            }
        }
        Type::Union(union) => {
            let mut choices = union.choices.iter().filter(|choice| choice.wire == wire);
            if let Some(choice) = choices.next() {
                page.section("Meaning");
                page.prose(&docs::lines(&choice.docs));
                page.section("Rust");
                page.line(&format!("{name}::{}({})", choice.name, choice.ty));
                uses::show_request(&mut page, name, Some(wire), described.model);
            }
        }
    }
    page
}

fn field(page: &mut Page, home: &Record, wire: &str, described: Described) {
    let model = described.model;
    let shapes = shapes(home, wire, described);
    page.section("Meaning");
    if let Some((_, field)) = shapes.iter().find(|(record, _)| record.name == home.name)
    {
        page.prose(&docs::of_field(field, home));
    }
    page.section("Shapes");
    let row = |(record, field): &(&Record, &Field)| {
        (record.name.clone(), words::field(field, record, model))
    };
    page.table(&shapes.iter().map(row).collect::<Vec<_>>());
    page.section("Rust");
    for (record, field) in &shapes {
        rust(page, record, field);
    }
    let sent =
        shapes.iter().map(|(record, _)| *record).find(|record| record.in_requests);
    uses::show_request(page, &sent.unwrap_or(home).name, Some(wire), model);
}

fn rust(page: &mut Page, record: &Record, field: &Field) {
    page.line(&format!(
        "{}.{}: {}",
        record.name,
        field.name,
        signatures::field_type(field)
    ));
    if !record.in_requests {
        return;
    }
    let made = match signatures::setter(field) {
        Some(setter) if !field.presence.required => setter,
        _ => signatures::constructor(record),
    };
    page.line(&format!("{}::{}", record.name, short(&made)));
}

/// Returns the shapes of a record that have a field. The requested one comes first.
fn shapes<'m>(
    home: &'m Record,
    wire: &str,
    described: Described<'m>,
) -> Vec<(&'m Record, &'m Field)> {
    let names = place::shapes(&home.name, described.spec);
    let others = names.iter().filter(|name| **name != home.name);
    let others = others.filter_map(|name| match described.model.types.get(name)? {
        Type::Record(record) => Some(record),
        Type::Union(_) | Type::Enum(_) => None,
    });
    let with_field = |record: &'m Record| {
        Some((record, record.fields.iter().find(|field| field.wire == wire)?))
    };
    with_field(home).into_iter().chain(others.filter_map(with_field)).collect()
}
