//! Prose: from the Markdown of the description to lines fit for rustdoc.

use crate::diagnostic::Diagnostic;
use crate::model::Docs;
use crate::spec::Spanned;

use super::Context;

/// Width that paragraphs are wrapped to: leaves room for the indent and the slashes.
const WIDTH: usize = 92;

/// The lines of a text, escaped and wrapped. An empty text is reported.
pub(super) fn lower(text: &Spanned<String>, context: &mut Context) -> Docs {
    if text.trim().is_empty() {
        let problem = Diagnostic::error("empty-doc", text.span, "the description is empty");
        context.diagnostics.push(problem.help("say in a sentence what a user needs to know"));
    }
    lines(text)
}

/// The lines of a text that is known to say something.
pub(super) fn lines(text: &str) -> Docs {
    let mut lines = Docs::new();
    let mut paragraph = String::new();
    let mut fenced = false;
    for line in text.trim().lines().map(str::trim_end) {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if fence || fenced {
            flush(&mut paragraph, &mut lines);
            lines.push(line.to_owned());
        } else if line.trim().is_empty() {
            flush(&mut paragraph, &mut lines);
            lines.push(String::new());
        } else if line.trim_start().starts_with(['-', '*', '|', '#', '>']) {
            flush(&mut paragraph, &mut lines);
            paragraph.push_str(line.trim());
        } else {
            let gap = if paragraph.is_empty() { "" } else { " " };
            paragraph.push_str(gap);
            paragraph.push_str(line.trim());
        }
    }
    flush(&mut paragraph, &mut lines);
    if fenced {
        lines.push("```".to_owned());
    }
    lines
}

fn flush(paragraph: &mut String, lines: &mut Docs) {
    lines.extend(wrap(&escape(paragraph)));
    paragraph.clear();
}

fn wrap(text: &str) -> Docs {
    let mut lines = Docs::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Keeps rustdoc from taking plain words for HTML or links. What stands between backticks is left alone.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    // Only a backtick that has a partner opens code.
    let mut parts = text.split('`').peekable();
    let mut code = false;
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        if code && last {
            escaped.push_str("\\`");
            escaped.push_str(&escape_plain(part));
        } else if code {
            escaped.push('`');
            escaped.push_str(part);
            escaped.push('`');
        } else {
            escaped.push_str(&escape_plain(part));
        }
        code = !code;
    }
    escaped
}

fn escape_plain(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        if word.starts_with("http://") || word.starts_with("https://") {
            let address = word.trim_end_matches(['.', ',', ';', ':', ')']);
            return format!("<{address}>{}", &word[address.len()..]);
        }
        let mut escaped = String::new();
        for c in word.chars() {
            if matches!(c, '<' | '>' | '[' | ']') {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_not_markup() {
        for (text, expected) in [
            ("a <b> [c] `<d> [e]`", r"a \<b\> \[c\] `<d> [e]`"),
            ("see https://ngrok.com/docs.", "see <https://ngrok.com/docs>."),
            ("a lonely ` here <x>", r"a lonely \` here \<x\>"),
            ("`whole`", "`whole`"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }

    #[test]
    fn paragraphs_are_wrapped_and_code_is_not() {
        let text = format!("{}\n\n```text\n{}\n", "word ".repeat(30), "x".repeat(120));
        let lines = lines(&text);
        assert!(lines.iter().all(|line| line.len() <= WIDTH || line.starts_with('x')), "{lines:#?}");
        assert_eq!(lines.last().map(String::as_str), Some("```"), "an open block is closed");
    }
}
