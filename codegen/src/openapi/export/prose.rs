//! Documentation as descriptions: rustdoc and `OpenAPI` both use Markdown, so that only line breaks differ.

use crate::rust::docs;

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

/// Returns true if the text so far ends with a code block.
fn fenced_end(text: &str) -> bool {
    text.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("```"))
}
