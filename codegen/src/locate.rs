//! Locations of the parts of a model in the files of its description.
//!
//! Takes names of the model and the contents of the files; returns spans, the most specific first. Explanations and
//! reports about recorded traffic share it.

use crate::diagnostic::{SourceMap, Span};
use crate::model::{Operation, Service};
use crate::spec::{Entries, Field, Resource, ResourceFile, Spec};

/// Returns the file of a service.
pub(crate) fn file<'a>(service: &Service, spec: &'a Spec) -> Option<&'a ResourceFile> {
    let is = |file: &&ResourceFile| service.source == file.path();
    spec.resources.iter().find(is)
}

/// Returns an operation, and the convention of its name.
pub(crate) fn operation(
    service: &Service,
    operation: &Operation,
    spec: &Spec,
) -> Vec<Span> {
    let Some(file) = file(service, spec) else { return Vec::new() };
    let is = |key: &&crate::spec::Spanned<String>| ***key == operation.name;
    let Some(key) = file.resource.operations.keys().find(is) else { return Vec::new() };
    let convention = spec.api.operations.entry(key).map(|entry| entry.key.span);
    std::iter::once(key.span).chain(convention).collect()
}

/// Returns a type, under the name of any of its shapes: its entry below `types:` or `enums:`, or the fields of a resource.
pub(crate) fn named(name: &str, spec: &Spec, sources: &SourceMap) -> Option<Span> {
    spec.resources.iter().find_map(|file| {
        let resource = &file.resource;
        let entry = type_entry(name, resource).map(|entry| entry.key.span);
        let enumeration = || resource.enums.entry(name).map(|entry| entry.key.span);
        let fields = || {
            let first =
                is_shape(name, resource).then(|| resource.fields.keys().next())??;
            Some(parent(first.span, sources))
        };
        entry.or_else(enumeration).or_else(fields)
    })
}

/// Returns a field, value or alternative of a type, and the entry in `api.yaml` of a common field.
pub(crate) fn part(name: &str, wire: &str, spec: &Spec) -> Vec<Span> {
    let found = spec.resources.iter().find_map(|file| {
        let resource = &file.resource;
        if let Some(found) = resource.enums.get(name) {
            return Some(vec![found.values.entry(wire)?.key.span]);
        }
        if let Some(entry) = type_entry(name, resource) {
            return Some(vec![entry.value.fields.entry(wire)?.key.span]);
        }
        is_shape(name, resource).then(|| field(&resource.fields, wire, spec))
    });
    found.unwrap_or_default()
}

fn field(fields: &Entries<Option<Field>>, wire: &str, spec: &Spec) -> Vec<Span> {
    let Some(entry) = fields.entry(wire) else { return Vec::new() };
    let whole = entry.value.as_ref().is_some_and(|field| field.kind.is_some());
    let common =
        spec.api.fields.entry(wire).filter(|_| !whole).map(|entry| entry.key.span);
    std::iter::once(entry.key.span).chain(common).collect()
}

fn resource_shapes(resource: &Resource) -> Vec<String> {
    let own = resource.resource.to_string();
    match &resource.request {
        Some(request) => vec![own, request.to_string()],
        None => vec![own.clone(), format!("{own}Create"), format!("{own}Update")],
    }
}

/// Returns an error code.
pub(crate) fn error_code(number: u32, spec: &Spec) -> Option<Span> {
    spec.errors.codes.entry(&number.to_string()).map(|entry| entry.key.span)
}

/// Returns the entry below `types:` that describes a type, perhaps under the name of another shape.
fn type_entry<'a>(
    name: &str,
    resource: &'a Resource,
) -> Option<&'a crate::spec::Entry<crate::spec::Type>> {
    let mut entries = resource.types.iter();
    entries.find(|entry| {
        let shapes = [&entry.value.request, &entry.value.create, &entry.value.update];
        *entry.key == name || shapes.into_iter().flatten().any(|shape| **shape == name)
    })
}

/// Returns true if a type is one of the shapes of a resource.
fn is_shape(name: &str, resource: &Resource) -> bool {
    !resource.fields.is_empty()
        && resource_shapes(resource).iter().any(|shape| shape == name)
}

/// Returns the parent of a key.
fn parent(key: Span, sources: &SourceMap) -> Span {
    let Some(text) = sources.text(key.file) else { return key };
    let at = usize::try_from(key.start).unwrap_or(usize::MAX).min(text.len());
    let Some(before) = text.get(..at) else { return key };
    let own = before.rsplit('\n').next().map_or(0, str::len);
    let mut end = before.len() - own;
    while end > 0 {
        let start = before[..end - 1].rfind('\n').map_or(0, |newline| newline + 1);
        let line = &before[start..end];
        if !line.trim().is_empty() && !is_comment(line) && indent(line) < own {
            let start = u32::try_from(start + indent(line)).unwrap_or(key.start);
            return Span::new(key.file, start, start);
        }
        end = start;
    }
    key
}

/// Returns the lines of a key and its entry, without their common indentation.
pub(crate) fn block(key: Span, sources: &SourceMap) -> Vec<&str> {
    let (Some(text), Some(at)) = (sources.text(key.file), sources.position(key)) else {
        return Vec::new();
    };
    let first = usize::try_from(at.line).unwrap_or(1).saturating_sub(1);
    let mut lines = text.lines().skip(first);
    let Some(head) = lines.next() else { return Vec::new() };
    let own = indent(head);
    let belongs = |line: &&str| line.trim().is_empty() || indent(line) > own;
    let mut block: Vec<_> =
        std::iter::once(head).chain(lines.take_while(belongs)).collect();
    while block.last().is_some_and(|line| line.trim().is_empty() || is_comment(line)) {
        block.pop();
    }
    block.into_iter().map(|line| line.get(own..).unwrap_or_default()).collect()
}

/// Returns the width of the indentation of a line.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Returns true if a line is a comment.
fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}
