//! Values over several lines: each key and each item on one of its own.

use super::super::{Map, Tree};
use super::{WIDTH, fold, scalar};

/// Columns that each level is indented by.
const STEP: usize = 2;

/// The entries of a map, behind that many spaces.
pub(super) fn map(map: &Map, indent: usize) -> String {
    let entry = |(key, value): (&str, &Tree)| {
        let head = format!("{:indent$}{}:", "", scalar::text(key));
        with_value(head, value, indent)
    };
    map.iter().map(entry).collect()
}

/// The items of a list, behind that many spaces.
pub(super) fn list(items: &[Tree], indent: usize) -> String {
    items.iter().map(|item| list_item(item, indent)).collect()
}

/// A collection begins in the line of the dash, two columns further in.
fn list_item(item: &Tree, indent: usize) -> String {
    let inner = indent + STEP;
    let body = match item {
        Tree::Map(map) if !map.is_empty() => self::map(map, inner),
        Tree::List(items) if !items.is_empty() => list(items, inner),
        _ => return with_value(format!("{:indent$}-", ""), item, indent),
    };
    format!("{:indent$}- {}", "", &body[inner..])
}

/// A key or dash, and what stands behind it.
fn with_value(head: String, value: &Tree, indent: usize) -> String {
    match value {
        Tree::Map(inner) if !inner.is_empty() => {
            format!("{head}\n{}", map(inner, indent + STEP))
        }
        Tree::List(items) if !items.is_empty() => {
            format!("{head}\n{}", list(items, indent + STEP))
        }
        Tree::Text(text) => {
            let column = head.chars().count() + 1;
            head + &behind_head(text, column, indent)
        }
        other => format!("{head} {}\n", scalar::value(other)),
    }
}

/// A text behind its key: in the same line if it fits, else in a block.
fn behind_head(text: &str, column: usize, indent: usize) -> String {
    let inner = indent + STEP;
    if fold::can_stand(text) {
        let chomp = if text.ends_with('\n') { "" } else { "-" };
        let text = text.strip_suffix('\n').unwrap_or(text);
        return format!(" |{chomp}\n{}", lines(text.split('\n'), inner));
    }
    let line = scalar::text(text);
    if column + line.chars().count() <= WIDTH || !fold::can_fold(text) {
        return format!(" {line}\n");
    }
    let wrapped = fold::wrap(text, inner);
    format!(" >-\n{}", lines(wrapped.iter().map(String::as_str), inner))
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>, indent: usize) -> String {
    let line = |line: &str| {
        if line.is_empty() { "\n".to_owned() } else { format!("{:indent$}{line}\n", "") }
    };
    lines.map(line).collect()
}
