//! Reading HAR 1.2 files.
//!
//! Enters the bytes of a file as a browser or a proxy saved it; leaves its entries, or the place where it stops being a
//! HAR. Whatever only some tools write may be absent or null. Knows nothing of the API.

use std::fmt;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A recording of HTTP traffic.
#[derive(Debug, Clone, Default)]
pub struct Har {
    pub(super) entries: Vec<Entry>,
    /// How many entries are not of the shape of one.
    pub(super) skipped: usize,
}

/// Why a file is no HAR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotHar {
    message: String,
    line: usize,
    column: usize,
}

/// A request and its answer.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Entry {
    pub(super) request: Request,
    pub(super) response: Option<Response>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: String,
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) headers: Vec<Header>,
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) cookies: Vec<Header>,
    pub(super) post_data: Option<Content>,
    /// Bytes on the wire; negative where not known.
    #[serde(default, deserialize_with = "number")]
    pub(super) body_size: Option<f64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Response {
    /// HTTP status; 0 where there was no answer.
    pub(super) status: Option<Value>,
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) headers: Vec<Header>,
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) cookies: Vec<Header>,
    pub(super) content: Option<Content>,
}

/// A header or a cookie.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Header {
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) name: String,
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) value: String,
}

/// A body.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Content {
    /// Bytes before compression, in responses.
    #[serde(default, deserialize_with = "number")]
    pub(super) size: Option<f64>,
    pub(super) text: Option<String>,
    /// `base64`, or nothing.
    pub(super) encoding: Option<String>,
}

#[derive(Deserialize)]
struct File {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Value>,
}

impl Har {
    /// Reads a file. Skips entries that are not of the shape of one.
    ///
    /// # Errors
    ///
    /// If it is no JSON, or not of the shape of a HAR.
    pub fn read(bytes: &[u8]) -> Result<Self, NotHar> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let file: File = serde_json::from_slice(bytes).map_err(|e| NotHar::new(&e))?;
        let total = file.log.entries.len();
        let entries = file.log.entries.into_iter();
        let entries: Vec<Entry> =
            entries.filter_map(|entry| serde_json::from_value(entry).ok()).collect();
        Ok(Self { skipped: total - entries.len(), entries })
    }
}

impl Response {
    /// The HTTP status, if there was an answer at all.
    pub(super) fn status(&self) -> Option<u16> {
        let status = match self.status.as_ref()? {
            Value::String(text) => text.parse().ok(),
            other => other.as_u64(),
        };
        status.and_then(|it| u16::try_from(it).ok()).filter(|it| (100..600).contains(it))
    }
}

impl NotHar {
    /// The line where it stops being a HAR, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column there, counted from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    fn new(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column().max(1));
        let place = format!(" at line {line} column {}", error.column());
        let text = error.to_string();
        let text = text.strip_suffix(&place).unwrap_or(&text);
        Self { message: without_content(text), line, column }
    }
}

impl fmt::Display for NotHar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, line, column } = self;
        write!(f, "not a HAR at line {line}, column {column}: {message}")
    }
}

impl std::error::Error for NotHar {}

/// The message without the value that was found: that may be anything, a password too.
fn without_content(message: &str) -> String {
    let found = ["invalid type: ", "invalid value: ", "invalid length "];
    if !found.iter().any(|start| message.starts_with(start)) {
        return message.to_owned();
    }
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => "this is not what stands here in a HAR".to_owned(),
    }
}

/// A number, which some tools write as text.
fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let value = Option::<Value>::deserialize(from)?;
    Ok(value.and_then(|value| match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    }))
}

fn or_nothing<'de, T, D>(from: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        Har::read(text.as_bytes()).expect_err("no HAR").to_string()
    }

    #[test]
    fn what_is_no_har_is_told_with_the_place() {
        insta::assert_snapshot!(problem("{\n  \"log\": ["), @"not a HAR at line 2, column 10: EOF while parsing a list");
        insta::assert_snapshot!(problem("<html>"), @"not a HAR at line 1, column 1: expected value");
        insta::assert_snapshot!(problem("{}"), @"not a HAR at line 1, column 2: missing field `log`");
    }

    #[test]
    fn odd_entries_are_skipped_and_counted() {
        let text = r#"{"log": {"entries": [{}, {"request": 1}, {
            "request": {"method": "GET", "url": "x", "bodySize": "12"},
            "response": {"status": "200", "content": {"size": "2", "text": "{}"}}
        }]}}"#;
        let har = Har::read(text.as_bytes()).unwrap();
        assert_eq!((har.entries.len(), har.skipped), (1, 2));
        assert_eq!(har.entries[0].request.body_size, Some(12.0));
    }

    #[test]
    fn what_was_found_is_not_told() {
        let text = r#"{"log": {"entries": "S3CRET, expected S3CRET"}}"#;
        insta::assert_snapshot!(problem(text), @"not a HAR at line 1, column 45: expected a sequence");
    }

    #[test]
    fn nulls_and_a_byte_order_mark_are_no_matter() {
        let text = "\u{feff}{\"log\": {\"entries\": [{\"request\": {\"method\": \"GET\", \"url\": \"x\", \
                    \"headers\": null, \"postData\": null}, \"response\": null}]}}";
        assert_eq!(Har::read(text.as_bytes()).unwrap().entries.len(), 1);
    }
}
