//! Redaction of recordings: the API key, the values of secret fields, and repetitions of either anywhere else.

use std::borrow::Cow;
use std::collections::BTreeSet;

use hyper::header::{
    AUTHORIZATION, COOKIE, HeaderName, HeaderValue, PROXY_AUTHORIZATION,
};
use serde_json::Value;

use crate::plan::Plan;

/// Replacement of a secret.
const REDACTED: &str = "[redacted]";

/// Shorter values are removed from their fields but not searched for elsewhere, since they occur in unrelated words.
const SHORTEST: usize = 6;

/// Redacts exchanges.
pub(crate) struct Scrubber<'a> {
    plan: &'a Plan,
    /// Secrets as they are, and as written in JSON and in a query. The longest come first: one may be a part of another.
    secrets: Vec<String>,
}

impl<'a> Scrubber<'a> {
    /// Starts with the secrets of earlier exchanges.
    pub(crate) fn new(plan: &'a Plan, secrets: Vec<String>) -> Self {
        Self { plan, secrets }
    }

    /// Returns all known secrets, for the next exchange.
    pub(crate) fn into_secrets(self) -> Vec<String> {
        self.secrets
    }

    /// Collects the secrets in a body.
    pub(crate) fn note(&mut self, body: &[u8]) {
        let Ok(body) = serde_json::from_slice::<Value>(body) else { return };
        let mut found = BTreeSet::new();
        find(&self.plan.secrets, &body, false, &mut found);
        for secret in found.into_iter().filter(|secret| secret.len() >= SHORTEST) {
            let quoted = Value::from(secret.as_str()).to_string();
            self.secrets.push(quoted.trim_matches('"').to_owned());
            self.secrets
                .push(form_urlencoded::byte_serialize(secret.as_bytes()).collect());
            self.secrets.push(secret);
        }
        let length = |secret: &String| std::cmp::Reverse(secret.len());
        self.secrets
            .sort_by(|one, other| length(one).cmp(&length(other)).then(one.cmp(other)));
        self.secrets.dedup();
    }

    /// Redacts a string.
    pub(crate) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(text);
        for secret in &self.secrets {
            if text.contains(secret) {
                text = Cow::Owned(text.replace(secret, REDACTED));
            }
        }
        text
    }

    /// Redacts the value of a header.
    pub(crate) fn header(&self, name: &HeaderName, value: &HeaderValue) -> String {
        if [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name) {
            return REDACTED.to_owned();
        }
        self.text(&String::from_utf8_lossy(value.as_bytes())).into_owned()
    }

    /// Redacts a body.
    pub(crate) fn body(&self, body: &[u8]) -> String {
        match serde_json::from_slice::<Value>(body) {
            Ok(mut json) => {
                self.json(&mut json, false);
                json.to_string()
            }
            Err(_) => self.text(&String::from_utf8_lossy(body)).into_owned(),
        }
    }

    fn json(&self, value: &mut Value, is_secret: bool) {
        match value {
            Value::String(text) if is_secret && !text.is_empty() => {
                REDACTED.clone_into(text);
            }
            Value::String(text) => {
                if let Cow::Owned(clean) = self.text(text) {
                    *text = clean;
                }
            }
            Value::Number(_) if is_secret => *value = REDACTED.into(),
            Value::Array(values) => {
                for value in values {
                    self.json(value, is_secret);
                }
            }
            Value::Object(entries) => {
                let entries_of = std::mem::take(entries).into_iter();
                entries.extend(entries_of.map(|(key, mut value)| {
                    let is_secret = is_secret || self.plan.secrets.contains(&key);
                    self.json(&mut value, is_secret);
                    (self.text(&key).into_owned(), value)
                }));
            }
            _ => {}
        }
    }
}

/// Collects the strings of secret fields.
fn find(
    fields: &BTreeSet<String>,
    value: &Value,
    is_secret: bool,
    found: &mut BTreeSet<String>,
) {
    match value {
        Value::String(text) if is_secret => drop(found.insert(text.clone())),
        Value::Array(values) => {
            for value in values {
                find(fields, value, is_secret, found);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                find(fields, value, is_secret || fields.contains(key), found);
            }
        }
        _ => {}
    }
}
