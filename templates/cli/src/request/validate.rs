//! Validation of bodies against the model, with suggestions for misspelt fields and values.

use ngrok_api_model::check::{self, Violation, ViolationKind};
use ngrok_api_model::{Model, Type, TypeRef};
use serde_json::Value;

use crate::lookup::Shape;
use crate::prose;
use crate::tree::fields::FieldFlag;

/// Returns the problems of a body of a type: the path of each field and a message.
pub(crate) fn problems(
    model: &Model,
    name: &str,
    body: &Value,
) -> Vec<(String, String)> {
    let violations = check::validate(model, name, body);
    let problem = |violation: Violation<'_>| {
        let hint = hint(model, name, body, &violation);
        (violation.path, violation.message + &hint)
    };
    violations.into_iter().map(problem).collect()
}

/// Returns the flag that sets the field at a path; the path itself if there is none.
pub(crate) fn flag_of(flags: &[FieldFlag<'_>], path: &str) -> String {
    let plain = path.split('[').next().unwrap_or_default();
    match flags.iter().find(|flag| flag.path.join(".") == plain) {
        Some(flag) => format!("--{}{}", flag.flag, &path[plain.len()..]),
        None if path.is_empty() => "the body".to_owned(),
        None => path.to_owned(),
    }
}

/// Returns a suggestion for a misspelt key or value of an enum.
fn hint(model: &Model, name: &str, body: &Value, violation: &Violation<'_>) -> String {
    if violation.kind == ViolationKind::UnknownField {
        let (parent, key) =
            violation.path.rsplit_once('.').unwrap_or(("", &violation.path));
        let known = keys(model, name, parent);
        return prose::suggestion(key, known.iter().copied());
    }
    let ty = violation.field.map(|field| field.ty.element());
    let Some(TypeRef::Enum(name)) = ty else { return String::new() };
    let pointer = format!(
        "/{}",
        violation.path.replace('[', "/").replace(']', "").replace('.', "/")
    );
    match (model.types.get(name), body.pointer(&pointer)) {
        (Some(Type::Enum(known)), Some(Value::String(text))) => {
            prose::suggestion(text, known.variants.iter().map(|variant| &*variant.wire))
        }
        _ => String::new(),
    }
}

/// Returns the keys of the object at a path of a body.
fn keys<'m>(model: &'m Model, name: &'m str, path: &str) -> Vec<&'m str> {
    let mut shape = Shape::Named(name);
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let (key, index) =
            part.split_once('[').map_or((part, false), |(key, _)| (key, true));
        shape = shape.member(model, key).shape;
        if index {
            shape = shape.element();
        }
    }
    match shape.name().and_then(|name| model.types.get(name)) {
        Some(Type::Record(record)) => {
            record.fields.iter().map(|field| &*field.wire).collect()
        }
        Some(Type::Union(union)) => {
            union.choices.iter().map(|choice| &*choice.wire).collect()
        }
        _ => Vec::new(),
    }
}
