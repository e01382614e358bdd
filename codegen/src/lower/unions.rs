//! Unions: types of which exactly one field is set.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Choice, Docs, Field, TypeRef, Union};
use crate::names::variant_name;
use crate::spec::{self, Entry, Span};

use super::shape::{Shape, numbers};
use super::{Context, collisions, fields};

/// A type that is a choice between its fields.
pub(super) fn lower(
    entry: &Entry<spec::Type>,
    choice: &spec::Choice,
    docs: Docs,
    shape: Shape,
    context: &mut Context,
) -> Option<Union> {
    if !shape.available.is_empty() {
        let message = format!("`{}` is a choice, and has several shapes", *entry.key);
        let help = "take `request:`, `create:` and `update:` out, and give shapes to what it holds";
        let problem = Diagnostic::error(Code::UnionShapes, entry.key.span, message);
        context.diagnostics.push(problem.help(help));
        return None;
    }
    let keys = entry.value.fields.keys().map(|key| (variant_name(key), key));
    collisions::report("variant", keys, context);
    report_unknown(entry, context);
    let fields = fields::lower(&entry.value.fields, shape, context);
    report_doubles(entry, &fields, context);
    let choices = fields.into_iter().filter_map(|field| one(entry, field, context));
    Some(Union {
        choices: choices.collect(),
        name: entry.key.to_string(),
        in_requests: false,
        in_responses: false,
        docs,
        errors: numbers(&choice.errors),
        fixed: choice.fixed,
        openapi: entry.value.openapi,
    })
}

fn one(
    entry: &Entry<spec::Type>,
    field: Field,
    context: &mut Context,
) -> Option<Choice> {
    if let TypeRef::Record(ty) = field.ty {
        let name = variant_name(&field.wire);
        return Some(Choice { wire: field.wire, name, ty, docs: field.docs });
    }
    let message = format!("`{}` is one of a choice, but not a record", field.wire);
    let help = "give each choice a type of its own, under `types:`";
    let problem =
        Diagnostic::error(Code::UnionOfScalars, key_span(entry, &field.wire), message);
    context.diagnostics.push(problem.help(help));
    None
}

/// What a variant holds becomes the union by itself, which only one variant of a type can.
fn report_doubles(entry: &Entry<spec::Type>, fields: &[Field], context: &mut Context) {
    let mut seen: BTreeMap<&String, &str> = BTreeMap::new();
    for field in fields {
        let TypeRef::Record(ty) = &field.ty else { continue };
        let Some(earlier) = seen.insert(ty, &field.wire) else { continue };
        let message = format!("`{earlier}` and `{}` are both `{ty}`", field.wire);
        let problem = Diagnostic::error(
            Code::DuplicateChoice,
            key_span(entry, &field.wire),
            message,
        );
        let problem = problem.related(key_span(entry, earlier), "the other one");
        let help = "give each choice a type of its own, even where their fields agree";
        context.diagnostics.push(problem.help(help));
    }
}

fn report_unknown(entry: &Entry<spec::Type>, context: &mut Context) {
    let taken = entry.value.fields.keys().find(|key| variant_name(key) == "Unknown");
    if let Some(taken) = taken {
        let message = "`Unknown` is the variant for choices that nobody knows yet";
        let problem = Diagnostic::error(Code::ReservedName, taken.span, message);
        context.diagnostics.push(
            problem.help("leave it out: a choice that is not listed is kept as it came"),
        );
    }
}

fn key_span(entry: &Entry<spec::Type>, wire: &str) -> Span {
    entry.value.fields.entry(wire).map_or(entry.key.span, |field| field.key.span)
}
