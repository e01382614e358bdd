//! Collections and long strings: each key on its own line, or all on one line.

use super::scalar::{self, Place};
use super::{Map, Style, Tree, WIDTH};

/// Indentation of each level, in columns.
const STEP: usize = 2;

/// Prints the entries of a map, with this indentation.
pub(super) fn map(map: &Map, indent: usize, style: Style) -> String {
    let mut out = String::new();
    for (key, value) in map.iter() {
        let head = format!("{:indent$}{}:", "", scalar::key(key, Place::Block, style));
        out.push_str(&with_value(head, value, indent, style));
    }
    out
}

/// Prints the items of a list, with this indentation.
pub(super) fn list(items: &[Tree], indent: usize, style: Style) -> String {
    items.iter().map(|item| list_item(item, indent, style)).collect()
}

/// Prints an item. A collection begins in the line of the dash, indented by two columns.
fn list_item(item: &Tree, indent: usize, style: Style) -> String {
    let inner = indent + STEP;
    let body = match item {
        _ if fits_line(item, indent, style) => None,
        Tree::Map(map) if !map.is_empty() => Some(self::map(map, inner, style)),
        Tree::List(items) if !items.is_empty() => Some(list(items, inner, style)),
        _ => None,
    };
    match body {
        Some(body) => format!("{:indent$}- {}", "", &body[inner..]),
        None => with_value(format!("{:indent$}-", ""), item, indent, style),
    }
}

/// Prints a key or dash, and its value.
fn with_value(head: String, value: &Tree, indent: usize, style: Style) -> String {
    let column = head.chars().count() + 1;
    match value {
        Tree::Null if style == Style::House => head + "\n",
        Tree::Text(text) => head + &behind_head(text, column, indent, style),
        _ if fits_line(value, column, style) => {
            format!("{head} {}\n", on_one_line(value, style))
        }
        Tree::Map(inner) if !inner.is_empty() => {
            format!("{head}\n{}", map(inner, indent + STEP, style))
        }
        Tree::List(items)
            if style == Style::House
                && !items.is_empty()
                && items.iter().all(is_scalar) =>
        {
            format!("{head}\n{}", wrapped_list(items, indent + STEP))
        }
        Tree::List(items) if !items.is_empty() => {
            format!("{head}\n{}", list(items, indent + STEP, style))
        }
        other => format!("{head} {}\n", on_one_line(other, style)),
    }
}

/// Returns true if a value fits on the line of its key.
fn fits_line(value: &Tree, column: usize, style: Style) -> bool {
    match value {
        Tree::Null | Tree::Bool(_) | Tree::Number(_) => true,
        Tree::Text(_) => false,
        Tree::List(_) | Tree::Map(_) => {
            style == Style::House
                && can_flow(value)
                && column + on_one_line(value, style).chars().count() <= WIDTH
        }
    }
}

/// Returns true if no part of it needs its own lines.
fn can_flow(tree: &Tree) -> bool {
    match tree {
        Tree::Map(map) => {
            !map.is_section() && map.iter().all(|(_, value)| can_flow(value))
        }
        // Each of several maps has its own line.
        Tree::List(items) => items.iter().all(is_scalar),
        Tree::Text(text) => !text.contains('\n'),
        _ => true,
    }
}

fn is_scalar(tree: &Tree) -> bool {
    !matches!(tree, Tree::List(_) | Tree::Map(_))
}

/// Prints a list in brackets, over several lines.
fn wrapped_list(items: &[Tree], indent: usize) -> String {
    let mut items = self::items(items, Style::House);
    if let Some((last, others)) = items.split_last_mut() {
        for item in others {
            item.push(',');
        }
        last.push(']');
    }
    let lines =
        join(items.iter().map(String::as_str), " ", WIDTH.saturating_sub(indent + 1));
    let lines = lines.iter().enumerate().map(|(at, line)| {
        let lead = if at == 0 { '[' } else { ' ' };
        format!("{:indent$}{lead}{line}\n", "")
    });
    lines.collect()
}

/// Prints a string after its key: on the same line if it fits, otherwise as a block.
fn behind_head(text: &str, column: usize, indent: usize, style: Style) -> String {
    let inner = indent + STEP;
    if can_stand(text) {
        let chomp = if text.ends_with('\n') { "" } else { "-" };
        return format!(
            " |{chomp}\n{}",
            lines(text.trim_end_matches('\n').split('\n'), inner)
        );
    }
    let line = scalar::text(text, Place::Block, style);
    if column + line.chars().count() <= WIDTH || !can_fold(text) {
        return format!(" {line}\n");
    }
    let wrapped = wrap(text, inner);
    format!(" >-\n{}", lines(wrapped.iter().map(String::as_str), inner))
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>, indent: usize) -> String {
    let line = |line: &str| {
        if line.is_empty() { "\n".to_owned() } else { format!("{:indent$}{line}\n", "") }
    };
    lines.map(line).collect()
}

/// Prints a value on one line.
pub(super) fn on_one_line(tree: &Tree, style: Style) -> String {
    match tree {
        Tree::Null => "null".to_owned(),
        Tree::Bool(value) => value.to_string(),
        Tree::Number(number) => scalar::number(number),
        Tree::Text(text) => scalar::text(text, Place::Flow, style),
        Tree::List(list) => format!("[{}]", items(list, style).join(", ")),
        Tree::Map(map) if map.is_empty() => "{}".to_owned(),
        Tree::Map(map) => {
            let entries = map.iter().map(|(key, value)| {
                let key = scalar::key(key, Place::Flow, style);
                format!("{key}: {}", on_one_line(value, style))
            });
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Prints the items of a list, each on one line.
fn items(items: &[Tree], style: Style) -> Vec<String> {
    items.iter().map(|item| on_one_line(item, style)).collect()
}

/// Breaks words into lines of the maximum width, minus the indentation.
pub(super) fn wrap(text: &str, indent: usize) -> Vec<String> {
    join(text.split(' '), " ", WIDTH.saturating_sub(indent))
}

/// Joins parts as long as they fit the width.
fn join<'a>(
    parts: impl Iterator<Item = &'a str>,
    between: &str,
    width: usize,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line)
                if line.chars().count() + between.len() + part.chars().count()
                    <= width =>
            {
                line.push_str(between);
                line.push_str(part);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines
}

/// Returns true if the string is unchanged after breaking it between words and parsing it.
pub(super) fn can_fold(text: &str) -> bool {
    text.contains(' ')
        && text.chars().all(scalar::is_printable)
        && text.split(' ').all(|word| !word.is_empty())
}

/// Returns true if the string can be printed unchanged, line by line.
fn can_stand(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let first = body.split('\n').next().unwrap_or_default();
    text.contains('\n')
        && !first.is_empty()
        && !first.starts_with([' ', '\t'])
        && !body.ends_with(['\n', ' '])
        && body.split('\n').all(|line| {
            line.chars().all(scalar::is_printable) && !line.trim().is_empty()
                || line.is_empty()
        })
}
