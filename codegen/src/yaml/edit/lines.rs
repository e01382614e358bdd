//! Edits of the lines of a file.
//!
//! Takes the text, the location and the new contents of the whole file; returns the text in which only the lines of
//! that location differ. A value on one line is formatted again completely.

use std::ops::Range;

use super::super::{Map, Tree, text};
use super::layout::{Block, Entry, Layout};

/// Returns the text with the new value at a location, which is created or removed if necessary. `after` is the key
/// before a new one.
pub(super) fn rewrite(
    layout: &Layout,
    place: &[String],
    after: Option<&str>,
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
                let after = after.filter(|_| last);
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
    after: Option<&str>,
    key: &str,
    value: &Tree,
    top: bool,
) -> String {
    let value = if top { as_section(value) } else { value.clone() };
    let printed = printed(key, &value, block.indent);
    let before = after.and_then(|after| block.get(after)).or(block.entries.last());
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
