//! Rejects recursive types, whose examples would be infinite.

use std::collections::BTreeSet;

use ngrok_codegen::model::{Model, Type};

/// Rejects a model with a type that contains itself, directly or in a list.
pub(crate) fn refuse(model: &Model) -> Result<(), String> {
    match model.types.keys().find(|name| contains_itself(name, model)) {
        Some(name) => Err(format!("`{name}` contains itself, and examples end nowhere")),
        None => Ok(()),
    }
}

fn contains_itself(name: &str, model: &Model) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = parts(name, model);
    while let Some(part) = open.pop() {
        if part == name {
            return true;
        }
        if seen.insert(part) {
            open.extend(parts(part, model));
        }
    }
    false
}

/// Returns the types that a type refers to.
fn parts<'m>(name: &str, model: &'m Model) -> Vec<&'m str> {
    match model.types.get(name) {
        Some(Type::Record(record)) => record
            .fields
            .iter()
            .filter_map(|field| Some(field.ty.named()?.as_str()))
            .collect(),
        Some(Type::Union(union)) => {
            union.choices.iter().map(|choice| choice.ty.as_str()).collect()
        }
        _ => Vec::new(),
    }
}
