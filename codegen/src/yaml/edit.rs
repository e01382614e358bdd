//! Edits of description files that preserve everything else: comments, order, layout.
//!
//! Takes the text of a file and a list of [`Edit`]s; returns the edited text. New content is formatted like
//! hand-written files; a value on one line is formatted again if it no longer fits. Does not know the meaning of
//! keys.
//!
//! An edit touches the lines of one entry only. The parser determines these; afterwards the text is parsed again, and
//! an edit with any other effect is rejected. Two libraries were evaluated: `yaml-edit` 0.3 moves the indentation of
//! the line behind a block of text that it removes, and adds to the block above if blank lines follow; `yamlpatch`
//! 1.32 prints new values in its own style, and needs a parser in C.

mod lines;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostics, FileId};

use super::{Dialect, Map, Node, Tree, read};
pub(crate) use lines::{Lines, extent, index_of};

/// A change of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// Path of keys to the changed map or list. Missing parts are created.
    pub path: Vec<String>,
    /// Change.
    pub change: Change,
}

/// The change of a map or list.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Sets a key. A new key is inserted after the last of others that exists, otherwise at the end.
    Set {
        /// Key.
        key: String,
        /// Value.
        value: Tree,
        /// Keys before it.
        after: Vec<String>,
    },
    /// Removes a key, and the map with it if it becomes empty.
    Remove {
        /// Key.
        key: String,
    },
    /// Adds a string to a list.
    Add {
        /// String.
        item: String,
    },
    /// Replaces a string of a list.
    Replace {
        /// Old string.
        old: String,
        /// New string; `None` to remove it.
        new: Option<String>,
    },
}

/// Error for an impossible edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// Location.
    pub path: String,
    /// Reason.
    pub message: String,
}

impl Edit {
    /// Creates an edit at these keys.
    pub fn new<S: Into<String>>(
        path: impl IntoIterator<Item = S>,
        change: Change,
    ) -> Self {
        Self { path: path.into_iter().map(Into::into).collect(), change }
    }
}

/// Applies the edits in order. Line ends are those of the first line of the file.
///
/// # Errors
///
/// If an edit cannot be applied without damage to the rest of the file.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, Impossible> {
    let first_end = text.find('\n');
    if first_end.is_some_and(|at| text[..at].ends_with('\r')) {
        let edited = apply(&text.replace("\r\n", "\n"), edits)?;
        return Ok(edited.replace('\n', "\r\n"));
    }
    if edits.len() > 1
        && let Some(edited) = by_entry(text, edits)
    {
        return Ok(edited);
    }
    in_order(text, edits)
}

fn in_order(text: &str, edits: &[Edit]) -> Result<String, Impossible> {
    let mut text = text.to_owned();
    for edit in edits {
        text = one(&text, edit)
            .map_err(|message| Impossible { path: edit.path.join("."), message })?;
    }
    Ok(text)
}

/// Applies edits inside of entries like `fields.name` to the lines of the entry alone, then the others in order, so that
/// the file is not parsed for each edit. `None` if the result differs from edits in order.
fn by_entry(text: &str, edits: &[Edit]) -> Option<String> {
    let root = parse(text).ok()?;
    let mut wanted = root.tree();
    let all = Lines::of(text, root).ok()?;
    let mut rest = Vec::new();
    let mut parts: BTreeMap<usize, (Range<usize>, Vec<Edit>)> = BTreeMap::new();
    for edit in edits {
        change_value(&mut wanted, &edit.path, &edit.change).ok()?;
        let adds =
            !matches!(edit.change, Change::Remove { .. } | Change::Replace { .. });
        match all.lines_at(&edit.path).filter(|_| adds) {
            Some(lines) => {
                let path = edit.path[1..].to_vec();
                let part = parts.entry(lines.start).or_insert((lines, Vec::new()));
                part.1.push(Edit { path, change: edit.change.clone() });
            }
            None => rest.push(edit.clone()),
        }
    }
    let (mut edited, mut done) = (String::new(), 0);
    for (lines, edits) in parts.into_values() {
        edited += &all.rows[done..lines.start].concat();
        edited += &in_order(&all.rows[lines.clone()].concat(), &edits).ok()?;
        done = lines.end;
    }
    edited += &all.rows[done..].concat();
    let edited = in_order(&edited, &rest).ok()?;
    (parse(&edited).ok()?.tree() == wanted).then_some(edited)
}

