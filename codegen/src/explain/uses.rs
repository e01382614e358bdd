//! Uses of a type or an error code, and a request that contains a type.

use std::collections::BTreeSet;

use crate::example::Wanted;
use crate::model::{Body, Model, Operation, Output, Service, Type, TypeRef};

/// Returns the operations and types that use a type, and how.
pub(super) fn of(name: &str, model: &Model) -> Vec<(String, String)> {
    let operations = model.operations().filter_map(|(service, operation)| {
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
        .map(|(home, part, how)| (format!("{home}.{part}"), how.to_owned()));
    operations.chain(types).collect()
}

/// Returns the operation that sends a type, perhaps inside others, or else returns it, with the parts of the body that
/// lead to the type.
pub(super) fn request<'m>(
    name: &str,
    model: &'m Model,
) -> Option<(&'m Service, &'m Operation, Vec<Wanted>)> {
    sending(name, model).or_else(|| {
        let (service, found) =
            model.operations().find(|(_, operation)| returns(operation, name))?;
        Some((service, found, Vec::new()))
    })
}

/// Returns the accessor of a service for display.
pub(super) fn label(service: &Service) -> String {
    service.accessor.join(".")
}

/// Returns the fields, alternatives and rules with an error number.
pub(super) fn of_error(number: u32, model: &Model) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut add = |errors: &[u32], name: String, how: &str| {
        if errors.contains(&number) {
            found.push((name, how.to_owned()));
        }
    };
    for ty in model.types.values() {
        match ty {
            Type::Record(record) => {
                for field in &record.fields {
                    let name = format!("{}.{}", record.name, field.wire);
                    add(&field.errors, name, "a bad value");
                }
                for rule in &record.constraints {
                    let name = format!("{}: {}", record.name, rule.fields.join(", "));
                    add(&rule.errors, name, "a rule over several fields");
                }
            }
            Type::Union(union) => {
                let how = "none of its choices, or more than one";
                add(&union.errors, union.name.clone(), how);
            }
            Type::Enum(_) => {}
        }
    }
    found
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
fn mentions<'m>(name: &str, model: &'m Model) -> Vec<(&'m str, &'m str, &'static str)> {
    let mut found = Vec::new();
    for ty in model.types.values() {
        match ty {
            Type::Record(record) => {
                let fields = record.fields.iter();
                let fields = fields
                    .filter(|field| field.ty.named().is_some_and(|named| named == name));
                found.extend(fields.map(|field| {
                    let how = match &field.ty {
                        TypeRef::List(_) => "a list",
                        TypeRef::Map(_) => "a map",
                        _ => "a field",
                    };
                    (record.name.as_str(), field.wire.as_str(), how)
                }));
            }
            Type::Union(union) => {
                let choices = union.choices.iter().filter(|choice| choice.ty == name);
                found.extend(choices.map(|choice| {
                    (union.name.as_str(), choice.wire.as_str(), "a choice")
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
                model.operations().find(|(_, one)| sends(one, &name))
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
