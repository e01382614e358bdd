//! Corrections of a document before it is interpreted: each has its stated effect, or is reported as stale.

use serde_json::Value;

use super::super::document::{Document, decoded};
use super::{Note, NoteKind};
use crate::diagnostic::{Diagnostics, FileId, SourceMap};
use crate::reconcile::Texts;
use crate::spec::{Change, Override, parse_overrides};
use crate::yaml::{self, Dialect, Key, Node, NodeKind, Tree};

/// File of corrections.
const FILE: &str = "overrides.yaml";

/// Message for a correction without an effect.
const NEEDLESS: &str = "the document already contains the correction; take the correction out: it is no longer needed";

/// Corrects a document, if the corrections are for it. A stale correction does not prevent the import of the rest.
pub(super) fn apply(
    document: &mut Document,
    files: &Texts,
) -> Result<Vec<Note>, (Diagnostics, SourceMap)> {
    let Some(text) = files.get(FILE) else { return Ok(Vec::new()) };
    let (overrides, sources, diagnostics) = parse_overrides(FILE, text);
    let Some(overrides) = overrides else { return Err((diagnostics, sources)) };
    if document.is_export() {
        return Ok(Vec::new());
    }
    let note = |document: &Document, key: &str, message: String| {
        let note = Note::new(NoteKind::Undecided, document.top().remark(message));
        note.in_file(FILE, &[key])
    };
    let title = document.info("title").unwrap_or_default();
    if title != *overrides.document {
        let message = format!(
            "the corrections are for a document with the title `{}`, and this one has `{title}`; none was applied",
            *overrides.document
        );
        return Ok(vec![note(document, "document", message)]);
    }
    let mut notes = Vec::new();
    for correction in &overrides.overrides {
        if let Err(stale) = correct(document.root_mut(), correction) {
            let key = format!("overrides {}", *correction.at);
            notes.push(note(document, &key, stale));
        }
    }
    Ok(notes)
}

fn correct(root: &mut Node, correction: &Override) -> Result<(), String> {
    let at = correction.at.as_str();
    let nothing = || {
        format!(
            "`{at}` does not exist in the document; take the correction out if it is no longer needed, or correct its place"
        )
    };
    let mut parts: Vec<&str> = at.split('/').skip(1).collect();
    let last = parts.pop().ok_or_else(nothing)?;
    let mut parts = parts.into_iter();
    let parent = parts.try_fold(root, inner_mut).ok_or_else(nothing)?;
    let done = match correction.change() {
        Some(Change::Set(value)) => set(parent, last, value),
        Some(Change::Remove) => remove(parent, last),
        Some(Change::Without(item)) => {
            inner_mut(parent, last).map(|list| without(list, item))
        }
        // Reported while reading.
        None => Some(true),
    };
    let needed = done.ok_or_else(nothing)?;
    if needed { Ok(()) } else { Err(NEEDLESS.to_owned()) }
}

/// Returns the value of a part of a pointer.
fn inner_mut<'n>(node: &'n mut Node, part: &str) -> Option<&'n mut Node> {
    let index = index(node, part)?;
    match &mut node.kind {
        NodeKind::Map(entries) => {
            entries.get_index_mut(index).map(|(_, (_, value))| value)
        }
        NodeKind::List(items) => items.get_mut(index),
        NodeKind::Scalar { .. } | NodeKind::Refused => None,
    }
}

/// Returns the index of a part of a pointer in a map or list.
fn index(node: &Node, part: &str) -> Option<usize> {
    let part = decoded(part);
    match &node.kind {
        NodeKind::Map(entries) => entries.get_index_of(&part),
        NodeKind::List(items) => {
            let choice = part.strip_prefix('[').and_then(|part| part.strip_suffix(']'));
            let Some((key, value)) = choice.and_then(|choice| choice.split_once('='))
            else {
                return part.parse().ok().filter(|index| *index < items.len());
            };
            let is_it = |item: &Node| item.get(key).and_then(Node::text) == Some(value);
            items.iter().position(is_it)
        }
        NodeKind::Scalar { .. } | NodeKind::Refused => None,
    }
}

/// Sets a value; a missing key is added to a map. Returns false if it has the value already.
fn set(parent: &mut Node, part: &str, value: &Value) -> Option<bool> {
    if let Some(known) = inner_mut(parent, part) {
        let needed = known.tree() != Tree::from(value.clone());
        *known = node(value, known.line)?;
        return Some(needed);
    }
    let line = parent.line;
    let NodeKind::Map(entries) = &mut parent.kind else { return None };
    let key = Key::new(decoded(part), line);
    entries.insert(key.text.clone(), (key, node(value, line)?));
    Some(true)
}

fn remove(parent: &mut Node, part: &str) -> Option<bool> {
    let index = index(parent, part)?;
    match &mut parent.kind {
        NodeKind::Map(entries) => _ = entries.shift_remove_index(index),
        NodeKind::List(items) => _ = items.remove(index),
        NodeKind::Scalar { .. } | NodeKind::Refused => return None,
    }
    Some(true)
}

/// Removes an item of a list; returns false if it has none.
fn without(list: &mut Node, item: &Value) -> bool {
    let NodeKind::List(items) = &mut list.kind else { return false };
    let wanted = Tree::from(item.clone());
    let at = items.iter().position(|item| item.tree() == wanted);
    at.map(|at| items.remove(at)).is_some()
}

/// Returns a value that seems to be in a line of the document.
fn node(value: &Value, line: u32) -> Option<Node> {
    // JSON is YAML, and without line breaks.
    let before = "\n".repeat(usize::try_from(line).ok()?.saturating_sub(1));
    let text = format!("{before}{value}");
    yaml::read(FileId(0), &text, Dialect::Document, &mut Diagnostics::default())
}