/// Parses a file of any dialect.
fn parse(text: &str) -> Result<Node, String> {
    let mut diagnostics = Diagnostics::default();
    let root = read(FileId(0), text, Dialect::Document, &mut diagnostics);
    root.ok_or_else(|| {
        let error = diagnostics.iter().next();
        error.map_or_else(String::new, |error| error.message.clone())
    })
}

fn one(text: &str, edit: &Edit) -> Result<String, String> {
    let root = parse(text)?;
    let before = root.tree();
    let mut wanted = before.clone();
    change_value(&mut wanted, &edit.path, &edit.change)?;
    if wanted == before {
        return Ok(text.to_owned());
    }
    let mut place = edit.path.clone();
    let mut behind: &[String] = &[];
    match &edit.change {
        Change::Set { key, after, .. } => {
            place.push(key.clone());
            behind = after;
        }
        Change::Remove { key } => place.push(key.clone()),
        Change::Add { .. } | Change::Replace { .. } => {}
    }
    let edited = Lines::of(text, root)?.rewrite(&place, behind, &wanted)?;
    match parse(&edited) {
        Ok(after) if after.tree() == wanted => Ok(edited),
        _ => Err("it cannot be written here without damage to the rest".to_owned()),
    }
}

/// Applies a change inside of a value.
fn change_value(
    value: &mut Tree,
    path: &[String],
    change: &Change,
) -> Result<(), String> {
    if let Some((key, rest)) = path.split_first() {
        let map = as_map(value)?;
        let inner = map.at(key);
        change_value(inner, rest, change)?;
        let gone = matches!(change, Change::Remove { .. } | Change::Replace { .. });
        if gone && inner.is_empty() {
            *map = std::mem::take(map).without(key);
        }
        return Ok(());
    }
    match change {
        Change::Set { key, value: new, after } => {
            let map = as_map(value)?;
            let behind = after.iter().rev().find(|after| map.contains_key(*after));
            map.set_behind(behind.map_or("", String::as_str), key, new.clone());
        }
        Change::Remove { key } => {
            let map = as_map(value)?;
            *map = std::mem::take(map).without(key);
        }
        Change::Add { item } => {
            let items = as_list(value)?;
            let text = Tree::from(item);
            if !items.contains(&text) {
                items.push(text);
            }
        }
        Change::Replace { old, new } => {
            let items = as_list(value)?;
            let old = Tree::from(old);
            match new {
                Some(new) => items
                    .iter_mut()
                    .filter(|item| **item == old)
                    .for_each(|item| *item = Tree::from(new)),
                None => items.retain(|item| *item != old),
            }
        }
    }
    Ok(())
}

/// Converts a string in place of a map, which is its description.
fn as_map(value: &mut Tree) -> Result<&mut Map, String> {
    match value {
        Tree::Null => *value = Map::new().into(),
        Tree::Text(doc) => *value = Map::new().with("doc", std::mem::take(doc)).into(),
        _ => {}
    }
    match value {
        Tree::Map(map) => Ok(map),
        _ => Err("not a map".to_owned()),
    }
}

fn as_list(value: &mut Tree) -> Result<&mut Vec<Tree>, String> {
    if matches!(value, Tree::Null) {
        *value = Tree::List(Vec::new());
    }
    match value {
        Tree::List(items) => Ok(items),
        _ => Err("not a list".to_owned()),
    }
}
