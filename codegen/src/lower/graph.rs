//! Properties of the whole: types in requests and responses, recursive types, unused types.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Code;
use crate::model::{Model, Operation, Type, TypeRef};

use super::declare::Kind;
use super::{Context, Types};

/// Sets the properties derived from the uses of types.
pub(super) fn finish(context: &mut Context, Model { services, types, .. }: &mut Model) {
    let operations = || services.iter().flat_map(|service| &service.operations);
    let all = edges(types, |_, _| true, |_| true);
    let sent = reachable(&all, operations().filter_map(Operation::body_type));
    let returned = reachable(&all, operations().filter_map(Operation::output_type));
    let used = reachable(&all, operations().flat_map(parameters));
    report_unused(&(&(&sent | &returned) | &used), types, context);
    report_endless(types, context);
    report_unsatisfiable(&sent, types, context);
    report_sent(&sent, types, context);
    let recursive = recursive_fields(types);
    for (name, ty) in types.iter_mut() {
        let (in_requests, in_responses) = (sent.contains(name), returned.contains(name));
        match ty {
            Type::Record(record) => {
                (record.in_requests, record.in_responses) = (in_requests, in_responses);
                for field in &mut record.fields {
                    let key = (name.clone(), field.wire.clone());
                    field.recursive = recursive.contains(&key);
                }
            }
            Type::Union(union) => {
                (union.in_requests, union.in_responses) = (in_requests, in_responses);
            }
            Type::Enum(_) => {}
        }
    }
}

/// Iterates over the enums of paths, queries and headers.
fn parameters(operation: &Operation) -> impl Iterator<Item = &str> {
    let path = operation.parameters.iter().map(|parameter| &parameter.ty);
    let others = operation.query.iter().chain(&operation.headers);
    let types = path.chain(others.map(|parameter| &parameter.ty));
    types.filter_map(|ty| ty.named().map(String::as_str))
}

/// A type that another one uses.
struct Part<'t> {
    name: &'t str,
    /// Without a list or map in between.
    direct: bool,
    /// In each value.
    required: bool,
}

/// Returns the types that a type uses.
fn parts(ty: &Type) -> Vec<Part<'_>> {
    match ty {
        Type::Record(record) => {
            let parts = record.fields.iter().filter_map(|field| {
                let direct = matches!(field.ty, TypeRef::Record(_));
                let required = direct && field.presence.required;
                Some(Part { name: field.ty.named()?, direct, required })
            });
            parts.collect()
        }
        Type::Union(union) => {
            let parts = union.choices.iter().map(|choice| Part {
                name: &choice.ty,
                direct: true,
                required: true,
            });
            parts.collect()
        }
        Type::Enum(_) => Vec::new(),
    }
}

/// The names of some of the parts of types.
type Edges<'t> = BTreeMap<&'t str, Vec<&'t str>>;

/// Returns those parts of the chosen types that meet a condition.
fn edges(
    types: &Types,
    chosen: impl Fn(&str, &Type) -> bool,
    kept: impl Fn(&Part) -> bool,
) -> Edges<'_> {
    let names = |ty| parts(ty).into_iter().filter(&kept).map(|part| part.name).collect();
    let chosen = types.iter().filter(|(name, ty)| chosen(name, ty));
    chosen.map(|(name, ty)| (name.as_str(), names(ty))).collect()
}

/// Returns all types reachable from `roots`, including these.
fn reachable<'t>(
    edges: &Edges<'t>,
    roots: impl IntoIterator<Item = &'t str>,
) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = roots.into_iter().collect();
    while let Some(name) = open.pop() {
        if seen.insert(name.to_owned()) {
            open.extend(edges.get(name).into_iter().flatten());
        }
    }
    seen
}

fn report_unused(used: &BTreeSet<String>, types: &Types, context: &mut Context) {
    if context.diagnostics.has_errors() {
        // The user of a type may be what has errors.
        return;
    }
    for name in types.keys().filter(|name| !used.contains(*name)) {
        let declared = context.declared.get(name);
        let declared = declared.filter(|declared| declared.kind != Kind::Resource);
        if let Some(declared) = declared {
            let message = format!("the type `{name}` is unused");
            let help = "remove it, or name it in a field";
            context.warning(Code::UnusedType, declared.span, message, help);
        }
    }
}

