//! Values on one line.

use super::scalar::{self, Place};
use super::{Map, Style, Tree};

/// Prints a value on one line.
pub(super) fn value(tree: &Tree, style: Style) -> String {
    match tree {
        Tree::Null => "null".to_owned(),
        Tree::Bool(value) => value.to_string(),
        Tree::Number(number) => scalar::number(number),
        Tree::Text(text) => scalar::text(text, Place::Flow, style),
        Tree::List(items) => list(items, style),
        Tree::Map(map) => self::map(map, style),
    }
}

/// Prints the items of a list, each on one line.
pub(super) fn items(items: &[Tree], style: Style) -> Vec<String> {
    items.iter().map(|item| value(item, style)).collect()
}

fn list(list: &[Tree], style: Style) -> String {
    format!("[{}]", items(list, style).join(", "))
}

fn map(map: &Map, style: Style) -> String {
    if map.is_empty() {
        return "{}".to_owned();
    }
    let entry = |(key, value): (&str, &Tree)| {
        format!(
            "{}: {}",
            scalar::key(key, Place::Flow, style),
            self::value(value, style)
        )
    };
    format!("{{ {} }}", map.iter().map(entry).collect::<Vec<_>>().join(", "))
}
