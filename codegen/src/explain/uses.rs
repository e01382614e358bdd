//! Uses of a type or an error code, and a request that contains a type.

use std::collections::{BTreeSet, VecDeque};

use crate::example::Wanted;
use crate::model::{Model, Operation, Service, Shape, Type, TypeRef};

/// Returns the operations and types that use a type, and how.
pub(super) fn of(name: &str, model: &Model) -> Vec<(String, String)> {
    let operations = model.operations().filter_map(|(service, operation)| {
        let (sent, returned) = (operation.body_type(), operation.output_type());
        let how = match (sent == Some(name), returned == Some(name)) {
            (true, true) => "sent and returned",
            (true, false) => "sent",
            (false, true) => "returned",
            (false, false) => return None,
        };
        Some((format!("{}.{}", service.label(), operation.name), how.to_owned()))
    });
    let types = mentions(name, model)
        .into_iter()
        .map(|(home, part, how)| (format!("{home}.{part}"), how.to_owned()));
    operations.chain(types).collect()
}

/// Returns the nearest operation that sends a type, perhaps inside others, or else one that returns it, with the parts
/// of the body that lead to the type.
pub(super) fn request<'m>(
    name: &str,
    model: &'m Model,
) -> Option<(&'m Service, &'m Operation, Vec<Wanted>)> {
    let mut open = VecDeque::from([(name.to_owned(), Vec::<Wanted>::new())]);
    let mut seen = BTreeSet::from([name.to_owned()]);
    while let Some((part, route)) = open.pop_front() {
        let mut operations = model.operations();
        let sends = operations.find(|(_, one)| one.body_type() == Some(part.as_str()));
        if let Some((service, found)) = sends {
            return Some((service, found, route));
        }
        for (home, key, _) in mentions(&part, model) {
            if seen.insert(home.to_owned()) {
                let step = (home.to_owned(), key.to_owned());
                open.push_back((home.to_owned(), [&route[..], &[step]].concat()));
            }
        }
    }
    let returns = |one: &Operation| one.output_type() == Some(name);
    let (service, found) = model.operations().find(|(_, one)| returns(one))?;
    Some((service, found, Vec::new()))
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

/// Returns the fields and alternatives with a type: the name of their type, their key, and the kind of use.
fn mentions<'m>(name: &str, model: &'m Model) -> Vec<(&'m str, &'m str, &'static str)> {
    let parts = model.types.keys().flat_map(|home| {
        let parts = Shape::Named(home).members(model);
        parts.into_iter().map(move |part| (home.as_str(), part))
    });
    let found = parts.filter_map(|(home, part)| {
        let how = match part.shape {
            Shape::Named(ty) if ty == name => "a choice",
            Shape::Ref(ty) if ty.named().is_none_or(|it| it != name) => return None,
            Shape::Ref(TypeRef::List(_)) => "a list",
            Shape::Ref(TypeRef::Map(_)) => "a map",
            Shape::Ref(_) => "a field",
            _ => return None,
        };
        Some((home, part.key, how))
    });
    found.collect()
}
