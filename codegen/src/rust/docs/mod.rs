//! Rustdoc: from the Markdown of the description to lines of documentation.
//!
//! Takes a text as written; returns lines that rustdoc renders as intended: no word becomes a tag, a link or a
//! heading by accident, no example is run as a test. Independent of the subject.

mod blocks;
mod inline;

use blocks::Block;
pub use blocks::WIDTH;

use crate::model::{Field, Record, Rules};

/// The lines of the documentation of a field: its prose, and in sentences what its rules say to those who set it.
#[must_use]
pub fn of_field(field: &Field, record: &Record) -> Vec<String> {
    match sentences(field, record.in_requests).as_slice() {
        [] => lines(&field.docs),
        facts => with_more(&field.docs, &facts.join(" ")),
    }
}

/// The lines of the first paragraph of a text.
pub(crate) fn first_paragraph(text: &str) -> Vec<String> {
    let fenced = |line: &String| line.starts_with("```") || line.starts_with("~~~");
    let mut lines = lines(text);
    let end = lines.iter().position(|line| line.is_empty() || fenced(line));
    lines.truncate(end.unwrap_or(lines.len()));
    lines
}

/// The lines of a text.
#[must_use]
pub fn lines(text: &str) -> Vec<String> {
    blocks::split(text).into_iter().flat_map(Block::lines).collect()
}

/// The lines of a text and a few sentences more: in its paragraph, if it is a single one.
fn with_more(text: &str, more: &str) -> Vec<String> {
    match blocks::split(text).as_slice() {
        [Block::Text { lead, .. }] if lead.is_empty() => {
            lines(&format!("{} {more}", text.trim()))
        }
        _ => {
            let mut lines = lines(text);
            lines.push(String::new());
            lines.extend(self::lines(more));
            lines
        }
    }
}

/// Returns the sentences; `sent` where callers set the field.
fn sentences(field: &Field, sent: bool) -> Vec<String> {
    let rules = &field.rules;
    let deprecated = field.deprecated.as_ref();
    let only = field.only_on.as_ref();
    let mut facts = vec![
        deprecated.map(|said| format!("**Deprecated**: {}", said.note)),
        only.map(|operation| format!("Only `{operation}` returns it.")),
    ];
    if sent {
        let values = rules.one_of().iter().map(|value| format!("`{value}`"));
        let values: Vec<_> = values.collect();
        facts.extend([
            rules.max_bytes().map(|max| format!("Up to {max} bytes.")),
            rules.max_len().map(|max| format!("Up to {max} characters.")),
            range(rules),
            rules.min_items().map(|min| format!("At least {min} of them.")),
            (!values.is_empty()).then(|| format!("One of {}.", values.join(", "))),
            field.default.as_ref().map(|value| {
                let text =
                    value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                format!("Default: {}.", inline::as_code(&text))
            }),
        ]);
    }
    facts.into_iter().flatten().collect()
}

fn range(rules: &Rules) -> Option<String> {
    match (rules.min(), rules.max()) {
        (Some(min), Some(max)) => Some(format!("From {min} to {max}.")),
        (Some(min), None) => Some(format!("At least {min}.")),
        (None, Some(max)) => Some(format!("At most {max}.")),
        (None, None) => None,
    }
}
