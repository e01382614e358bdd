//! The lines of the entries of a file, for maps in block notation, and edits of them.
//!
//! Takes the text of a file; returns its maps in block notation. Values in other notations are not divided. Takes a
//! location and the new contents of the whole file; returns the text in which only the lines of that location differ. A
//! value on one line is formatted again completely.

use std::ops::Range;

use super::super::{Key, Map, Node, NodeKind, Tree, text};

/// A map in block notation.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Indentation of its keys, in columns.
    pub(super) indent: usize,
    pub(super) entries: Vec<Entry>,
}

/// An entry of such a map.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    /// Line of the key, counted from 0.
    pub(super) line: usize,
    /// Its value, if that is a map in block notation.
    pub(super) block: Option<Block>,
    /// The byte in the line of the key after which only a comment can follow.
    end: usize,
}

/// The lines of a file.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) lines: Vec<&'a str>,
    pub(super) root: Block,
}

impl<'a> Layout<'a> {
    /// Determines the lines of a parsed file.
    pub(super) fn of(text: &'a str, root: &Node) -> Result<Self, String> {
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        let starts = lines
            .iter()
            .scan(0, |start, line| Some(std::mem::replace(start, *start + line.len())));
        let starts: Vec<usize> = starts.collect();
        let root = block(root, &starts);
        let root = root.ok_or("this file is not a map with a line for each key")?;
        Ok(Self { lines, root })
    }

    /// Returns the lines of an entry, without the comments and blank lines around it.
    pub(super) fn extent(&self, entry: &Entry, indent: usize) -> Range<usize> {
        let mut end = entry.line + 1;
        for (at, line) in self.lines.iter().enumerate().skip(entry.line + 1) {
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
        entry.line..end
    }

    /// Returns the lines of the entry of an entry at a location, such as `fields.name`.
    pub(super) fn lines_at(&self, path: &[String]) -> Option<Range<usize>> {
        let [section, key, ..] = path else { return None };
        let block = self.root.get(section)?.block.as_ref()?;
        Some(self.extent(block.get(key)?, block.indent))
    }

    /// Returns the lines of an entry, including the comments directly above.
    pub(super) fn extent_with_comment(
        &self,
        entry: &Entry,
        indent: usize,
    ) -> Range<usize> {
        let extent = self.extent(entry, indent);
        let above = self.lines[..extent.start].iter().rev();
        let comments = above.take_while(|line| line.trim_start().starts_with('#'));
        let start = extent.start - comments.count();
        // Comments at the beginning of a file describe the whole file.
        if start == 0 { extent } else { start..extent.end }
    }

    /// Returns the comment in the line of a key, with the spaces before it.
    pub(super) fn comment(&self, entry: &Entry) -> Option<&'a str> {
        let line = self.lines.get(entry.line)?.trim_end();
        let rest = line.get(entry.end..)?;
        let comment = &rest[rest.find(" #")?..];
        let gap = rest[..rest.len() - comment.len()].trim_end().len();
        Some(&rest[gap..])
    }

    /// Returns true if a line is blank. There is no line before the first one.
    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.trim().is_empty())
    }

    /// Returns true if all entries of a map have a blank line before them, or if any has.
    pub(super) fn is_loose(&self, block: &Block, any: bool) -> bool {
        let gap = |entry: &Entry| {
            let start = self.extent_with_comment(entry, block.indent).start;
            start > 0 && self.is_blank(start - 1)
        };
        let mut entries = block.entries.iter().skip(1);
        let several = block.entries.len() > 1;
        if any { entries.any(gap) } else { several && entries.all(gap) }
    }
}

/// Returns the entries of a map in block notation, and those of nested ones.
fn block(node: &Node, starts: &[usize]) -> Option<Block> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    if node.flow {
        return None;
    }
    let mut indent = 0;
    let entry = |(key, value): &(Key, Node)| {
        let line = usize::try_from(key.line).unwrap_or_default().saturating_sub(1);
        let start = starts.get(line).copied().unwrap_or_default();
        let column = |offset: u32| usize::try_from(offset).unwrap_or_default() - start;
        indent = column(key.span.start);
        // A value on its own line has only a comment after its key.
        let last = if value.line == key.line { value.span } else { key.span };
        let end = column(last.end.max(key.span.end));
        Entry { key: key.text.clone(), line, end, block: block(value, starts) }
    };
    let entries = entries.values().map(entry).collect();
    Some(Block { indent, entries })
}

impl Block {
    /// Returns the entry of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

/// Returns the text with the new value at a location, which is created or removed if necessary. `after` are keys
/// before a new one.
pub(super) fn rewrite(
    layout: &Layout,
    place: &[String],
    after: &[String],
    wanted: &Tree,
) -> Result<String, String> {
    let (mut block, mut value) = (&layout.root, wanted);
    for (depth, key) in place.iter().enumerate() {
        let inner = value.get(key);
        let entry = block.get(key);
        let last = depth + 1 == place.len();
        match (entry, inner) {
            (None, None) => return Ok(layout.lines.concat()),
            (None, Some(inner)) => {
                let after = if last { after } else { &[] };
                return Ok(insert(layout, block, after, key, inner, depth == 0));
            }
            (Some(entry), None) => return Ok(remove(layout, entry, block)),
            (Some(entry), Some(inner)) => match &entry.block {
                Some(further) if !last => (block, value) = (further, inner),
                _ => return Ok(replace(layout, entry, block, inner)),
            },
        }
    }
    Err("the location does not exist".to_owned())
}

fn replace(layout: &Layout, entry: &Entry, block: &Block, value: &Tree) -> String {
    let mut printed = printed(&entry.key, value, block.indent);
    if let Some(comment) = layout.comment(entry) {
        let end = printed.find('\n').unwrap_or(printed.len());
        printed.insert_str(end, comment);
    }
    spliced(layout, layout.extent(entry, block.indent), &printed)
}

fn remove(layout: &Layout, entry: &Entry, block: &Block) -> String {
    let mut extent = layout.extent_with_comment(entry, block.indent);
    let last = extent.end == layout.lines.len();
    let blank_above = extent.start > 0 && layout.is_blank(extent.start - 1);
    if blank_above && (last || layout.is_blank(extent.end)) {
        extent.start -= 1;
    }
    spliced(layout, extent, "")
}

fn insert(
    layout: &Layout,
    block: &Block,
    after: &[String],
    key: &str,
    value: &Tree,
    top: bool,
) -> String {
    let value = if top { as_section(value) } else { value.clone() };
    let printed = printed(key, &value, block.indent);
    let before = after.iter().rev().find_map(|after| block.get(after));
    let before = before.or(block.entries.last());
    let at = before
        .map_or(layout.lines.len(), |entry| layout.extent(entry, block.indent).end);
    let section = printed.lines().next().is_some_and(|line| line.ends_with(':'));
    let gap = if layout.is_loose(block, top) && (section || !top) { "\n" } else { "" };
    let line_ends = at == 0 || layout.lines[at - 1].ends_with('\n');
    let line_end = if line_ends { "" } else { "\n" };
    spliced(layout, at..at, &format!("{line_end}{gap}{printed}"))
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

fn spliced(layout: &Layout, range: Range<usize>, with: &str) -> String {
    let (before, after) = (&layout.lines[..range.start], &layout.lines[range.end..]);
    before.concat() + with + &after.concat()
}
