//! Uses of a type, and a request that contains it.

use std::collections::BTreeSet;

use crate::example::{Wanted, example};
use crate::model::{Body, Model, Operation, Output, Service, Type};
use crate::rust::docs;

use super::find::label;
use super::page::Page;
use super::{operation, words};

/// Returns the operations and types that use a type, and how.
pub(super) fn of(name: &str, model: &Model) -> Vec<(String, String)> {
    let operations = operations(model).filter_map(|(service, operation)| {
        let how = match (sends(operation, name), returns(operation, name)) {
            (true, true) => "sent and returned",
            (true, false) => "sent",
            (false, true) => "returned",
            (false, false) => return None,
        };
        Some((format!("{}.{}", label(service), operation.name), how.to_owned()))
    });
    let types = mentions(name, model)
        .into_iter()
        .map(|(home, part, how)| (format!("{home}.{part}"), how));
    operations.chain(types).collect()
}

/// Adds the request of an operation that sends a type, perhaps inside others, or else returns it; `part` is the key
/// to show in the request.
pub(super) fn show_request(
    page: &mut Page,
    name: &str,
    part: Option<&str>,
    model: &Model,
) {
    let Some((service, found, mut wanted)) =
        sending(name, model).or_else(|| returning(name, model))
    else {
        return;
    };
    wanted.extend(part.map(|part| (name.to_owned(), part.to_owned())));
    page.section(&format!("As in {}.{}", label(service), found.name));
    page.line(&docs::lines(&found.docs).first().cloned().unwrap_or_default());
    operation::examples(page, &example(service, found, &wanted, model));
}

fn operations(model: &Model) -> impl Iterator<Item = (&Service, &Operation)> {
    model.services.iter().flat_map(|service| {
        service.operations.iter().map(move |operation| (service, operation))
    })
}

fn sends(operation: &Operation, name: &str) -> bool {
    matches!(&operation.body, Body::Type(body) if body == name)
}

fn returns(operation: &Operation, name: &str) -> bool {
    match &operation.output {
        Output::Type(output) => output == name,
        Output::List(list) => list.item == name,
        Output::Nothing => false,
    }
}

/// Returns the fields and alternatives with a type: the name of their type, their key, and the kind of use.
fn mentions<'m>(name: &str, model: &'m Model) -> Vec<(&'m str, &'m str, String)> {
    let mut found = Vec::new();
    for ty in model.types.values() {
        match ty {
            Type::Record(record) => {
                let fields = record.fields.iter();
                let fields = fields
                    .filter(|field| field.ty.named().is_some_and(|named| named == name));
                found.extend(fields.map(|field| {
                    (record.name.as_str(), field.wire.as_str(), words::ty(&field.ty))
                }));
            }
            Type::Union(union) => {
                let choices = union.choices.iter().filter(|choice| choice.ty == name);
                found.extend(choices.map(|choice| {
                    (union.name.as_str(), choice.wire.as_str(), "a choice".to_owned())
                }));
            }
            Type::Enum(_) => {}
        }
    }
    found
}

/// Returns the nearest operation that sends a type, and the path to it in the body.
fn sending<'m>(
    name: &str,
    model: &'m Model,
) -> Option<(&'m Service, &'m Operation, Vec<Wanted>)> {
    let mut open = vec![(name.to_owned(), Vec::new())];
    let mut seen = BTreeSet::from([name.to_owned()]);
    while !open.is_empty() {
        let mut next = Vec::new();
        for (name, route) in open {
            if let Some((service, found)) =
                operations(model).find(|(_, one)| sends(one, &name))
            {
                return Some((service, found, route));
            }
            for (home, part, _) in mentions(&name, model) {
                if seen.insert(home.to_owned()) {
                    let mut route: Vec<Wanted> = route.clone();
                    route.push((home.to_owned(), part.to_owned()));
                    next.push((home.to_owned(), route));
                }
            }
        }
        open = next;
    }
    None
}

fn returning<'m>(
    name: &str,
    model: &'m Model,
) -> Option<(&'m Service, &'m Operation, Vec<Wanted>)> {
    let (service, found) =
        operations(model).find(|(_, operation)| returns(operation, name))?;
    Some((service, found, Vec::new()))
}
