//! Corrections of a document before it is interpreted: each has its stated effect, or is an error.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceMap, Span};
use crate::spec::{Change, Override, parse_overrides};

use super::super::document::{Document, decoded};
use super::{Note, NoteKind};
use crate::reconcile::Texts;
use crate::yaml::{Key, Node, NodeKind, Tree};

/// File of corrections.
const FILE: &str = "overrides.yaml";

/// Code of a stale correction.
const STALE: Code = Code::StaleOverride;

/// Corrects a document, if the corrections are for it.
pub(super) fn apply(
    document: &mut Document,
    files: &Texts,
) -> Result<Vec<Note>, (Diagnostics, SourceMap)> {
    let mut notes = Vec::new();
    let Some(text) = files.get(FILE) else { return Ok(notes) };
    let (overrides, sources, mut diagnostics) = parse_overrides(FILE, text);
    let Some(overrides) = overrides else { return Err((diagnostics, sources)) };
    if document.is_export() {
        return Ok(notes);
    }
    let mut note = |document: &Document, keys: &[String], message: String| {
        let note = Note::new(NoteKind::Undecided, &document.top().remark(message));
        notes.push(note.in_file(FILE, keys));
    };
    let title = title(document).unwrap_or_default();
    if title != *overrides.document {
        let message = format!(
            "the corrections are for a document with the title `{}`, and this one has `{title}`; none was applied",
            *overrides.document
        );
        note(document, &["document".to_owned()], message);
        return Ok(notes);
    }
    for correction in &overrides.overrides {
        match correct(document.root_mut(), correction) {
            // A stale correction does not prevent the import of the rest.
            Err(problem) if problem.code == STALE => {
                let help = problem.help.as_deref().unwrap_or_default();
                let message = format!("{}; {help}", problem.message);
                note(document, &[format!("overrides {}", *correction.at)], message);
            }
            Err(problem) => diagnostics.push(*problem),
            Ok(()) => {}
        }
    }
    if diagnostics.has_errors() { Err((diagnostics, sources)) } else { Ok(notes) }
}

/// Returns the title of a document.
pub(super) fn title(document: &Document) -> Option<String> {
    document.top().get("info")?.text_of("title").map(str::to_owned)
}

fn correct(root: &mut Node, correction: &Override) -> Result<(), Box<Diagnostic>> {
    let at = &correction.at;
    let span = at.span;
    let parts: Vec<&str> = at.split('/').skip(1).collect();
    let nothing = || {
        let message = format!("`{}` does not exist in the document", **at);
        let help =
            "take the correction out if it is no longer needed, or correct its place";
        Box::new(Diagnostic::error(STALE, span, message).help(help))
    };
    let (key, way) = parts.split_last().ok_or_else(nothing)?;
    let parent = way
        .iter()
        .try_fold(root, |node, part| inner_mut(node, part))
        .ok_or_else(nothing)?;
    match correction.change() {
        Some(Change::Set(value)) => set(parent, key, value, span).ok_or_else(nothing)?,
        Some(Change::Remove) => remove(parent, key).ok_or_else(nothing),
        Some(Change::Without(item)) => {
            let list = inner_mut(parent, key).ok_or_else(nothing)?;
            without(list, item).ok_or_else(|| Box::new(needless(item.span)))
        }
        // Reported while reading.
        None => Ok(()),
    }
}

fn needless(span: Span) -> Diagnostic {
    Diagnostic::error(STALE, span, "the document already contains the correction")
        .help("take the correction out: it is no longer needed")
}

/// Returns the value of a part of a pointer.
fn inner_mut<'n>(node: &'n mut Node, part: &str) -> Option<&'n mut Node> {
    let key = key(node, part)?;
    match &mut node.kind {
        NodeKind::Map(entries) => {
            entries.get_index_mut(key).map(|(_, (_, value))| value)
        }
        NodeKind::List(items) => items.get_mut(key),
        NodeKind::Scalar { .. } | NodeKind::Refused => None,
    }
}

