//! Where the entries of a file stand: the lines of each, as far as maps go on in lines of their own.
//!
//! Enters the text of a file; leaves its maps in block notation. What is written in any other way is left whole.

use std::ops::Range;

use super::super::{Key, Node, NodeKind};

/// A map whose entries have lines of their own.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Columns that its keys are indented by.
    pub(super) indent: usize,
    pub(super) entries: Vec<Entry>,
}

/// An entry of such a map.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    /// The line of the key, counted from 0.
    pub(super) line: usize,
    /// What it holds, where that is such a map as well.
    pub(super) block: Option<Block>,
    /// The byte of the line of the key that nothing but a comment can follow.
    end: usize,
}

/// A file, line by line.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) lines: Vec<&'a str>,
    pub(super) root: Block,
}

impl<'a> Layout<'a> {
    /// Lays out a file that was read.
    pub(super) fn of(text: &'a str, root: &Node) -> Result<Self, String> {
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        let starts = lines
            .iter()
            .scan(0, |start, line| Some(std::mem::replace(start, *start + line.len())));
        let starts: Vec<usize> = starts.collect();
        let root = block(root, &starts);
        let root = root.ok_or("this file is no map with a line for each key")?;
        Ok(Self { lines, root })
    }

    /// The lines of an entry, less the comments and blank lines around it.
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

    /// The same with the lines of comment right above, which say something about it.
    pub(super) fn extent_with_comment(
        &self,
        entry: &Entry,
        indent: usize,
    ) -> Range<usize> {
        let extent = self.extent(entry, indent);
        let above = self.lines[..extent.start].iter().rev();
        let comments = above.take_while(|line| line.trim_start().starts_with('#'));
        let start = extent.start - comments.count();
        // What stands at the very beginning is about the whole file.
        if start == 0 { extent } else { start..extent.end }
    }

    /// The comment in the line of a key, with the spaces before it.
    pub(super) fn comment(&self, entry: &Entry) -> Option<&'a str> {
        let line = self.lines.get(entry.line)?.trim_end();
        let rest = line.get(entry.end..)?;
        let comment = &rest[rest.find(" #")?..];
        let gap = rest[..rest.len() - comment.len()].trim_end().len();
        Some(&rest[gap..])
    }

    /// Whether a line is blank. What is before the first one is not there.
    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.trim().is_empty())
    }

    /// Whether all entries of a map have a blank line before them, or any has.
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

/// The entries of a map in block notation, however many such maps are in it.
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
        // What begins in a line of its own leaves nothing but a comment behind its key.
        let last = if value.line == key.line { value.span } else { key.span };
        let end = column(last.end.max(key.span.end));
        Entry { key: key.text.clone(), line, end, block: block(value, starts) }
    };
    let entries = entries.values().map(entry).collect();
    Some(Block { indent, entries })
}

impl Block {
    /// The entry of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}
