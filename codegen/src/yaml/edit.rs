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

mod layout;
mod lines;
mod place;

use super::{Dialect, Node, Tree, read};
use crate::diagnostic::{Diagnostics, FileId};

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
    /// Sets a key. A new key is inserted after another one, if that exists, otherwise at the end.
    Set {
        /// Key.
        key: String,
        /// Value.
        value: Tree,
        /// Key before it.
        after: Option<String>,
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
    let mut text = text.to_owned();
    for edit in edits {
        text = one(&text, edit)
            .map_err(|message| Impossible { path: edit.path.join("."), message })?;
    }
    Ok(text)
}

/// The lines of a file, by their keys.
#[derive(Debug)]
pub(crate) struct Lines<'a>(layout::Layout<'a>);

impl<'a> Lines<'a> {
    /// Parses a file; `None` if it is not a map with a line for each key.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let root = parse(text).ok()?;
        layout::Layout::of(text, &root).ok().map(Self)
    }

    /// Returns the line where a value begins, counted from 1, or that of the nearest parent with its own line.
    pub(crate) fn line_of(&self, keys: &[&str]) -> Option<u32> {
        let mut block = Some(&self.0.root);
        let mut line = None;
        for key in keys {
            let Some(entry) = block.and_then(|block| block.get(key)) else { break };
            line = u32::try_from(entry.line + 1).ok();
            block = entry.block.as_ref();
        }
        line
    }

    /// Returns the keys of the map under a key.
    pub(crate) fn keys_of(&self, key: &str) -> Vec<String> {
        let block = self.0.root.get(key).and_then(|entry| entry.block.as_ref());
        let entries = block.into_iter().flat_map(|block| &block.entries);
        entries.map(|entry| entry.key.clone()).collect()
    }

    /// Returns the path of keys to a line, counted from 1.
    pub(crate) fn keys_at(&self, line: u32) -> Vec<String> {
        let line = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        let mut keys = Vec::new();
        let mut block = Some(&self.0.root);
        while let Some(inner) = block {
            // The entry that begins last before the line, if the line is part of it.
            let index = inner.entries.partition_point(|entry| entry.line <= line);
            let entry = index.checked_sub(1).and_then(|index| inner.entries.get(index));
            let entry =
                entry.filter(|it| self.0.extent(it, inner.indent).contains(&line));
            keys.extend(entry.map(|entry| entry.key.clone()));
            block = entry.and_then(|entry| entry.block.as_ref());
        }
        keys
    }
}

