//! The documentation of a field: its prose, and in sentences what else the description says of it.

use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{Field, Spanned};

use super::{Context, deprecation, docs};

/// The documentation of a field; `sent` where callers set it.
pub(super) fn lower(
    field: &Field,
    name: &Spanned<String>,
    sent: bool,
    context: &mut Context,
) -> Vec<String> {
    let Some(doc) = &field.doc else {
        let message = format!("`{}` has no description", **name);
        let problem = Diagnostic::warning(Code::MissingDoc, name.span, message);
        context
            .diagnostics
            .push(problem.help("add `doc:` with what a user needs to know"));
        return docs::lines(&format!("The field `{}`.", **name));
    };
    let lines = docs::lower(doc, context);
    match facts(field, sent).as_slice() {
        [] => lines,
        facts => docs::with_more(doc, &facts.join(" ")),
    }
}

fn facts(field: &Field, sent: bool) -> Vec<String> {
    let mut facts = Vec::new();
    let mut say = |fact: Option<String>| facts.extend(fact);
    if let Some(said) = deprecation::lower(field.deprecated.as_ref()) {
        say(Some(format!("**Deprecated**: {}", said.note)));
    }
    let only = |operation: &Spanned<String>| {
        format!("Only the answer to `{}` has it.", **operation)
    };
    say(field.only_on.as_ref().map(only));
    if sent {
        say(field.max_bytes.as_ref().map(|max| format!("Up to {} bytes.", **max)));
        say(field.max_len.as_ref().map(|max| format!("Up to {} characters.", **max)));
        say(range(field));
        say(field.min_items.as_ref().map(|min| format!("At least {} of them.", **min)));
        say(one_of(field));
        say(field.default.as_ref().map(|value| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            format!("Default: {}.", docs::as_code(&text))
        }));
    }
    facts
}

fn range(field: &Field) -> Option<String> {
    match (field.min.as_deref(), field.max.as_deref()) {
        (Some(min), Some(max)) => Some(format!("From {min} to {max}.")),
        (Some(min), None) => Some(format!("At least {min}.")),
        (None, Some(max)) => Some(format!("At most {max}.")),
        (None, None) => None,
    }
}

fn one_of(field: &Field) -> Option<String> {
    let values: Vec<_> = field.one_of.iter().map(|value| format!("`{value}`")).collect();
    (!values.is_empty()).then(|| format!("One of {}.", values.join(", ")))
}
