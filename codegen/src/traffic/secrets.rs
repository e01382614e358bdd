//! Redaction: what of a recording may be shown.
//!
//! Values are never shown, only their types and lengths ([`outline`]). Words of a recording, such as an unknown key, are
//! shown if they read like a name and contain no secret: an uninformative report costs a look into the recording, an
//! indiscreet one costs a key.

use std::collections::BTreeSet;

use serde_json::Value;

use super::har::{Body, Entry, Har};
use super::routes::BaseUrl;
use crate::model::Model;
use crate::names::counted;

/// Maximum length of a displayed word, in characters.
const LONGEST: usize = 60;

/// Minimum length of a string that is hidden anywhere.
const SHORTEST: usize = 6;

/// Stands for all further words.
pub(super) const OTHERS: &str = "...";

/// Returns true if a word of a report is hidden.
pub(super) fn is_hidden(word: &str) -> bool {
    word.is_empty() || word.starts_with('[') || word == OTHERS
}

/// The secrets of a recording.
pub(super) struct Secrets {
    /// Keys and headers with secrets, in lower case.
    names: BTreeSet<String>,
    known: BTreeSet<String>,
}

impl Secrets {
    /// Collects the secrets of a recording: those of all headers, and of bodies that the API has sent or received.
    pub(super) fn of(har: &Har, model: &Model, base: &BaseUrl) -> Self {
        let fields = model.secret_keys();
        let others = [model.api.auth_header.as_str(), "cookie", "set-cookie"];
        let names = fields.into_iter().chain(others).map(str::to_lowercase).collect();
        let mut secrets = Self { names, known: BTreeSet::new() };
        for entry in &har.entries {
            secrets.learn_entry(entry);
            let bodies = entry.response.iter().map(Body::received);
            let bodies = bodies.chain([Body::sent(&entry.request)]);
            for body in bodies.filter(|_| base.strip(&entry.url).is_some()) {
                if let Body::Json(value) = body {
                    secrets.learn_body(&value, false);
                }
            }
        }
        secrets
    }

    /// Adds the secrets in the headers and cookies of an entry.
    fn learn_entry(&mut self, entry: &Entry) {
        let messages = [Some(&entry.request), entry.response.as_ref()];
        for message in messages.into_iter().flatten() {
            for (name, value) in &message.headers {
                if self.names.contains(&name.to_lowercase()) {
                    value.split([' ', ';', '=']).for_each(|word| self.learn(word));
                }
            }
            message.cookies.iter().for_each(|(_, value)| self.learn(value));
        }
    }

    /// Adds the strings in secret fields, anywhere in a body.
    fn learn_body(&mut self, value: &Value, secret: bool) {
        match value {
            Value::String(text) if secret => self.learn(text),
            Value::Array(elements) => {
                for it in elements {
                    self.learn_body(it, secret);
                }
            }
            Value::Object(object) => {
                for (key, value) in object {
                    let named = self.names.contains(&key.to_lowercase());
                    self.learn_body(value, secret || named);
                }
            }
            _ => {}
        }
    }

    /// Returns a word of the recording, or its length.
    pub(super) fn word(&self, word: &str) -> String {
        let known = self.known.iter().any(|secret| word.contains(secret.as_str()));
        if known || !is_name(word) {
            return format!("[{}]", counted(word.chars().count(), "character"));
        }
        word.to_owned()
    }

    fn learn(&mut self, text: &str) {
        if text.trim().len() >= SHORTEST {
            self.known.insert(text.trim().to_owned());
        }
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

/// Returns the type and the length of a value.
pub(super) fn outline(value: &Value) -> String {
    let (length, unit) = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            return kind(value).to_owned();
        }
        Value::String(text) => (text.chars().count(), "character"),
        Value::Array(elements) => (elements.len(), "element"),
        Value::Object(object) => (object.len(), "key"),
    };
    format!("{} of {}", kind(value), counted(length, unit))
}

/// Returns true if a word reads like names, perhaps joined to a path: `ip_policy`, `us-cal-1`, `/v2/{id}`. Keys, tokens
/// and hashes do not: each part is a word, a number, or a word with a small number, such as `us1`.
fn is_name(word: &str) -> bool {
    let mut parts = word.split(['-', '_', '.', '/', ':', '{', '}']);
    let is_readable = |part: &str| {
        let letters = part.trim_matches(|c: char| c.is_ascii_digit());
        let (digits, count) = (part.len() - letters.len(), letters.chars().count());
        let pairs = letters.chars().zip(letters.chars().skip(1));
        let humps = pairs.filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count();
        let is_word = letters.chars().all(char::is_alphabetic) && humps <= count / 5;
        is_word && count <= 24 && digits <= if count == 0 { 12 } else { 4 }
    };
    word.chars().count() <= LONGEST && parts.all(is_readable)
}
