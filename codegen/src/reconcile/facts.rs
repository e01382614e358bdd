//! Formats, limits and other facts of fields. Adds those that the draft has and our description lacks.

use super::draft::FieldDraft;
use super::{Comparison, Home, Note, NoteKind, Unit};
use crate::model::{self, Scalar, TypeRef};
use crate::yaml::edit::Change;
use crate::yaml::{Map, Tree};

/// Facts that can be added to an existing field.
const FACTS: &[&str] = &[
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

impl Comparison<'_> {
    /// Compares formats, constraints and similar facts.
    pub(super) fn facts(
        &mut self,
        home: &Home,
        name: &str,
        field: &model::Field,
        theirs: &FieldDraft,
    ) {
        let present = present(field);
        let keys = home.field(name);
        let from = match theirs.sentences.as_slice() {
            [] => String::new(),
            sentences => format!(", from \"{}\"", sentences.join(" ")),
        };
        for (key, value) in theirs.rest.iter().filter(|(key, _)| FACTS.contains(key)) {
            match present.get(key) {
                None if covered(key, field) => {}
                None => {
                    let shown = shown(value);
                    let message =
                        format!("`{key}` of `{name}` of {}: {shown}{from}", home.name);
                    let mut place = keys.clone();
                    place.push(key.to_owned());
                    let at = theirs.stated.as_ref().or(theirs.origin(None));
                    let note = self.noted(NoteKind::Added, &place, at, message);
                    let unit = self.fact(note, &keys, key, value, theirs);
                    self.found.units.push(unit);
                }
                Some(known) if known == value || key == "deprecated" => {}
                Some(known) => {
                    let message = format!(
                        "`{key}` of `{name}` of {} is {} in the document, and {} in the description",
                        home.name,
                        shown(value),
                        shown(known)
                    );
                    let at = theirs.stated.as_ref().or(theirs.origin(None)).cloned();
                    self.note(NoteKind::Undecided, &keys, at.as_ref(), message);
                }
            }
        }
    }

    /// Returns a unit that adds a fact before the description of the field.
    fn fact(
        &self,
        note: Note,
        keys: &[String],
        key: &str,
        value: &Tree,
        theirs: &FieldDraft,
    ) -> Unit {
        let mut unit = self.set(note, keys, key, value.clone());
        let before_max = key == "max" && theirs.rest.get("min").is_some();
        let after = if before_max { Some("min") } else { None };
        for (_, edit) in &mut unit.edits {
            if let Change::Set { after: place, .. } = &mut edit.change {
                *place = after.or(self.last_key(keys)).map(str::to_owned);
            }
        }
        unit
    }

    /// Returns the last key that a field has before its description.
    fn last_key(&self, keys: &[String]) -> Option<&'static str> {
        let (name, path) = keys.split_last()?;
        let home = Home {
            file: self.file.to_owned(),
            name: path.get(1).cloned().unwrap_or_default(),
            path: path.to_vec(),
        };
        let field = self.ours.fields(&home)?.get(name)?.as_ref()?;
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
}

/// Returns true if another key of the field implies this one.
fn covered(key: &str, field: &model::Field) -> bool {
    let rules = &field.rules;
    match key {
        "max_len" => rules.max_bytes().is_some(),
        "max_bytes" => rules.max_len().is_some(),
        // An ID and a time have the form that they have.
        "format" => !matches!(field.ty.element(), TypeRef::Scalar(Scalar::String)),
        _ => false,
    }
}

/// Returns the facts of a field, with the keys of its file.
fn present(field: &model::Field) -> Map {
    let rules = &field.rules;
    let numbers = rules.one_of().iter().copied().collect::<Tree>();
    Map::new()
        .with_some("format", rules.format())
        .with_some("key_format", rules.key_format())
        .with_some("default", field.default.clone())
        .with_filled("one_of", numbers)
        .with_some("max_bytes", rules.max_bytes())
        .with_some("max_len", rules.max_len())
        .with_some("min", rules.min())
        .with_some("max", rules.max())
        .with_some("min_items", rules.min_items())
        .with_some("deprecated", field.deprecated.as_ref().map(|_| true))
}

fn shown(value: &Tree) -> String {
    format!("`{}`", serde_json::to_string(value).unwrap_or_default().trim_matches('"'))
}