/// Parses a file of any dialect.
fn parse(text: &str) -> Result<Node, String> {
    let mut diagnostics = Diagnostics::new();
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
    place::change(&mut wanted, &edit.path, &edit.change)?;
    if wanted == before {
        return Ok(text.to_owned());
    }
    let mut place = edit.path.clone();
    let mut behind = None;
    match &edit.change {
        Change::Set { key, after, .. } => {
            place.push(key.clone());
            behind = after.as_deref();
        }
        Change::Remove { key } => place.push(key.clone()),
        Change::Add { .. } | Change::Replace { .. } => {}
    }
    let layout = layout::Layout::of(text, &root)?;
    let edited = lines::rewrite(&layout, &place, behind, &wanted)?;
    match parse(&edited) {
        Ok(after) if after.tree() == wanted => Ok(edited),
        _ => Err("it cannot be written here without damage to the rest".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Map;
    use super::*;

    const FILE: &str = "\
# top
noun: thing
doc: |
  A thing.

  More about it.

operations:
  create: Makes one.
  list: { doc: \"Lists them, all.\", filter: [id] }

fields:
  id: { prefix: th }
  uri:
  # about name
  name: { type: string, in: [response, create!] } # the name
  action:
    type: Action
    in: [response, create]
    doc: >-
      What is done, said at
      some length.

enums:
  Action:
    doc: What is done.
    values:
      allow: Lets it.
";

    fn set(
        path: &[&str],
        key: &str,
        value: impl Into<Tree>,
        after: Option<&str>,
    ) -> Edit {
        let change = Change::Set {
            key: key.to_owned(),
            value: value.into(),
            after: after.map(str::to_owned),
        };
        Edit::new(path.iter().copied(), change)
    }

    /// Returns the differences after the edits, line by line.
    fn diff(edits: &[Edit]) -> String {
        let edited = apply(FILE, edits).unwrap();
        assert_eq!(apply(&edited, &[]).unwrap(), edited, "an edited file is left alone");
        let (old, new): (Vec<_>, Vec<_>) =
            (FILE.lines().collect(), edited.lines().collect());
        let same_start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let rest = old.len().min(new.len()) - same_start;
        let same_end = old
            .iter()
            .rev()
            .zip(new.iter().rev())
            .take(rest)
            .take_while(|(a, b)| a == b)
            .count();
        let gone = old[same_start..old.len() - same_end]
            .iter()
            .map(|line| format!("-{line}\n"));
        let come = new[same_start..new.len() - same_end]
            .iter()
            .map(|line| format!("+{line}\n"));
        gone.chain(come).collect()
    }

    #[test]
    fn nothing_changes_without_edits() {
        assert_eq!(apply(FILE, &[]).unwrap(), FILE);
    }

    #[test]
    fn fields_are_added_in_the_style_of_the_file() {
        let short = Map::new().with("type", "string").with("doc", "A, b.");
        let long = Map::new()
            .with("type", "string")
            .with("in", vec!["response"])
            .with("doc", "word ".repeat(24).trim());
        insta::assert_snapshot!(diff(&[
            set(&["fields"], "short", short.clone(), Some("action")),
            set(&["fields"], "long", long, Some("short")),
            set(&["fields"], "last", short, None),
        ]), @r#"
        +  short: { type: string, doc: "A, b." }
        +  long:
        +    type: string
        +    in: [response]
        +    doc: >-
        +      word word word word word word word word word word word word word word word word word word word word word word
        +      word word
        +  last: { type: string, doc: "A, b." }
        "#);
    }

    #[test]
    fn places_are_added_to_lists_in_one_line_and_in_blocks() {
        let add = |field: &str| {
            Edit::new(["fields", field, "in"], Change::Add { item: "update".to_owned() })
        };
        insta::assert_snapshot!(diff(&[add("name")]), @r"
        -  name: { type: string, in: [response, create!] } # the name
        +  name: { type: string, in: [response, create!, update] } # the name
        ");
        insta::assert_snapshot!(diff(&[add("action")]), @r"
        -    in: [response, create]
        +    in: [response, create, update]
        ");
    }

    #[test]
    fn what_no_longer_fits_becomes_a_block() {
        let doc = "Why it is called what it is called, and by whom, in as many words as it takes to say so.";
        insta::assert_snapshot!(diff(&[set(&["fields", "name"], "doc", doc, None)]), @r"
        -  name: { type: string, in: [response, create!] } # the name
        +  name: # the name
        +    type: string
        +    in: [response, create!]
        +    doc: Why it is called what it is called, and by whom, in as many words as it takes to say so.
        ");
    }

    #[test]
    fn values_that_are_left_out_or_short_become_maps() {
        insta::assert_snapshot!(diff(&[set(&["fields", "uri"], "in", vec!["response-"], None)]), @r"
        -  uri:
        +  uri: { in: [response-] }
        ");
        insta::assert_snapshot!(diff(&[set(&["operations", "create"], "openapi", false, None)]), @r"
        -  create: Makes one.
        +  create: { doc: Makes one., openapi: false }
        ");
    }

    #[test]
    fn sections_are_made_with_a_line_between() {
        let record = Map::new()
            .with("doc", "Part.")
            .with("fields", Map::new().with("a", Tree::Null).section())
            .section();
        insta::assert_snapshot!(diff(&[set(&["types"], "Part", record, None)]), @r"
        +
        +types:
        +  Part:
        +    doc: Part.
        +    fields:
        +      a:
        ");
        let rule = Map::new().with("one_of", vec!["a", "b"]);
        insta::assert_snapshot!(diff(&[set(&[], "constraints", vec![rule], Some("fields"))]), @r"
        +constraints:
        +  - { one_of: [a, b] }
        +
        ");
    }

    #[test]
    fn what_is_removed_leaves_no_trace() {
        let remove = |path: &[&str], key: &str| {
            Edit::new(path.iter().copied(), Change::Remove { key: key.to_owned() })
        };
        insta::assert_snapshot!(diff(&[remove(&["fields"], "action")]), @r"
        -  action:
        -    type: Action
        -    in: [response, create]
        -    doc: >-
        -      What is done, said at
        -      some length.
        ");
        insta::assert_snapshot!(diff(&[remove(&["fields"], "name")]), @r"
        -  # about name
        -  name: { type: string, in: [response, create!] } # the name
        ");
        insta::assert_snapshot!(diff(&[remove(&["enums"], "Action")]), @r"
        -
        -enums:
        -  Action:
        -    doc: What is done.
        -    values:
        -      allow: Lets it.
        ");
        let replace = Change::Replace { old: "create!".to_owned(), new: None };
        insta::assert_snapshot!(diff(&[Edit::new(["fields", "name", "in"], replace)]), @r"
        -  name: { type: string, in: [response, create!] } # the name
        +  name: { type: string, in: [response] } # the name
        ");
    }

    #[test]
    fn lines_end_as_before() {
        let file = FILE.replace('\n', "\r\n");
        let add = set(&["fields"], "last", "string", None);
        let edited = apply(&file, std::slice::from_ref(&add)).unwrap();
        assert_eq!(edited.matches('\n').count(), edited.matches("\r\n").count());
        assert_eq!(edited.replace("\r\n", "\n"), apply(FILE, &[add]).unwrap());
    }

    #[test]
    fn what_cannot_be_edited_is_refused() {
        let edit = set(&["fields", "name", "in", "b"], "c", 1_i64, None);
        assert!(apply(FILE, &[edit]).is_err());
        assert!(apply("- a\n- b\n", &[set(&[], "c", 1_i64, None)]).is_err());
        assert!(apply("a: [\n", &[set(&[], "c", 1_i64, None)]).is_err());
    }
}
