//! Secrets of requests: finding them in a body, and redacting them in strings.

use http::HeaderValue;
use serde_json::Value;

use crate::text::beginning;
use crate::unescape::View;

/// Replacement of a secret.
pub const REDACTED: &str = "[redacted]";

/// Minimum length of a secret to be redacted outside of known fields: shorter ones occur in unrelated text.
const LEAST: usize = 4;

/// Minimum length of a secret to be found with different white space.
const LONG: usize = 16;

/// Maximum number of bytes that one escaped byte of a secret takes.
const WRITTEN: usize = 12;

/// Returns the secrets in a JSON body: the values under these keys, at any depth.
pub(crate) fn of_body(body: &[u8], fields: &[&str]) -> Vec<String> {
    let mut secrets = Vec::new();
    let text = str::from_utf8(body).ok().filter(|text| !text.is_empty());
    if let Some(mut json) = text.and_then(|text| text.parse().ok()) {
        take(&mut json, fields, false, &mut secrets);
    }
    secrets
}

/// Returns the secrets of a request: the API key without its scheme, and those of its body.
pub(crate) fn sent(
    key: Option<&HeaderValue>,
    body: &[u8],
    fields: &[&str],
) -> Vec<String> {
    let mut secrets = of_body(body, fields);
    let key = key.and_then(|key| str::from_utf8(key.as_bytes()).ok());
    note(key.and_then(|key| key.rsplit(' ').next()).unwrap_or_default(), &mut secrets);
    secrets
}

