//! Printing of trees.
//!
//! Takes a [`Tree`]; returns YAML or JSON that any parser reads as the same values. Independent of the subject. YAML
//! has two styles: that of documents, all in block notation, for tools of any age; and that of description files, for
//! people, with short maps on one line.

mod block;
mod scalar;

use super::{Map, Tree};

/// The style of YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Block notation. Strings that an old parser could misinterpret are put in quotes.
    Document,
    /// Short maps and lists on one line, empty values omitted.
    House,
}

/// Maximum width of a line of text, if words permit.
const WIDTH: usize = 118;

/// Prints a tree as a YAML document.
#[must_use]
pub fn to_yaml(tree: &Tree) -> String {
    match tree {
        Tree::Map(map) if !map.is_empty() => block::map(map, 0, Style::Document),
        Tree::List(items) if !items.is_empty() => block::list(items, 0, Style::Document),
        other => block::on_one_line(other, Style::Document) + "\n",
    }
}

/// Prints a tree as a JSON document.
#[must_use]
pub fn to_json(tree: &Tree) -> String {
    // A tree contains nothing that JSON cannot represent.
    serde_json::to_string_pretty(tree).unwrap_or_default() + "\n"
}

/// Prints the entries of a map as in a description file, with this indentation.
#[must_use]
pub fn house(map: &Map, indent: usize) -> String {
    block::map(map, indent, Style::House)
}

/// Wraps paragraphs to lines, with a line break at the end, for a block.
#[must_use]
pub(crate) fn paragraphs(text: &str) -> String {
    let mut wrapped = String::new();
    let mut fenced = false;
    for line in text.trim().lines() {
        let fence = line.trim_start().starts_with("```");
        if fence || fenced || !block::can_fold(line) {
            wrapped.push_str(line.trim_end());
            wrapped.push('\n');
        } else {
            for line in block::wrap(line, 2) {
                wrapped.push_str(&line);
                wrapped.push('\n');
            }
        }
        fenced ^= fence;
    }
    wrapped
}
