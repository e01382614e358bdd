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
    let Some(entry) = file.resource.operations.entry(&operation.name) else {
        return Vec::new();
    };
    let convention = spec.api.operations.entry(&operation.name);
    std::iter::once(entry.key.span).chain(convention.map(|it| it.key.span)).collect()
}

/// Returns a type, under the name of any of its shapes: its entry below `types:` or `enums:`, or the fields of a resource.
pub(crate) fn named(name: &str, spec: &Spec, sources: &SourceMap) -> Option<Span> {
    spec.resources.iter().find_map(|file| {
        let resource = &file.resource;
        let entry = type_entry(name, resource).map(|entry| entry.key.span);
        let enumeration = || resource.enums.entry(name).map(|entry| entry.key.span);
        let shape = || {
            let first = resource.fields.keys().next()?;
            is_shape(name, resource).then(|| fields_key(first.span, sources))
        };
        entry.or_else(enumeration).or_else(shape)
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
    let suffix = name.strip_prefix(resource.resource.as_str());
    let is_own = match (suffix, &resource.request) {
        (Some(""), _) => true,
        (_, Some(request)) => **request == name,
        (suffix, None) => matches!(suffix, Some("Create" | "Update")),
    };
    is_own && !resource.fields.is_empty()
}

/// Returns the key `fields` of a file, from its first field.
fn fields_key(first: Span, sources: &SourceMap) -> Span {
    let before = sources.slice(Span { start: 0, end: first.start, ..first });
    let at = before.and_then(|before| before.rfind("\nfields:"));
    at.map_or(first, |newline| Span::of(first.file, newline + 1..newline + 1))
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
