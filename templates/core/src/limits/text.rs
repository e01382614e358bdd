//! Constraints on strings, and on the keys of maps.

use serde_json::Value;

use super::formats;
use super::walk::{is_set, list, word};

/// Returns the problems of a string with these constraints.
#[inline]
pub(super) fn problems(limits: &Value, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let over = |name: &str, length: usize| {
        let max = limits.get(name).and_then(Value::as_u64);
        max.filter(|max| usize::try_from(*max).is_ok_and(|max| length > max))
    };
    if let Some(max) = over("max_bytes", text.len()) {
        problems.push(format!("is longer than {max} bytes"));
    }
    if let Some(max) = over("max_len", text.chars().count()) {
        problems.push(format!("is longer than {max} characters"));
    }
    if let Some(format) = word(limits, "format") {
        let unwanted =
            formats::is_wildcard(format, text) && !is_set(limits, "wildcard_label");
        if unwanted || !formats::is_of(format, text) {
            problems.push(format!("is no {}", formats::words(format)));
        } else if is_set(limits, "lowest_address") && !formats::is_lowest(text) {
            problems
                .push("does not begin at the lowest address of its range".to_owned());
        }
    }
    if let Some(port) = limits.get("port").and_then(Value::as_u64)
        && !text.ends_with(&format!(":{port}"))
    {
        problems.push(format!("has another port than {port}"));
    }
    if let Some(prefix) = word(limits, "item_prefix")
        && !text.starts_with(prefix)
        && word(limits, "wildcard") != Some(text)
    {
        problems.push(format!("does not begin with `{prefix}`"));
    }
    problems.extend(letters(limits, text));
    problems
}

/// Returns the problems of a key of a map with these constraints.
#[inline]
pub(super) fn key_problems(limits: &Value, key: &str) -> Vec<String> {
    let format = word(limits, "key_format").filter(|it| !formats::is_of(it, key));
    let wrong = format.map(|it| format!("is no {}", formats::words(it)));
    let mut known = list(limits, "known_keys").filter_map(Value::as_str).peekable();
    let unknown = known.peek().is_some() && !known.any(|it| it == key);
    let unknown = unknown.then(|| "is not one it may have".to_owned());
    wrong.into_iter().chain(unknown).chain(letters(limits, key)).collect()
}

/// Reports forbidden characters.
#[inline]
fn letters(limits: &Value, text: &str) -> Option<String> {
    let forbidden = word(limits, "forbidden_chars").unwrap_or_default();
    if text.contains(|c| forbidden.contains(c)) {
        return Some(format!("has one of the characters `{forbidden}`"));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let charset = word(limits, "charset") == Some("alphanumeric_period");
    let wrong = charset && !text.chars().all(plain);
    wrong.then(|| "has other characters than letters, digits and full stops".to_owned())
}
