//! Scalars and keys: plain or quoted.

use serde_json::Number;

use super::Style;

/// The position of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On its own line, or after a key.
    Block,
    /// In brackets.
    Flow,
}

/// Prints a string, with quotes if necessary.
pub(super) fn text(text: &str, place: Place, style: Style) -> String {
    if is_plain(text, place, style) {
        return text.to_owned();
    }
    let single = text.contains(['"', '\\'])
        && !text.contains('\'')
        && text.chars().all(is_printable);
    if single { format!("'{text}'") } else { double_quoted(text) }
}

/// Prints a key, with quotes if necessary.
pub(super) fn key(key: &str, place: Place, style: Style) -> String {
    // Keys of a description are strings in any form.
    let number = style == Style::House
        && !key.is_empty()
        && key.chars().all(|c| c.is_ascii_digit());
    if number { key.to_owned() } else { text(key, place, style) }
}

/// Prints a number, so that it is parsed as one.
pub(super) fn number(number: &Number) -> String {
    let text = number.to_string();
    match text.split_once('e') {
        // Old parsers require a fraction before an exponent and a sign in it.
        Some((mantissa, exponent)) => {
            let fraction = if mantissa.contains('.') { "" } else { ".0" };
            let sign = if exponent.starts_with(['-', '+']) { "" } else { "+" };
            format!("{mantissa}{fraction}e{sign}{exponent}")
        }
        None => text,
    }
}

/// Returns true if a character is visible, and not a line break of any kind.
pub(super) fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

fn is_plain(text: &str, place: Place, style: Style) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back())
    else {
        return false;
    };
    let flow = place == Place::Flow;
    !first.is_whitespace()
        && !last.is_whitespace()
        && !"-?:,[]{}#&*!|>'\"%@`=<~.".contains(first)
        && last != ':'
        && text.chars().all(is_printable)
        && !text.contains(": ")
        && !text.contains(" #")
        && !(flow
            && text.contains([',', '[', ']', '{', '}', ':', '#', '"', '\''])
            && !is_flow_word(text))
        && !is_other(text, style)
}

/// Returns true for strings in brackets with harmless special characters.
fn is_flow_word(text: &str) -> bool {
    let brackets = text.contains([',', '[', ']', '{', '}', '#', '"']);
    !brackets
        && text
            .split(':')
            .skip(1)
            .all(|part| part.starts_with(|c: char| c.is_alphanumeric() || c == '/'))
}

/// Returns true if a parser would not interpret the text as a string.
fn is_other(text: &str, style: Style) -> bool {
    const WORDS: &[&str] =
        &["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let lower = text.to_ascii_lowercase();
    let date = text.len() == 10
        && text.split('-').all(|part| part.chars().all(|c| c.is_ascii_digit()));
    if style == Style::House && date {
        return false;
    }
    let numeric = text.starts_with(|c: char| c.is_ascii_digit() || c == '+');
    let word = text.chars().all(|c| c.is_ascii_alphanumeric() || "+-._:".contains(c));
    let letters = text.chars().any(|c| c.is_ascii_alphabetic() && !"eE_".contains(c));
    let based = ["0x", "0o", "0b"].iter().any(|base| lower.starts_with(base));
    let version = text.split('.').count() > 2 && !text.contains(':');
    let number = (!letters && !version) || based || date_time(text);
    WORDS.contains(&lower.as_str()) || (numeric && word && number)
}

/// Returns true if the text begins like a date with a time.
fn date_time(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let digits = |part: Option<&str>| {
        part.is_some_and(|part| part.chars().take(2).all(|c| c.is_ascii_digit()))
    };
    digits(parts.next())
        && digits(parts.next())
        && digits(parts.next())
        && text.contains(':')
}

fn double_quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' | '\n' | '\t' | '\r' => c.escape_default().to_string(),
        c if is_printable(c) => c.to_string(),
        // All of these are in the first plane.
        c => format!("\\u{:04x}", u32::from(c)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
