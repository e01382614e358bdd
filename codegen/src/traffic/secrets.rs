//! Redaction.
//!
//! Takes known secrets (secret fields, headers with keys and cookies) and a text to show; returns text that is fit
//! for a report. In case of doubt, nothing is shown: an uninformative example costs a look into the recording, an
//! indiscreet one costs a key.

mod sound;
mod token;

use std::collections::BTreeSet;

use serde_json::Value;

use super::findings::OTHERS;
use super::har::Entry;
use super::ids::Ids;

pub(super) use sound::sounds_secret;

/// Replacement of hidden text.
const REDACTED: &str = "[redacted";

/// Maximum length of a displayed value, in characters.
const LONGEST: usize = 60;

/// Minimum length of a string that is hidden anywhere.
const SHORTEST: usize = 6;

/// Returns true if a text of a report is hidden, completely or in part.
pub(super) fn is_hidden(text: &str) -> bool {
    text.is_empty()
        || text.starts_with(REDACTED)
        || text.ends_with('…')
        || text == OTHERS
}

/// The secrets of a recording.
pub(super) struct Secrets<'m> {
    known: BTreeSet<String>,
    ids: &'m Ids,
}

impl<'m> Secrets<'m> {
    pub(super) fn new(ids: &'m Ids) -> Self {
        Self { known: BTreeSet::new(), ids }
    }

    /// Adds a secret string.
    pub(super) fn learn(&mut self, text: &str) {
        let text = text.trim();
        if text.len() >= SHORTEST && self.ids.kind(text).is_none() {
            self.known.insert(text.to_owned());
        }
    }

    /// Adds all strings of a value as secrets.
    pub(super) fn learn_all(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.learn(text),
            Value::Number(number) => self.learn(&number.to_string()),
            Value::Array(elements) => {
                for it in elements {
                    self.learn_all(it);
                }
            }
            Value::Object(object) => {
                for it in object.values() {
                    self.learn_all(it);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Adds values of keys whose names suggest secrets.
    pub(super) fn learn_by_sound(&mut self, value: &Value) {
        match value {
            Value::Array(elements) => {
                for it in elements {
                    self.learn_by_sound(it);
                }
            }
            Value::Object(object) => {
                for (key, value) in object {
                    match value {
                        Value::String(text) if sounds_secret(key) => self.learn(text),
                        _ => self.learn_by_sound(value),
                    }
                }
            }
            _ => {}
        }
    }

    /// Adds the secrets in the headers, the cookies and the address of an entry.
    pub(super) fn learn_entry(&mut self, entry: &Entry) {
        let response = entry.response.as_ref();
        let headers = entry.request.headers.iter();
        for (name, value) in headers.chain(response.iter().flat_map(|it| &it.headers)) {
            self.learn_header(name, value);
        }
        let cookies = entry.request.cookies.iter();
        for (_, value) in cookies.chain(response.iter().flat_map(|it| &it.cookies)) {
            self.learn(value);
        }
        let query = entry.url.split_once('?').map_or("", |(_, query)| query);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if sounds_secret(&name) {
                self.learn(&value);
            }
        }
    }

    /// Returns a value, shortened.
    pub(super) fn value(&self, value: &Value, secret: bool) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Array(elements) => outline_of_list(elements),
            Value::Object(object) => {
                let keys: Vec<_> = object.keys().map(|key| self.text(key)).collect();
                shortened(&format!("{{ {} }}", keys.join(", ")))
            }
            Value::String(text) if secret || self.hides(text) => redacted(text),
            Value::Number(number) if secret || self.hides(&number.to_string()) => {
                format!("{REDACTED}: a number]")
            }
            Value::Bool(_) if secret => format!("{REDACTED}: a boolean]"),
            Value::String(text) => format!("{:?}", shortened(text)),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
        }
    }

    /// Returns foreign text, such as an unknown key.
    pub(super) fn text(&self, text: &str) -> String {
        if self.hides(text) { redacted(text) } else { shortened(text) }
    }

    fn hides(&self, text: &str) -> bool {
        token::looks_secret(text, self.ids)
            || self.known.iter().any(|secret| text.contains(secret.as_str()))
    }

    fn learn_header(&mut self, name: &str, value: &str) {
        let name = name.to_ascii_lowercase();
        if name == "cookie" || name == "set-cookie" {
            for cookie in value.split(';') {
                self.learn(cookie.split_once('=').map_or("", |(_, value)| value));
            }
        } else if sounds_secret(&name) {
            self.learn(value);
            let words = value.split_whitespace();
            for word in words {
                self.learn(word);
            }
        }
    }
}

/// A kind of characters.
type Is = fn(char) -> bool;

/// Returns the replacement of a secret: its length and kinds of characters, which usually explain the report.
fn redacted(text: &str) -> String {
    let kinds: [(&str, Is); 4] = [
        ("letters", char::is_alphabetic),
        ("digits", |c| c.is_ascii_digit()),
        ("white space", char::is_whitespace),
        ("others", |c| !(c.is_alphabetic() || c.is_ascii_digit() || c.is_whitespace())),
    ];
    let kinds = kinds.iter().filter(|(_, is)| text.chars().any(is));
    let kinds: Vec<_> = kinds.map(|(kind, _)| *kind).collect();
    let count = text.chars().count();
    let characters = if count == 1 { "character" } else { "characters" };
    match kinds.as_slice() {
        [] => format!("{REDACTED}: empty]"),
        kinds => format!("{REDACTED}: {count} {characters}, {}]", kinds.join(", ")),
    }
}

/// Returns the number of elements of a list, without their contents.
fn outline_of_list(elements: &[Value]) -> String {
    let kind = elements.first().map_or("", |first| kind(first));
    match elements.len() {
        0 => "[]".to_owned(),
        1 => format!("[{kind}]"),
        count => format!("[{kind}, and {} more]", count - 1),
    }
}

/// Returns the JSON type of a value, with an article.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Returns the beginning of a string, on one line.
fn shortened(text: &str) -> String {
    let mut line: String = text.chars().take(LONGEST).collect();
    if line.len() < text.len() {
        line.push('…');
    }
    line.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::traffic::testing::model;

    #[test]
    fn values_are_shown_short_and_without_what_is_inside() {
        let ids = Ids::new(&model());
        let secrets = Secrets::new(&ids);
        let shown = |value| secrets.value(&value, false);
        assert_eq!(shown(json!("two\nlines")), "\"two lines\"");
        assert_eq!(shown(json!("öä ".repeat(70))), format!("\"{}…\"", "öä ".repeat(20)));
        assert_eq!(shown(json!({ "a": "x", "b": [1] })), "{ a, b }");
        assert_eq!(shown(json!([1, 2, 3])), "[a number, and 2 more]");
        assert_eq!(shown(json!(12)), "12");
        assert_eq!(secrets.value(&json!("x"), true), "[redacted: 1 character, letters]");
        assert_eq!(secrets.value(&json!(17), true), "[redacted: a number]");
        assert_eq!(secrets.value(&json!(null), true), "null");
    }

    #[test]
    fn what_was_learned_is_nowhere_shown() {
        let ids = Ids::new(&model());
        let mut secrets = Secrets::new(&ids);
        secrets.learn_by_sound(&json!({ "a": [{ "clientSecret": "open sesame" }] }));
        secrets.learn_all(&json!({ "x": ["kept quiet"] }));
        secrets.learn("short");
        let sesame = "[redacted: 21 characters, letters, white space]";
        assert_eq!(secrets.text("say open sesame to it"), sesame);
        assert!(is_hidden(&secrets.text("kept quiet")));
        assert_eq!(secrets.text("short"), "short");
    }
}
