//! Prose of a document as prose of a description.

use super::prose;
use crate::names::article;

/// Returns Markdown without escapes for other tools: it is escaped again where it is used.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut code = false;
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '`' => code = !code,
            '\\' if !code
                && chars.peek().is_some_and(|next| "<>[]`_*".contains(*next)) =>
            {
                plain.extend(chars.next());
                continue;
            }
            _ => {}
        }
        plain.push(c);
    }
    without_autolinks(&plain)
}

/// Removes the brackets of `<https://...>`.
fn without_autolinks(text: &str) -> String {
    let mut parts = text.split("<http");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('>') {
            Some((address, rest)) if !address.contains(char::is_whitespace) => {
                plain.extend(["http", address, rest]);
            }
            _ => plain.extend(["<http", part]),
        }
    }
    plain
}

/// Removes paragraphs that only describe a deprecation, which has its own key.
pub(super) fn without_notes(text: &str) -> String {
    let says_more = |paragraph: &&str| !prose::read(paragraph).text.is_empty();
    text.split("\n\n").filter(says_more).collect::<Vec<_>>().join("\n\n")
}

/// Returns the text before the first empty line.
pub(super) fn first_paragraph(text: &str) -> String {
    text.split("\n\n").next().unwrap_or_default().trim().to_owned()
}

/// Returns the description of an undescribed type.
pub(super) fn placeholder(noun: &str) -> String {
    let article = if article(noun) == "an" { "An" } else { "A" };
    format!("{article} {noun}, as the published document has it.")
}

/// Returns the part of a sentence that fits a note.
pub(super) fn shortened(text: &str) -> String {
    const LENGTH: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LENGTH {
        line
    } else {
        line.chars().take(LENGTH).chain("...".chars()).collect()
    }
}