/// Replaces the secrets in JSON and collects them: the values under these keys, at any depth.
///
/// `secret` states that the JSON itself is the value of such a key.
pub fn take(json: &mut Value, fields: &[&str], secret: bool, secrets: &mut Vec<String>) {
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

/// Collects a secret. Each line of a multi-line secret, such as a private key, is one too.
pub fn note(secret: &str, secrets: &mut Vec<String>) {
    let mut add = |secret: &str| {
        if !secrets.iter().any(|other| other == secret) {
            secrets.push(secret.to_owned());
        }
    };
    if secret.len() >= LEAST {
        add(secret);
    }
    for line in secret.lines() {
        let line = line.trim();
        let is_part = line.len() < secret.trim().len();
        if is_part && line.len() >= LONG && !line.starts_with("-----") {
            add(line);
        }
    }
}

/// Returns the string without the secrets, in any encoding: escaped once or more, or with different white space.
#[must_use]
pub fn clean(text: &str, secrets: &[String]) -> String {
    if secrets.is_empty() {
        return text.to_owned();
    }
    // Where the longest secret that begins at a byte ends; zero if none begins there.
    let mut ends = vec![0; text.len()];
    for view in View::all(text) {
        search_all(&view, secrets, &mut ends);
    }
    let (mut cleaned, mut cleaned_to) = (String::new(), 0);
    for (start, end) in ends.into_iter().enumerate() {
        if end > start && start >= cleaned_to {
            cleaned.push_str(text.get(cleaned_to..start).unwrap_or_default());
            cleaned.push_str(REDACTED);
        }
        cleaned_to = cleaned_to.max(end);
    }
    cleaned.push_str(text.get(cleaned_to..).unwrap_or_default());
    cleaned
}

/// Redacts the start of a string, and truncates it after `limit` bytes: no part of a secret remains at the end.
pub(crate) fn clean_start(text: &str, secrets: &[String], limit: usize) -> String {
    let longest = secrets.iter().map(String::len).max().unwrap_or_default();
    let start = beginning(text, limit.saturating_add(longest.saturating_mul(WRITTEN)));
    let cleaned = clean(start, secrets);
    if cleaned.len() <= limit && start.len() == text.len() {
        return cleaned;
    }
    format!("{}…", beginning(&cleaned, limit))
}

/// Searches a view for all secrets.
fn search_all(view: &View, secrets: &[String], ends: &mut [usize]) {
    let packed = view.packed();
    for secret in secrets.iter().filter(|secret| !REDACTED.contains(&***secret)) {
        search(view, secret, ends);
        if secret.len() >= LONG {
            let secret: String = secret.split_whitespace().collect();
            search(&packed, &secret, ends);
        }
    }
}

/// Records the end of each occurrence of a secret, at its start.
fn search(view: &View, secret: &str, ends: &mut [usize]) {
    if secret.is_empty() {
        return;
    }
    for (at, _) in view.text.match_indices(secret) {
        let place = view.place(&(at..at + secret.len()));
        if let Some(end) = ends.get_mut(place.start) {
            *end = place.end.max(*end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_start, note};

    const PEM: &str = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END KEY-----\n";

    fn secrets(of: &[&str]) -> Vec<String> {
        let mut secrets = Vec::new();
        for secret in of {
            note(secret, &mut secrets);
        }
        secrets
    }

    #[test]
    fn a_secret_is_found_however_it_is_written() {
        let secrets = secrets(&["p&ss<w>rd/With+Slash=1234", "K3Y_s3cr3t"]);
        for (text, cleaned) in [
            ("is p&ss<w>rd/With+Slash=1234.", "is [redacted]."),
            (r"is p\u0026ss\u003cw\u003erd/With+Slash=1234.", "is [redacted]."),
            (r"is p\\u0026ss\\u003Cw\\u003Erd\\/With+Slash=1234.", "is [redacted]."),
            (r"is p&ss<w>rd\/With+Slash=1234.", "is [redacted]."),
            ("is p%26ss%3Cw%3Erd%2FWith%2BSlash%3D1234.", "is [redacted]."),
            ("is p&amp;ss&lt;w&gt;rd/With+Slash&#61;1234.", "is [redacted]."),
            (r"\u004b3Y_s3cr3t and \x4b3Y_s3cr3t", "[redacted] and [redacted]"),
            (r"\u{4b}3Y_s3cr3t%20K3Y_s3cr3t", "[redacted]%20[redacted]"),
            ("K3Y_s3cr3tK3Y_s3cr3t", "[redacted][redacted]"),
            (
                r"K3Y_s3cr \q \u12 %zz &nope; \ud83d",
                r"K3Y_s3cr \q \u12 %zz &nope; \ud83d",
            ),
            ("", ""),
        ] {
            assert_eq!(clean(text, &secrets), cleaned, "{text}");
        }
    }

    #[test]
    fn secrets_that_overlap_are_found_in_any_order() {
        for (text, cleaned) in [
            ("is my-secret-1.", "is [redacted]."),
            ("is secret-one.", "is [redacted]."),
            ("is my-secret-one.", "is my-[redacted]."),
            ("is secret-1.", "is [redacted]-1."),
        ] {
            for order in [
                ["secret", "my-secret-1", "secret-one"],
                ["secret-one", "my-secret-1", "secret"],
            ] {
                assert_eq!(clean(text, &secrets(&order)), cleaned, "{text} {order:?}");
            }
        }
    }

    #[test]
    fn a_key_in_lines_is_found_line_by_line() {
        let secrets = secrets(&[PEM]);
        let quoted = serde_json::to_string(PEM).unwrap_or_default();
        let twice = serde_json::to_string(&quoted).unwrap_or_default();
        let collapsed = PEM.split_whitespace().collect::<Vec<_>>().join(" ");
        let joined: String = PEM.split_whitespace().collect();
        let second = "the line AQEFAASCBKcwggSjAgEAAoIB is wrong".to_owned();
        for text in [PEM.to_owned(), quoted, twice, collapsed, joined, second] {
            let cleaned = clean(&text, &secrets);
            assert!(!cleaned.contains("MIIE") && !cleaned.contains("AQEF"), "{cleaned}");
        }
    }

    #[test]
    fn what_is_cut_leaves_no_part_of_a_secret() {
        let secrets = secrets(&["K3Y_s3cr3t"]);
        for limit in 0..40 {
            let text = format!("{}{}", "x".repeat(20), r"\u004b3Y_s3cr3t tail");
            let cut = clean_start(&text, &secrets, limit);
            assert!(!cut.contains("3Y_s"), "{cut}");
            assert!(cut.len() <= limit + "…".len());
        }
        assert_eq!(clean_start("whole", &secrets, 5), "whole");
    }
}
