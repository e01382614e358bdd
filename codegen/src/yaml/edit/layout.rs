//! Where the entries of a file stand: the lines of each, as far as maps go on in lines of their own.
//!
//! Enters the text of a file; leaves its maps in block notation. What is written in any other way is left whole.

use std::ops::Range;

use serde_yaml::granit_parser::{
    self, Event, Marker, Parser, ScalarStyle, Span, StructureStyle,
};

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
    /// Where nothing but a comment can follow in the line of the key; nothing where that cannot be told.
    end: Option<usize>,
}

/// A file, line by line.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) lines: Vec<&'a str>,
    pub(super) root: Block,
}

/// Collections inside collections.
const NESTING_LIMIT: usize = 64;

impl<'a> Layout<'a> {
    /// Reads a file whose values are known to be readable.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let options = granit_parser::options! {
            emit_comments: false,
            flow_nesting_limit: NESTING_LIMIT,
            block_nesting_limit: NESTING_LIMIT,
        };
        let mut reader = Reader::default();
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, place) = event.map_err(|error| error.info().clone())?;
            reader.take(event, place);
        }
        let root = reader.root.ok_or("this file is no map with a line for each key")?;
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
        let end = line.char_indices().nth(entry.end?)?.0;
        let rest = &line[end..];
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

/// Puts the events of the parser together.
#[derive(Debug, Default)]
struct Reader {
    open: Vec<Open>,
    root: Option<Block>,
}

/// A collection whose end has not been seen.
#[derive(Debug)]
struct Open {
    /// Nothing for what is no map in block notation.
    block: Option<Block>,
    /// The next value is that of a key.
    has_key: bool,
    /// It is a map, of either notation.
    is_map: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, place: Span) {
        match event {
            Event::Scalar(text, style, ..) => {
                let header = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                let end = if header { place.start } else { place.end };
                self.value(Some(&text), place.start, end, None);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.value(None, place.start, place.end, None);
            }
            Event::SequenceStart(..) => self.begin(None, false),
            Event::MappingStart(style, ..) => {
                // What is inside of anything else has no lines of its own.
                let within = self
                    .open
                    .last()
                    .is_none_or(|open| open.block.is_some() && open.has_key);
                let block = style == StructureStyle::Block && within;
                self.begin(block.then(Block::default), true);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let block = self.open.pop().and_then(|open| open.block);
                if self.open.is_empty() {
                    self.root = block;
                } else {
                    self.value(None, place.start, place.end, block);
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, block: Option<Block>, is_map: bool) {
        self.open.push(Open { block, has_key: false, is_map });
    }

    /// Takes a key, or what the key before it holds.
    fn value(
        &mut self,
        text: Option<&str>,
        start: Marker,
        end: Marker,
        inner: Option<Block>,
    ) {
        let Some(open) = self.open.last_mut() else { return };
        let is_key = open.is_map && !open.has_key;
        open.has_key = is_key;
        let Some(block) = &mut open.block else { return };
        if is_key {
            block.indent = start.col();
            let key = text.unwrap_or_default().to_owned();
            let line = start.line().saturating_sub(1);
            block.entries.push(Entry { key, line, block: None, end: Some(end.col()) });
        } else if let Some(last) = block.entries.last_mut() {
            let same_line = end.line() == last.line + 1;
            // A map in lines of its own leaves nothing but a comment behind its key.
            last.end =
                if inner.is_some() { last.end } else { same_line.then(|| end.col()) };
            last.block = inner;
        }
    }
}

impl Block {
    /// The entry of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}
