//! Rustdoc: from the Markdown of the description to lines of documentation.
//!
//! Takes a text as written; returns lines that rustdoc renders as intended: no word becomes a tag, a link or a
//! heading by accident, no example is run as a test. Independent of the subject.

mod blocks;
mod inline;

use blocks::Block;

use crate::model::{Field, Record, Rules};

/// The lines of the documentation of a field: its prose, and in sentences what its rules say to those who set it.
pub(crate) fn of_field(field: &Field, record: &Record) -> Vec<String> {
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
pub(crate) fn lines(text: &str) -> Vec<String> {
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
    let mut facts = Vec::new();
    let mut say = |fact: Option<String>| facts.extend(fact);
    let rules = &field.rules;
    let deprecated = field.deprecated.as_ref();
    say(deprecated.map(|said| format!("**Deprecated**: {}", said.note)));
    let only = |operation: &String| format!("Only `{operation}` returns it.");
    say(field.only_on.as_ref().map(only));
    if sent {
        say(rules.max_bytes().map(|max| format!("Up to {max} bytes.")));
        say(rules.max_len().map(|max| format!("Up to {max} characters.")));
        say(range(rules));
        say(rules.min_items().map(|min| format!("At least {min} of them.")));
        say(one_of(rules));
        say(field.default.as_ref().map(|value| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            format!("Default: {}.", inline::as_code(&text))
        }));
    }
    facts
}

fn range(rules: &Rules) -> Option<String> {
    match (rules.min(), rules.max()) {
        (Some(min), Some(max)) => Some(format!("From {min} to {max}.")),
        (Some(min), None) => Some(format!("At least {min}.")),
        (None, Some(max)) => Some(format!("At most {max}.")),
        (None, None) => None,
    }
}

fn one_of(rules: &Rules) -> Option<String> {
    let values: Vec<_> =
        rules.one_of().iter().map(|value| format!("`{value}`")).collect();
    (!values.is_empty()).then(|| format!("One of {}.", values.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        lines(text).join("\n")
    }

    #[test]
    fn paragraphs_are_wrapped_and_joined() {
        let text = format!("{}\nand\nmore.\n\n\nNext.", "word ".repeat(30));
        let lines = lines(&text);
        assert!(lines.iter().all(|line| line.len() <= blocks::WIDTH), "{lines:#?}");
        assert_eq!(
            lines[1..],
            [
                "word word word word word word word word word word word word and more.",
                "",
                "Next."
            ]
        );
    }

    #[test]
    fn code_is_kept_and_never_run() {
        for (text, expected) in [
            (
                "A:\n```\nlet x;\n\n  # y\n```\nB.",
                "A:\n```text\nlet x;\n\n  # y\n```\nB.",
            ),
            ("```rust\nfn f() {}\n```", "```text\nfn f() {}\n```"),
            ("```json\n{}", "```json\n{}\n```"),
            ("~~~~\n```\n~~~~", "~~~~text\n```\n~~~~"),
            ("- a\n  ```\n  x\n  ```", "- a\n```text\nx\n```"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn lists_and_tables_stay_what_they_are() {
        let long = "word ".repeat(30);
        for (text, expected) in [
            ("One of:\n- a\n- b\n  c", "One of:\n- a\n- b c"),
            ("1. a\n2) b", "1. a\n2) b"),
            ("- a\n  - b", "- a\n  - b"),
            (
                "| a | b |\n|---|---|\n| `c` | [d] |",
                "| a | b |\n|---|---|\n| `c` | \\[d\\] |",
            ),
            ("# Title\ntext", "# Title\ntext"),
        ] {
            assert_eq!(shown(text), expected);
        }
        let row = format!("| {long} |");
        assert_eq!(shown(&row), row, "a row is one line");
        let item = lines(&format!("- {long}"));
        assert!(item[1].starts_with("  word"), "{item:#?}");
    }

    #[test]
    fn no_line_of_a_paragraph_begins_something_else() {
        let filler = "x".repeat(blocks::WIDTH - 2);
        for word in ["-", "+", "*", "1.", "12)", "#", "###", "~~~", "```x```"] {
            let lines = lines(&format!("{filler} {word} more"));
            assert!(lines[0].ends_with(word) || lines.len() == 1, "{lines:#?}");
        }
        assert_eq!(
            shown(&format!("{filler} --- more")),
            format!("{filler}\n\\--- more")
        );
    }

    #[test]
    fn what_no_comment_may_hold_is_taken_out() {
        assert_eq!(shown("a\u{202e}b\rc\td\u{0}e"), "ab c d e");
        assert_eq!(shown("```\na\rb\n```"), "```text\na b\n```");
    }

    #[test]
    fn more_goes_where_it_reads_well() {
        assert_eq!(with_more("A.", "B."), ["A. B."]);
        assert_eq!(with_more("A.\n\nC.", "B."), ["A.", "", "C.", "", "B."]);
        assert_eq!(with_more("- A", "B."), ["- A", "", "B."]);
        assert_eq!(with_more("```\nA\n```", "B."), ["```text", "A", "```", "", "B."]);
    }
}
