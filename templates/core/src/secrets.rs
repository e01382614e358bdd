//! Secrets that a call sends: where they are in a body, and taking them out of text.

use serde_json::Value;

use crate::url::escape;

/// What takes the place of a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// What a secret must have to be looked for where nobody says that one is: less may be
/// part of anything.
const LEAST: usize = 4;

/// The secrets in a body of JSON: what stands under these keys, at any depth.
pub(crate) fn of_body(body: &[u8], fields: &[&str]) -> Vec<String> {
    let mut secrets = Vec::new();
    let text = str::from_utf8(body).ok().filter(|text| !text.is_empty());
    if let Some(mut json) = text.and_then(|text| text.parse().ok()) {
        take(&mut json, fields, false, &mut secrets);
    }
    secrets
}

/// Takes secrets out of JSON, and notes them.
pub(crate) fn take(
    json: &mut Value,
    fields: &[&str],
    secret: bool,
    secrets: &mut Vec<String>,
) {
    match json {
        Value::String(text) if secret && !text.is_empty() => {
            note(text, secrets);
            REDACTED.clone_into(text);
        }
        Value::Number(number) if secret => {
            note(&number.to_string(), secrets);
            *json = Value::from(0);
        }
        Value::Array(items) => {
            for item in items {
                take(item, fields, secret, secrets);
            }
        }
        Value::Object(object) => {
            for (key, value) in object {
                let secret = secret || fields.contains(&key.as_str());
                take(value, fields, secret, secrets);
            }
        }
        _ => {}
    }
}

/// Notes a secret in all the ways in which it can be written.
pub(crate) fn note(secret: &str, secrets: &mut Vec<String>) {
    if secret.len() < LEAST {
        return;
    }
    let quoted = Value::from(secret).to_string();
    let quoted = quoted.trim_matches('"').to_owned();
    for form in [secret.to_owned(), escape(secret), quoted] {
        if !secrets.contains(&form) {
            secrets.push(form);
        }
    }
}

/// The text without the secrets.
pub(crate) fn clean(text: &str, secrets: &[String]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| !REDACTED.contains(&***secret)) {
        if text.contains(secret) {
            text = text.replace(secret, REDACTED);
        }
    }
    text
}
