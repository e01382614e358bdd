//! Scalars: which texts can stand as they are, and which need quotes.

use serde_json::Number;

use super::super::Tree;

/// A scalar or an empty collection.
pub(super) fn value(tree: &Tree) -> String {
    match tree {
        Tree::Null => "null".to_owned(),
        Tree::Bool(value) => value.to_string(),
        Tree::Number(value) => number(value),
        Tree::Text(value) => text(value),
        Tree::List(_) => "[]".to_owned(),
        Tree::Map(_) => "{}".to_owned(),
    }
}

/// A text, in quotes where it needs them.
pub(super) fn text(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let quotable = !text.contains('\'') && text.chars().all(is_printable);
    let single = quotable && text.contains(['"', '\\']);
    if single { format!("'{text}'") } else { double_quoted(text) }
}

/// A number, so that it is read as one.
fn number(number: &Number) -> String {
    let text = number.to_string();
    match text.split_once('e') {
        // An exponent needs a fraction before it and a sign behind it to be a number for old parsers.
        Some((mantissa, exponent)) => {
            let fraction = if mantissa.contains('.') { "" } else { ".0" };
            let sign = if exponent.starts_with(['-', '+']) { "" } else { "+" };
            format!("{mantissa}{fraction}e{sign}{exponent}")
        }
        None => text,
    }
}

/// Whether a character shows, and is not a line break of any kind.
pub(super) fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

fn is_plain(text: &str) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back())
    else {
        return false;
    };
    !first.is_whitespace()
        && !last.is_whitespace()
        && !"-?:,[]{}#&*!|>'\"%@`=<~.".contains(first)
        && last != ':'
        && text.chars().all(is_printable)
        && !text.contains(": ")
        && !text.contains(" #")
        && !is_other(text)
}

/// Whether a parser would take the text for something other than text.
fn is_other(text: &str) -> bool {
    const WORDS: &[&str] =
        &["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let lower = text.to_ascii_lowercase();
    let letters = text.chars().any(|c| c.is_ascii_alphabetic() && !"eE".contains(c));
    let based = ["0x", "0o", "0b"].iter().any(|base| lower.starts_with(base));
    let version = text.split('.').count() > 2 && !text.contains(':');
    let number = (!letters && !version) || based || date_time(text);
    let begins = text.starts_with(|c: char| c.is_ascii_digit() || c == '+');
    let is_word = |c: char| c.is_ascii_alphanumeric() || "+-._:".contains(c);
    WORDS.contains(&lower.as_str()) || (begins && number && text.chars().all(is_word))
}

/// Whether the text begins like a date with a time.
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
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if is_printable(c) => quoted.push(c),
            c => {
                let code = u32::from(c);
                let escape = if code > 0xffff {
                    format!("\\U{code:08x}")
                } else {
                    format!("\\u{code:04x}")
                };
                quoted.push_str(&escape);
            }
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stand_where_they_are_needed() {
        for plain in [
            "plain",
            "create!~",
            "ref A | B",
            "Text, with a comma.",
            "ip:port",
            "https://a.b/c",
            "say \"no\"",
            "3.1.0",
            "4XX",
            "/a/{id}",
        ] {
            assert_eq!(text(plain), plain);
        }
        for (quoted, expected) in [
            ("a: b", "\"a: b\""),
            ("bind:", "\"bind:\""),
            ("`code` first", "\"`code` first\""),
            ("\"no\"", "'\"no\"'"),
            ("No", "\"No\""),
            ("1.3", "\"1.3\""),
            ("200", "\"200\""),
            ("0x1f", "\"0x1f\""),
            ("2025-12-31", "\"2025-12-31\""),
            ("2026-01-02T15:04:05Z", "\"2026-01-02T15:04:05Z\""),
            ("", "\"\""),
        ] {
            assert_eq!(text(quoted), expected);
        }
    }

    #[test]
    fn exponents_are_written_for_old_parsers() {
        let large = Number::from_f64(1e300).unwrap();
        assert_eq!(number(&large), "1.0e+300");
    }
}
