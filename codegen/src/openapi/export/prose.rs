//! Documentation as descriptions: rustdoc and `OpenAPI` both use Markdown, so that only line breaks differ.

use crate::model::Deprecation;
use crate::rust::docs;

use super::super::{Map, Tree};

/// Prose as one text, each paragraph in a line of its own.
pub(super) fn text(prose: &str) -> String {
    lines(&docs::lines(prose))
}

/// The lines of documentation as one text, each paragraph in a line of its own.
pub(super) fn lines(docs: &[String]) -> String {
    let mut text = String::new();
    let mut fenced = false;
    for line in docs {
        let fence = line.trim_start().starts_with("```");
        let own_line = fence || fenced || line.starts_with(['-', '*', '|', '#', '>']);
        let begins = text.is_empty() || text.ends_with('\n');
        match (line.is_empty(), own_line || fenced_end(&text)) {
            (true, _) => text.push_str("\n\n"),
            (false, true) if !begins => text.push('\n'),
            (false, false) if !begins => text.push(' '),
            _ => {}
        }
        text.push_str(line);
        fenced ^= fence;
    }
    text
}

/// Returns the first sentence, for lists.
pub(super) fn summary(text: &str) -> String {
    let line = text.split('\n').next().unwrap_or_default();
    let end = line.find(". ").map_or(line.len(), |end| end + 1);
    line[..end].trim_end_matches('.').to_owned()
}

/// Returns the details of a deprecation.
pub(super) fn deprecation(said: &Deprecation) -> Tree {
    let details = Map::new()
        .with_some("use", said.instead.as_ref())
        .with_some("since", said.since.as_ref())
        .with_flag("planned", said.planned);
    if details.is_empty() { Tree::Bool(true) } else { Tree::Map(details) }
}

/// Returns true if the text so far ends with a code block.
fn fenced_end(text: &str) -> bool {
    text.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("```"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(docs: &[&str]) -> Vec<String> {
        docs.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn paragraphs_become_lines() {
        let docs = lines(&[
            "One",
            "and more.",
            "",
            "- a",
            "b",
            "- c",
            "",
            "```text",
            "x",
            "y",
            "```",
        ]);
        assert_eq!(
            super::lines(&docs),
            "One and more.\n\n- a b\n- c\n\n```text\nx\ny\n```"
        );
    }

    #[test]
    fn a_summary_is_the_first_sentence() {
        assert_eq!(summary("Does this, e.g. that. And more."), "Does this, e.g");
    }
}
