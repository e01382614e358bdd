//! The lines of the entries of a file, for maps in block notation, and edits of them.
//!
//! Takes the text of a file; returns its maps in block notation. Values in other notations are not divided. Takes a
//! location and the new contents of the whole file; returns the text in which only the lines of that location differ. A
//! value on one line is formatted again completely.

use std::ops::Range;

use super::super::{Key, Map, Node, NodeKind, Pairs, Tree, text};

/// The lines of a file, by their keys.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    pub(super) rows: Vec<&'a str>,
    root: Node,
}

/// An entry of a map in block notation.
type Entry = (Key, Node);

/// Returns the entries of a map in block notation.
fn block(node: &Node) -> Option<&Pairs> {
    match &node.kind {
        NodeKind::Map(entries) if !node.flow => Some(entries),
        _ => None,
    }
}

impl<'a> Lines<'a> {
    /// Parses a file; `None` if it is not a map with a line for each key.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        Self::of(text, super::parse(text).ok()?).ok()
    }

    /// Determines the lines of a parsed file.
    pub(super) fn of(text: &'a str, root: Node) -> Result<Self, String> {
        if block(&root).is_none() {
            return Err("this file is not a map with a line for each key".to_owned());
        }
        Ok(Self { text, rows: text.split_inclusive('\n').collect(), root })
    }

    /// Returns the line where a value begins, counted from 1, or that of the nearest parent with its own line.
    pub(crate) fn line_of(&self, keys: &[&str]) -> Option<u32> {
        let (mut node, mut line) = (&self.root, None);
        for key in keys {
            let Some((key, value)) = block(node).and_then(|it| it.get(*key)) else {
                break;
            };
            (node, line) = (value, Some(key.line));
        }
        line
    }

    /// Returns the path of keys to a line, counted from 1.
    pub(crate) fn keys_at(&self, line: u32) -> Vec<String> {
        let mut keys = Vec::new();
        let mut node = &self.root;
        while let Some(entries) = block(node) {
            // The entry that begins last before the line, if the line is part of it.
            let index = entries.partition_point(|_, (key, _)| key.line <= line);
            let entry = index.checked_sub(1).and_then(|index| entries.get_index(index));
            let here = |entry: &Entry| self.extent(entry).contains(&index_of(line));
            let Some((key, entry)) = entry.filter(|(_, entry)| here(entry)) else {
                break;
            };
            keys.push(key.clone());
            node = &entry.1;
        }
        keys
    }

    /// Returns the column of a byte of the file.
    fn column(&self, offset: u32) -> usize {
        let before = self.text.get(..offset as usize).unwrap_or_default();
        before.len() - before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Returns the lines of an entry, without the comments and blank lines around it.
    fn extent(&self, (key, _): &Entry) -> Range<usize> {
        extent(&self.rows, index_of(key.line), self.column(key.span.start))
    }

    /// Returns the lines of the entry of an entry at a location, such as `fields.name`.
    pub(super) fn lines_at(&self, path: &[String]) -> Option<Range<usize>> {
        let [section, key, ..] = path else { return None };
        let (_, section) = block(&self.root)?.get(section)?;
        Some(self.extent(block(section)?.get(key)?))
    }

    /// Returns the lines of an entry, including the comments directly above.
    fn extent_with_comment(&self, entry: &Entry) -> Range<usize> {
        let extent = self.extent(entry);
        let above = self.rows[..extent.start].iter().rev();
        let comments = above.take_while(|line| line.trim_start().starts_with('#'));
        let start = extent.start - comments.count();
        // Comments at the beginning of a file describe the whole file.
        if start == 0 { extent } else { start..extent.end }
    }

    /// Returns the comment in the line of a key, with the spaces before it.
    fn comment(&self, (key, value): &Entry) -> Option<&'a str> {
        let line = self.rows.get(index_of(key.line))?.trim_end();
        // A value on its own line has only a comment after its key.
        let last = if value.line == key.line { value.span } else { key.span };
        let rest = line.get(self.column(last.end.max(key.span.end))..)?;
        let comment = &rest[rest.find(" #")?..];
        let gap = rest[..rest.len() - comment.len()].trim_end().len();
        Some(&rest[gap..])
    }

    /// Returns true if a line is blank. There is no line before the first one.
    fn is_blank(&self, line: usize) -> bool {
        self.rows.get(line).is_some_and(|line| line.trim().is_empty())
    }

    /// Returns true if all entries of a map have a blank line before them, or if any has.
    fn is_loose(&self, entries: &Pairs, any: bool) -> bool {
        let gap = |entry: &Entry| {
            let start = self.extent_with_comment(entry).start;
            start > 0 && self.is_blank(start - 1)
        };
        let mut others = entries.values().skip(1);
        if any { others.any(gap) } else { entries.len() > 1 && others.all(gap) }
    }

    /// Returns the text with the new value at a location, which is created or removed if necessary. `after` are keys
    /// before a new one.
    pub(super) fn rewrite(
        &self,
        place: &[String],
        after: &[String],
        wanted: &Tree,
    ) -> Result<String, String> {
        let (mut node, mut value) = (&self.root, wanted);
        for (depth, key) in place.iter().enumerate() {
            let Some(entries) = block(node) else { break };
            let last = depth + 1 == place.len();
            match (entries.get(key), value.get(key)) {
                (None, None) => return Ok(self.text.to_owned()),
                (None, Some(inner)) => {
                    let after = if last { after } else { &[] };
                    return Ok(self.insert(entries, after, key, inner, depth == 0));
                }
                (Some(entry), None) => return Ok(self.remove(entry)),
                (Some((_, further)), Some(inner))
                    if !last && block(further).is_some() =>
                {
                    (node, value) = (further, inner);
                }
                (Some(entry), Some(inner)) => return Ok(self.replace(entry, inner)),
            }
        }
        Err("the location does not exist".to_owned())
    }

    fn replace(&self, entry: &Entry, value: &Tree) -> String {
        let mut printed = printed(&entry.0.text, value, self.column(entry.0.span.start));
        if let Some(comment) = self.comment(entry) {
            let end = printed.find('\n').unwrap_or(printed.len());
            printed.insert_str(end, comment);
        }
        self.spliced(self.extent(entry), &printed)
    }

    fn remove(&self, entry: &Entry) -> String {
        let mut extent = self.extent_with_comment(entry);
        let last = extent.end == self.rows.len();
        let blank_above = extent.start > 0 && self.is_blank(extent.start - 1);
        if blank_above && (last || self.is_blank(extent.end)) {
            extent.start -= 1;
        }
        self.spliced(extent, "")
    }

    fn insert(
        &self,
        entries: &Pairs,
        after: &[String],
        key: &str,
        value: &Tree,
        top: bool,
    ) -> String {
        let before = after.iter().rev().find_map(|after| entries.get(after));
        let before = before.or(entries.values().last());
        let indent = before.map_or(0, |(key, _)| self.column(key.span.start));
        let value = if top { as_section(value) } else { value.clone() };
        let printed = printed(key, &value, indent);
        let at = before.map_or(self.rows.len(), |entry| self.extent(entry).end);
        let section = printed.lines().next().is_some_and(|line| line.ends_with(':'));
        let gap =
            if self.is_loose(entries, top) && (section || !top) { "\n" } else { "" };
        let line_ends = at == 0 || self.rows[at - 1].ends_with('\n');
        let line_end = if line_ends { "" } else { "\n" };
        self.spliced(at..at, &format!("{line_end}{gap}{printed}"))
    }

    fn spliced(&self, range: Range<usize>, with: &str) -> String {
        let (before, after) = (&self.rows[..range.start], &self.rows[range.end..]);
        before.concat() + with + &after.concat()
    }
}

/// Returns the lines of an entry, by that of its key and its indentation.
pub(crate) fn extent(lines: &[&str], start: usize, indent: usize) -> Range<usize> {
    let mut end = start + 1;
    for (at, line) in lines.iter().enumerate().skip(end) {
        let text = line.trim_end();
        let depth = text.len() - text.trim_start().len();
        let item = depth == indent && text[depth..].starts_with('-');
        if !text.is_empty() && depth <= indent && !item {
            break;
        }
        if !text.is_empty() {
            end = at + 1;
        }
    }
    start..end
}

/// Returns the index of a line that is counted from 1.
pub(crate) fn index_of(line: u32) -> usize {
    (line as usize).saturating_sub(1)
}

/// Formats a map of maps as a section.
fn as_section(value: &Tree) -> Tree {
    match value {
        Tree::Map(map) if map.iter().any(|(_, value)| matches!(value, Tree::Map(_))) => {
            Tree::Map(map.clone().section())
        }
        other => other.clone(),
    }
}

fn printed(key: &str, value: &Tree, indent: usize) -> String {
    text::house(&Map::new().with(key, value.clone()), indent)
}