/// Reports alternatives that contain themselves without a record in between: no value of them would be finite.
fn report_endless(types: &Types, context: &mut Context) {
    let unions = edges(types, |_, ty| matches!(ty, Type::Union(_)), |_| true);
    for (name, parts) in &unions {
        if !parts.iter().any(|part| contains(&unions, part, name)) {
            continue;
        }
        let span = context.declared.span(name).unwrap_or_default();
        let message = format!(
            "the alternative `{name}` contains itself without a record in between"
        );
        let help = "put a type with fields in between";
        context.error(Code::EndlessType, span, message, help);
    }
}

/// Reports types that are sent and require a value of themselves: no request would be complete.
fn report_unsatisfiable(sent: &BTreeSet<String>, types: &Types, context: &mut Context) {
    let heights = heights(types);
    let endless = |name: &str| types.contains_key(name) && !heights.contains_key(name);
    let required = edges(types, |name, _| endless(name), |part| part.required);
    for name in sent.iter().filter(|name| endless(name)) {
        let Some(Type::Record(record)) = types.get(name) else { continue };
        let inner = record.fields.iter().filter(|field| field.presence.required).find(|field| {
            matches!(&field.ty, TypeRef::Record(part) if contains(&required, part, name))
        });
        let Some(inner) = inner else { continue };
        let span = context.declared.span(name).unwrap_or_default();
        let message = format!(
            "no request can contain a `{name}`: its required field `{}` leads back to it without end",
            inner.wire
        );
        let help = "make a field on the way optional";
        context.error(Code::EndlessValue, span, message, help);
    }
}

/// Reports resources that are sent in the shape of responses, with the ID that only the server assigns.
fn report_sent(sent: &BTreeSet<String>, types: &Types, context: &mut Context) {
    for name in sent {
        let resource = matches!(types.get(name), Some(Type::Record(record)) if record.prefix.is_some());
        let Some(span) = context.declared.span(name).filter(|_| resource) else {
            continue;
        };
        let message = format!(
            "`{name}` is part of a request, although only the server gives it its `id`"
        );
        let help = "describe the request body as a separate type, or give `create` or `update` a field";
        context.error(Code::ResourceInRequest, span, message, help);
    }
}

/// Returns the fields, as record and key, whose type would contain the record itself.
fn recursive_fields(types: &Types) -> BTreeSet<(String, String)> {
    let direct = edges(types, |_, _| true, |part| part.direct);
    let mut found = BTreeSet::new();
    for (name, ty) in types {
        let Type::Record(record) = ty else { continue };
        let fields = record.fields.iter().filter(|field| {
            matches!(&field.ty, TypeRef::Record(part) if contains(&direct, part, name))
        });
        found.extend(fields.map(|field| (name.clone(), field.wire.clone())));
    }
    found
}

fn contains<'t>(direct: &Edges<'t>, outer: &'t str, inner: &str) -> bool {
    reachable(direct, [outer]).contains(inner)
}

/// Returns the minimum depth of a value by type. A type without an entry has no finite value.
pub(crate) fn heights(types: &BTreeMap<String, Type>) -> BTreeMap<&str, usize> {
    let mut heights: BTreeMap<&str, usize> = BTreeMap::new();
    // Each round finds the types whose parts were found in the one before.
    for round in 0..=types.len() {
        let found = types.iter().filter(|(name, ty)| {
            !heights.contains_key(name.as_str()) && ends(ty, &heights)
        });
        let found: Vec<&str> = found.map(|(name, _)| name.as_str()).collect();
        if found.is_empty() {
            break;
        }
        heights.extend(found.into_iter().map(|name| (name, round)));
    }
    heights
}

/// Returns true if a value can be built from finite values.
fn ends(ty: &Type, known: &BTreeMap<&str, usize>) -> bool {
    let mut required = parts(ty).into_iter().filter(|part| part.required);
    let is_known = |part: Part| known.contains_key(part.name);
    match ty {
        Type::Union(union) if !union.choices.is_empty() => required.any(is_known),
        _ => required.all(is_known),
    }
}
