//! Locations of the parts of a model in the files of its description.
//!
//! Takes names of the model and the contents of the files; returns spans, the most specific first. Explanations and
//! reports about recorded traffic share it.

use crate::diagnostic::{SourceMap, Span};
use crate::model::{Operation, Service};
use crate::spec::{Entries, Field, Resource, ResourceFile, Spanned, Spec, Type};
use crate::yaml::edit::{extent, index_of};

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
    let name = operation.name.as_str();
    let own =
        file(service, spec).and_then(|file| key_of(&file.resource.operations, name));
    own.into_iter().chain(key_of(&spec.api.operations, name)).collect()
}

/// Returns a type, under the name of any of its shapes: its entry below `types:` or `enums:`, or the fields of a resource.
pub(crate) fn named(name: &str, spec: &Spec, sources: &SourceMap) -> Option<Span> {
    spec.resources.iter().find_map(|file| {
        let resource = &file.resource;
        let entry = type_entry(name, resource).map(|(key, _)| key.span);
        let enumeration = || key_of(&resource.enums, name);
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
            return Some(vec![key_of(&found.values, wire)?]);
        }
        let own = || is_shape(name, resource).then_some(&resource.fields);
        let fields = type_entry(name, resource).map(|(_, ty)| &ty.fields).or_else(own);
        Some(field(fields?, wire, spec))
    });
    found.unwrap_or_default()
}

fn field(fields: &Entries<Option<Field>>, wire: &str, spec: &Spec) -> Vec<Span> {
    let Some((key, field)) = fields.get_key_value(wire) else { return Vec::new() };
    let whole = field.as_ref().is_some_and(|field| field.kind.is_some());
    let common = key_of(&spec.api.fields, wire).filter(|_| !whole);
    std::iter::once(key.span).chain(common).collect()
}

/// Returns an error code.
pub(crate) fn error_code(number: u32, spec: &Spec) -> Option<Span> {
    key_of(&spec.errors.codes, &number.to_string())
}

fn key_of<T>(entries: &Entries<T>, key: &str) -> Option<Span> {
    entries.get_key_value(key).map(|(key, _)| key.span)
}

/// Returns the entry below `types:` that describes a type, perhaps under the name of another shape.
fn type_entry<'a>(
    name: &str,
    resource: &'a Resource,
) -> Option<(&'a Spanned<String>, &'a Type)> {
    let mut entries = resource.types.iter();
    entries.find(|(key, ty)| {
        key.as_str() == name || ty.views().any(|(_, view)| view.as_str() == name)
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
    let (lines, first) = (text.lines().collect::<Vec<_>>(), index_of(at.line));
    let Some(head) = lines.get(first) else { return Vec::new() };
    let indent = head.len() - head.trim_start().len();
    let block = &lines[extent(&lines, first, indent)];
    block.iter().map(|line| line.get(indent..).unwrap_or_default()).collect()
}
