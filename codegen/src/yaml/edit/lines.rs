//! One edit of the lines of a file.
//!
//! Enters the text, the place and what the whole file is to say; leaves the text in which nothing but the lines of that
//! place differ. Where the value of the place stands in one line, all of it is laid out anew.

use std::ops::Range;

use super::super::{Map, Tree, text};
use super::layout::{Block, Entry, Layout};

/// The text with the value at a place as it is to be. The place is made, or taken out, where that is needed. `after` is
/// the key that a new one stands behind.
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
    Err("there is no such place".to_owned())
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

/// What a map is made for is a section, if it holds maps.
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
