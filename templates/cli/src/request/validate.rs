//! Validation of bodies against the model, with suggestions for misspelt fields and values.

use ngrok_api_model::Model;
use ngrok_api_model::check::{self, Violation, ViolationKind};
use serde_json::Value;

use crate::lookup::{Shape, enum_values};
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
    let path = violation.path.replace('[', ".").replace(']', "");
    if violation.kind == ViolationKind::UnknownField {
        let (parent, key) = path.rsplit_once('.').unwrap_or(("", &path));
        let mut object = Shape::Named(name);
        for part in parent.split('.').filter(|part| !part.is_empty()) {
            object = match object.element() {
                Shape::Unknown => object.member(model, part).shape,
                element => element,
            };
        }
        let keys = object.members(model).into_iter().map(|member| member.key);
        return prose::suggestion(key, keys);
    }
    let values = violation.field.map(|field| enum_values(model, &field.ty));
    match body.pointer(&format!("/{}", path.replace('.', "/"))) {
        Some(Value::String(text)) => prose::suggestion(text, values.unwrap_or_default()),
        _ => String::new(),
    }
}
