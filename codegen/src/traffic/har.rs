//! Parsing of HAR 1.2 files.
//!
//! Enters the bytes of a file as a browser or a proxy saved it; leaves its entries, or the place where it stops being a
//! HAR. The core reads archives for tests in the same way. Knows nothing of the API.

use std::fmt;

use ngrok_client_core::testing::archive::Archive;
use serde_json::Value;

pub(super) use ngrok_client_core::testing::archive::{Content, Entry, Message};

/// A recording of HTTP traffic.
#[derive(Debug, Clone, Default)]
pub struct Har {
    pub(super) entries: Vec<Entry>,
    /// Number of skipped entries, which are not calls of an HTTP API.
    pub(super) skipped: usize,
}

/// Error for a file that is not HAR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotHar {
    message: String,
    line: usize,
    column: usize,
}

impl Har {
    /// Reads a file. Skips entries that an HTTP API cannot have, such as `data:` addresses.
    ///
    /// # Errors
    ///
    /// If it is not JSON, or not in the form of a HAR.
    pub fn read(bytes: &[u8]) -> Result<Self, NotHar> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let file: Value = serde_json::from_slice(bytes).map_err(|e| NotHar::new(&e))?;
        let Archive { entries, skipped, .. } =
            Archive::of(&file).ok_or_else(|| NotHar {
                message: "it has no list `log.entries`".to_owned(),
                line: 1,
                column: 1,
            })?;
        Ok(Self { entries, skipped })
    }
}

/// The HTTP status, if there was a response at all.
pub(super) fn status(entry: &Entry) -> Option<u16> {
    u16::try_from(entry.status).ok().filter(|it| (100..600).contains(it))
}

impl NotHar {
    /// Returns the line of the error, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the column of the error, counted from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    fn new(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column().max(1));
        let place = format!(" at line {line} column {}", error.column());
        let text = error.to_string();
        let text = text.strip_suffix(&place).unwrap_or(&text);
        Self { message: text.to_owned(), line, column }
    }
}

impl fmt::Display for NotHar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, line, column } = self;
        write!(f, "not a HAR at line {line}, column {column}: {message}")
    }
}

impl std::error::Error for NotHar {}

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
        insta::assert_snapshot!(problem("{}"), @"not a HAR at line 1, column 1: it has no list `log.entries`");
    }

    #[test]
    fn odd_entries_are_skipped_and_counted() {
        let text = r#"{"log": {"entries": [{}, {"request": 1},
            {"request": {"method": "GET", "url": "data:image/png;base64,iVBORw0KGgo="}},
            {"request": {"method": "GET", "url": "x", "bodySize": "12"},
            "response": {"status": "200", "content": {"size": "2", "text": "{}"}}}
        ]}}"#;
        let har = Har::read(text.as_bytes()).unwrap();
        assert_eq!((har.entries.len(), har.skipped), (1, 3));
        assert_eq!(status(&har.entries[0]), Some(200));
        assert_eq!(har.entries[0].request.body_size, Some(12.0));
    }

    #[test]
    fn what_was_found_is_not_told() {
        let text = r#"{"log": {"entries": "S3CRET, expected S3CRET"}}"#;
        insta::assert_snapshot!(problem(text), @"not a HAR at line 1, column 1: it has no list `log.entries`");
    }

    #[test]
    fn nulls_and_a_byte_order_mark_are_no_matter() {
        let text = "\u{feff}{\"log\": {\"entries\": [{\"request\": {\"method\": \"GET\", \"url\": \"x\", \
                    \"headers\": null, \"postData\": null}, \"response\": null}]}}";
        assert_eq!(Har::read(text.as_bytes()).unwrap().entries.len(), 1);
    }
}
