//! Unions: objects of which exactly one field is set; and enums: strings with known values.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::model::{Choice, Docs, Enum, Field, TypeRef, Union, Variant};
use crate::names::variant_name;
use crate::spec::{self, Entries, Span, Spanned};

use super::shapes::{Shape, numbers};
use super::{Context, clashes, docs, fields};

/// Lowers a type that is a union of its fields.
pub(super) fn union(
    (name, given): (&Spanned<String>, &spec::Type),
    fields: &Entries<spec::Field>,
    choice: &spec::Choice,
    docs: Docs,
    shape: Shape,
    context: &mut Context,
) -> Option<Union> {
    if !shape.available.is_empty() {
        let message = format!("`{}` is a choice, and has several shapes", **name);
        let help = "remove `request:`, `create:` and `update:`, and define shapes of its alternatives";
        context.error(Code::UnionShapes, name.span, message, help);
        return None;
    }
    let unknown =
        ("alternatives", "an alternative that is not listed is kept unchanged");
    check_variants(fields.keys(), unknown, context);
    let span =
        |wire: &str| fields.get_key_value(wire).map_or(name.span, |(key, _)| key.span);
    let fields = fields::lower(fields, shape, context);
    report_doubles(&fields, span, context);
    let choices = fields.into_iter().filter_map(|field| {
        let span = span(&field.wire);
        one(field, span, context)
    });
    Some(Union {
        choices: choices.collect(),
        name: name.to_string(),
        in_requests: false,
        in_responses: false,
        docs,
        errors: numbers(&choice.errors),
        fixed: choice.fixed,
        openapi: given.openapi,
    })
}

fn one(field: Field, span: Span, context: &mut Context) -> Option<Choice> {
    if let TypeRef::Record(ty) = field.ty {
        return Some(Choice { wire: field.wire, ty, docs: field.docs });
    }
    let message = format!("`{}` is one of a choice, but not a record", field.wire);
    let help = "define a separate type for each alternative, under `types:`";
    context.error(Code::UnionOfScalars, span, message, help);
    None
}

/// Reports duplicate types of alternatives: each converts into the union, so that only one variant can have a type.
fn report_doubles(fields: &[Field], span: impl Fn(&str) -> Span, context: &mut Context) {
    let mut seen: BTreeMap<&String, &str> = BTreeMap::new();
    for field in fields {
        let TypeRef::Record(ty) = &field.ty else { continue };
        let Some(earlier) = seen.insert(ty, &field.wire) else { continue };
        let message = format!("`{earlier}` and `{}` are both `{ty}`", field.wire);
        let spans = (span(&field.wire), span(earlier));
        let help = "define a separate type for each alternative, even if their fields are the same";
        context.clash(Code::DuplicateChoice, spans, message, help);
    }
}

/// Lowers an enum of `enums:`.
pub(super) fn open_enum(
    name: &Spanned<String>,
    given: &spec::Enum,
    context: &mut Context,
) -> Enum {
    let unknown = ("values", "values that are not listed are kept unchanged");
    check_variants(given.values.keys(), unknown, context);
    let variants = given.values.iter().map(|(wire, doc)| Variant {
        wire: wire.to_string(),
        docs: docs::lower(doc, context),
    });
    let variants = variants.collect();
    let docs = docs::lower(&given.doc, context);
    Enum { name: name.to_string(), docs, open: given.open, variants }
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
