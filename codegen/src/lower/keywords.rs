//! Fields whose names are Rust keywords: reported once, unless `api.yaml` lists them. Uses the files only.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::names::{field_name, is_taken};
use crate::spec::{Resource, Spanned, Spec};

use super::{Context, conventions};

/// Reports names that are invalid for Rust fields, and unused exceptions.
pub(super) fn check(context: &mut Context) {
    let spec = context.spec;
    let meant = &spec.api.client.keywords;
    let mut seen = BTreeSet::new();
    for name in names(spec).filter(|name| is_taken(name)) {
        let first = seen.insert(name.as_str());
        if first && !meant.iter().any(|word| **word == **name) {
            context.diagnostics.push(problem(name));
        }
    }
    for word in meant.iter().filter(|word| !seen.contains(word.as_str())) {
        let message = format!("no field called `{}` needs this exception", **word);
        let help = "take it out of `keywords:`";
        context.warning(Code::NeedlessKeyword, word.span, message, help);
    }
}

fn problem(name: &Spanned<String>) -> Diagnostic {
    let message = format!(
        "`{}` cannot be the name of a field in Rust: callers write `{}`",
        **name,
        field_name(name)
    );
    let help = format!(
        "if that is meant, add it to `client:` in `api.yaml`: `keywords: [{}]`",
        **name
    );
    Diagnostic::warning(Code::RustKeyword, name.span, message).help(help)
}

/// Iterates over the names of all fields and parameters.
fn names(spec: &Spec) -> impl Iterator<Item = &Spanned<String>> {
    let resources = spec.resources.iter().map(|file| &file.resource);
    spec.api.fields.keys().chain(resources.flat_map(of_resource))
}

fn of_resource(resource: &Resource) -> impl Iterator<Item = &Spanned<String>> {
    let operations = resource.operations.iter();
    let queries = operations.filter_map(|entry| conventions::own_details(&entry.value));
    // Alternatives of unions become variants, which never collide with keywords.
    let types = resource.types.iter().map(|entry| &entry.value);
    let records = types.filter(|given| given.exactly_one_of.is_none());
    resource
        .fields
        .keys()
        .chain(resource.params.keys())
        .chain(queries.flat_map(|own| own.query.keys().chain(own.headers.keys())))
        .chain(records.flat_map(|given| given.fields.keys()))
}