/// Returns its index in a map or list.
fn key(node: &Node, part: &str) -> Option<usize> {
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

/// Sets a value; a missing key is added to a map.
fn set(
    parent: &mut Node,
    part: &str,
    value: &crate::spec::Spanned<Value>,
    span: Span,
) -> Option<Result<(), Box<Diagnostic>>> {
    let parent_line = parent.line;
    let new = node(value, parent_line);
    let Some(known) = inner_mut(parent, part) else {
        let NodeKind::Map(entries) = &mut parent.kind else { return None };
        let part = decoded(part);
        entries.insert(part.clone(), (Key::new(part, parent_line), new));
        return Some(Ok(()));
    };
    if known.tree() == Tree::from((**value).clone()) {
        return Some(Err(Box::new(needless(span))));
    }
    *known = Node { line: known.line, ..new };
    Some(Ok(()))
}

fn remove(parent: &mut Node, part: &str) -> Option<()> {
    let key = key(parent, part)?;
    match &mut parent.kind {
        NodeKind::Map(entries) => _ = entries.shift_remove_index(key),
        NodeKind::List(items) => _ = items.remove(key),
        NodeKind::Scalar { .. } | NodeKind::Refused => return None,
    }
    Some(())
}

fn without(list: &mut Node, item: &Value) -> Option<()> {
    let NodeKind::List(items) = &mut list.kind else { return None };
    let wanted = Tree::from(item.clone());
    let at = items.iter().position(|item| item.tree() == wanted)?;
    items.remove(at);
    Some(())
}

fn node(value: &Value, line: u32) -> Node {
    let plain = |text: String| NodeKind::Scalar { text, plain: true };
    let kind = match value {
        Value::Null => plain("null".to_owned()),
        Value::Bool(value) => plain(value.to_string()),
        Value::Number(value) => plain(value.to_string()),
        Value::String(text) => NodeKind::Scalar { text: text.clone(), plain: false },
        Value::Array(items) => {
            NodeKind::List(items.iter().map(|item| node(item, line)).collect())
        }
        Value::Object(map) => NodeKind::Map(
            map.iter()
                .map(|(key, value)| {
                    let key = Key::new(key.clone(), line);
                    (key.text.clone(), (key, node(value, line)))
                })
                .collect(),
        ),
    };
    Node::new(line, kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "\
openapi: 3.0.0
info: { title: A, version: 1 }
list: [a, b]
items:
  - { name: x, in: query }
  - { name: y, in: query }
";

    fn corrected(overrides: &str) -> Result<String, String> {
        let mut document = Document::read(DOCUMENT).unwrap();
        let text = format!("document: A\noverrides:\n{overrides}");
        let files = Texts::from([(FILE.to_owned(), text)]);
        match apply(&mut document, &files) {
            Ok(notes) => {
                let told = notes.iter().map(|note| note.message.as_str());
                let text = serde_json::to_string(&document.top().tree()).unwrap();
                Ok([text.as_str()]
                    .into_iter()
                    .chain(told)
                    .collect::<Vec<_>>()
                    .join("\n"))
            }
            Err((diagnostics, _)) => Err(diagnostics
                .iter()
                .map(|it| it.message.clone())
                .collect::<Vec<_>>()
                .join("; ")),
        }
    }

    #[test]
    fn corrections_change_what_they_say() {
        let changed = corrected(
            "  - { at: /info/title, set: B, reason: It is. }
  - { at: /info/more, set: { a: [1] }, reason: It is. }
  - { at: /list, without: a, reason: It is. }
  - { at: '/items/[name=x]', remove: true, reason: It is. }
",
        );
        insta::assert_snapshot!(changed.unwrap(), @r#"{"openapi":"3.0.0","info":{"title":"B","version":1,"more":{"a":[1]}},"list":["b"],"items":[{"name":"y","in":"query"}]}"#);
    }

    #[test]
    fn stale_corrections_are_reported_and_the_others_are_applied() {
        for (overrides, expected) in [
            (
                "  - { at: /info/titel, remove: true, reason: a }",
                "`/info/titel` does not exist in the document",
            ),
            (
                "  - { at: '/items/[name=z]', remove: true, reason: a }",
                "does not exist in the document",
            ),
            (
                "  - { at: /info/title, set: A, reason: a }",
                "the document already contains the correction",
            ),
            (
                "  - { at: /list, without: c, reason: a }",
                "the document already contains the correction",
            ),
        ] {
            let last = "  - { at: /info/version, set: 2, reason: a }\n";
            let notes = corrected(&format!("{overrides}\n{last}")).unwrap();
            assert!(notes.contains(expected), "{overrides}: {notes}");
            assert!(notes.contains(r#""version":2"#), "{overrides}: {notes}");
        }
    }

    #[test]
    fn there_may_be_no_corrections() {
        for overrides in ["", "  []\n"] {
            let notes = corrected(overrides).unwrap();
            assert!(!notes.contains('\n'), "{notes}");
        }
    }

    #[test]
    fn invalid_corrections_are_errors() {
        for (overrides, expected) in [
            ("  - { at: /list, reason: a }", "a correction has one of"),
            ("  - { at: list, remove: true, reason: a }", "is no JSON pointer"),
            ("  - { at: /list, remove: true, reason: '' }", "a correction has a reason"),
            ("  - { at: /list, remove: true }", "missing key `reason`"),
        ] {
            let error = corrected(overrides).unwrap_err();
            assert!(error.contains(expected), "{overrides}: {error}");
        }
    }
}
