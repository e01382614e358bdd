//! Formats, limits and the like: what the document says and the description does not is added.

use crate::model::{Field, Record, Scalar, TypeRef};
use crate::spec;

use super::super::super::home::Home;
use super::super::super::{Map, Tree, extension};
use super::super::docs;
use super::super::make::{Found, type_text};
use super::super::notes::NoteKind;
use super::super::prose::Facts;
use super::Merge;

/// What can be added to a field that is there.
const ADDED: &[&str] = &[
    "format",
    "key_format",
    "default",
    "one_of",
    "max_bytes",
    "max_len",
    "min",
    "max",
    "min_items",
    "deprecated",
];

impl<'d> Merge<'_, 'd> {
    /// Compares what is said of a field beside its type.
    pub(super) fn facts(
        &mut self,
        record: &Record,
        field: &Field,
        found: Found<'d>,
        said: &Facts,
    ) {
        if self.conventions.own {
            return;
        }
        let at = found.schema.at.clone();
        let kind = type_text(&field.ty);
        let stated = self.maker.rest(&field.wire, &[found], said, &kind);
        let present = present(field);
        for (key, value) in stated.iter().filter(|(key, _)| ADDED.contains(key)) {
            match present.get(key) {
                None if covered(key, field) => {}
                None => self.add_fact(
                    record,
                    field,
                    key,
                    value,
                    at.remark(String::new()),
                    said,
                ),
                Some(known) if known == value || key == extension::DEPRECATED => {}
                Some(known) => {
                    let message = format!(
                        "`{key}` of `{}` of {} is {} in the document, and {} in the description",
                        field.wire,
                        record.name,
                        shown(value),
                        shown(known)
                    );
                    self.maker.notes.at(NoteKind::Undecided, &at, message);
                }
            }
        }
    }

    fn add_fact(
        &mut self,
        record: &Record,
        field: &Field,
        key: &str,
        value: &Tree,
        at: super::Remark,
        said: &Facts,
    ) {
        let Some((home, _)) = Home::of(self.model, self.spec, &record.name) else {
            return;
        };
        let mut path = home.path;
        path.push(field.wire.clone());
        let source = said.found.iter().map(|(_, sentence)| docs::shortened(sentence));
        let source = source.collect::<Vec<_>>().join(" ");
        let from = if source.is_empty() {
            String::new()
        } else {
            format!(", from \"{source}\"")
        };
        let message = format!(
            "`{key}` of `{}` of {}: {}{from}",
            field.wire,
            home.name,
            shown(value)
        );
        let given = home.fields.get(&field.wire).and_then(Option::as_ref);
        let last = given.and_then(last_key);
        let after =
            if key == "max" { Some("min").filter(|_| said.min.is_some()) } else { None };
        let at = super::Remark { message, ..at };
        self.set_after(&home.file, &path, (key, after.or(last)), value.clone(), at);
    }
}

/// The last key that a field has before its description.
fn last_key(field: &spec::Field) -> Option<&'static str> {
    let keys = [
        ("type", field.kind.is_some()),
        ("request_type", field.request_type.is_some()),
        ("in", field.places.is_some()),
        ("required", field.required),
        ("nullable", field.nullable),
        ("optional", field.optional),
        ("secret", field.secret),
        ("format", field.format.is_some()),
        ("default", field.default.is_some()),
        ("one_of", !field.one_of.is_empty()),
        ("max_bytes", field.max_bytes.is_some()),
        ("max_len", field.max_len.is_some()),
        ("min", field.min.is_some()),
        ("max", field.max.is_some()),
    ];
    keys.into_iter().rev().find(|(_, there)| *there).map(|(key, _)| key)
}

/// Whether another key of the field says as much.
fn covered(key: &str, field: &Field) -> bool {
    let limits = &field.limits;
    match key {
        "max_len" => limits.max_bytes.is_some(),
        "max_bytes" => limits.max_len.is_some(),
        // An id and a time have the form that they have.
        "format" => !matches!(field.ty.element(), TypeRef::Scalar(Scalar::String)),
        _ => false,
    }
}

/// What a field says, in the keys of its file.
fn present(field: &Field) -> Map {
    let limits = &field.limits;
    let numbers = limits.one_of.iter().copied().collect::<Tree>();
    Map::new()
        .with_some("format", limits.format.as_ref())
        .with_some("key_format", limits.key_format.as_ref())
        .with_some("default", field.default.clone())
        .with_filled("one_of", numbers)
        .with_some("max_bytes", limits.max_bytes)
        .with_some("max_len", limits.max_len)
        .with_some("min", limits.min)
        .with_some("max", limits.max)
        .with_some("min_items", limits.min_items)
        .with_some(extension::DEPRECATED, field.deprecated.as_ref().map(|_| true))
}

fn shown(value: &Tree) -> String {
    format!("`{}`", serde_json::to_string(value).unwrap_or_default().trim_matches('"'))
}
