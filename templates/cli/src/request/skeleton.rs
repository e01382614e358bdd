//! A body with all of its fields, as YAML with a comment for each: a template to fill in.

use ngrok_api_model::{Field, Model, Role, Scalar, Type, TypeRef};

use crate::prose;

/// Maximum depth: types can be recursive.
const DEEPEST: usize = 6;

/// Returns the body as YAML: required fields as they are, others commented out.
pub(crate) fn skeleton(model: &Model, name: &str) -> String {
    let mut text = String::new();
    write_type(&mut text, model, name, 0, false);
    text
}

fn write_type(text: &mut String, model: &Model, name: &str, depth: usize, off: bool) {
    if depth > DEEPEST {
        return;
    }
    match model.types.get(name) {
        Some(Type::Record(record)) => {
            for field in &record.fields {
                let required = field.presence.required && record.role != Role::Update;
                write_field(text, model, field, depth, off || !required);
            }
        }
        Some(Type::Union(union)) => {
            let comment = format!("# exactly one of these {}", union.choices.len());
            line(text, depth, true, &comment);
            for (index, choice) in union.choices.iter().enumerate() {
                let off = off || index > 0;
                line(text, depth, off, &format!("{}:", choice.wire));
                write_type(text, model, &choice.ty, depth + 1, off);
            }
        }
        _ => {}
    }
}

fn write_field(
    text: &mut String,
    model: &Model,
    field: &Field,
    depth: usize,
    off: bool,
) {
    let summary = prose::summary(&field.docs);
    let required = if field.presence.required { " (required)" } else { "" };
    line(text, depth, false, &format!("# {summary}{required}"));
    match &field.ty {
        TypeRef::Record(name) => {
            line(text, depth, off, &format!("{}:", field.wire));
            write_type(text, model, name, depth + 1, off);
        }
        _ => {
            line(
                text,
                depth,
                off,
                &format!("{}: {}", field.wire, example(model, field)),
            );
        }
    }
}

/// Returns a value of the right type: the default, the first known value, or an empty one.
fn example(model: &Model, field: &Field) -> String {
    if let Some(default) = field.default.as_ref().filter(|value| !value.is_null()) {
        return default.to_string();
    }
    match &field.ty {
        TypeRef::Scalar(Scalar::Bool) => "false".to_owned(),
        TypeRef::Scalar(Scalar::String | Scalar::Timestamp) | TypeRef::Id { .. } => {
            "\"\"".to_owned()
        }
        TypeRef::Scalar(_) => "0".to_owned(),
        TypeRef::List(_) => "[]".to_owned(),
        TypeRef::Enum(_) => {
            let values = model.enum_values(&field.ty);
            let first = values.first().copied().unwrap_or("\"\"");
            format!("{first}    # {}", prose::alternatives(&values))
        }
        _ => "{}".to_owned(),
    }
}

/// Appends a line, as a comment if it is disabled.
fn line(text: &mut String, depth: usize, off: bool, content: &str) {
    let indent = "  ".repeat(depth);
    let off = if off && !content.starts_with('#') { "# " } else { "" };
    text.extend([&indent, off, content, "\n"]);
}
