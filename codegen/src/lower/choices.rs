//! Unions: objects of which exactly one field is set; and enums: strings with known values.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::model::{Choice, Docs, Enum, Field, TypeRef, Union, Variant};
use crate::names::variant_name;
use crate::spec::{self, Entry, Span, Spanned};

use super::shapes::{Shape, numbers};
use super::{Context, clashes, docs, fields};

/// Lowers a type that is a union of its fields.
pub(super) fn union(
    entry: &Entry<spec::Type>,
    choice: &spec::Choice,
    docs: Docs,
    shape: Shape,
    context: &mut Context,
) -> Option<Union> {
    if !shape.available.is_empty() {
        let message = format!("`{}` is a choice, and has several shapes", *entry.key);
        let help = "remove `request:`, `create:` and `update:`, and define shapes of its alternatives";
        context.error(Code::UnionShapes, entry.key.span, message, help);
        return None;
    }
    let unknown =
        ("alternatives", "an alternative that is not listed is kept unchanged");
    check_variants(entry.value.fields.keys(), unknown, context);
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
        return Some(Choice { wire: field.wire, ty, docs: field.docs });
    }
    let message = format!("`{}` is one of a choice, but not a record", field.wire);
    let help = "define a separate type for each alternative, under `types:`";
    context.error(Code::UnionOfScalars, key_span(entry, &field.wire), message, help);
    None
}

/// Reports duplicate types of alternatives: each converts into the union, so that only one variant can have a type.
fn report_doubles(entry: &Entry<spec::Type>, fields: &[Field], context: &mut Context) {
    let mut seen: BTreeMap<&String, &str> = BTreeMap::new();
    for field in fields {
        let TypeRef::Record(ty) = &field.ty else { continue };
        let Some(earlier) = seen.insert(ty, &field.wire) else { continue };
        let message = format!("`{earlier}` and `{}` are both `{ty}`", field.wire);
        let spans = (key_span(entry, &field.wire), key_span(entry, earlier));
        let help = "define a separate type for each alternative, even if their fields are the same";
        context.clash(Code::DuplicateChoice, spans, message, help);
    }
}

fn key_span(entry: &Entry<spec::Type>, wire: &str) -> Span {
    entry.value.fields.entry(wire).map_or(entry.key.span, |field| field.key.span)
}

/// Lowers an enum of `enums:`.
pub(super) fn open_enum(entry: &Entry<spec::Enum>, context: &mut Context) -> Enum {
    let given = &entry.value;
    let unknown = ("values", "values that are not listed are kept unchanged");
    check_variants(given.values.keys(), unknown, context);
    let variants = given.values.iter().map(|value| Variant {
        wire: value.key.to_string(),
        docs: docs::lower(&value.value, context),
    });
    let variants = variants.collect();
    let docs = docs::lower(&given.doc, context);
    Enum { name: entry.key.to_string(), docs, open: given.open, variants }
}

/// Reports names that become the same variant, or that of everything unknown.
fn check_variants<'k>(
    keys: impl Iterator<Item = &'k Spanned<String>>,
    (unknown, help): (&str, &str),
    context: &mut Context,
) {
    let keys: Vec<_> = keys.map(|key| (variant_name(key), key)).collect();
    if let Some((_, taken)) = keys.iter().find(|(name, _)| name == "Unknown") {
        let message = format!("`Unknown` is the variant for unknown {unknown}");
        context.error(
            Code::ReservedName,
            taken.span,
            message,
            format!("remove it: {help}"),
        );
    }
    clashes::report("variant", keys.into_iter(), context);
}
