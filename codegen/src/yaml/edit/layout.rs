//! The lines of the entries of a file, for maps in block notation.
//!
//! Takes the text of a file; returns its maps in block notation. Values in other notations are not divided.

use std::ops::Range;

use super::super::{Key, Node, NodeKind};

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
