//! Parsing of HAR 1.2 files.
//!
//! Takes the bytes of a file as a browser or a proxy saved it; returns its entries, or the place where it stops being a
//! HAR, and bodies as JSON. The test doubles read archives in the same way. Knows nothing of the API.

use std::fmt;

use ngrok_client_testing::archive::{Archive, Content};
use serde_json::Value;

pub(super) use ngrok_client_testing::archive::{Entry, Message};

/// A recording of HTTP traffic.
#[derive(Debug, Clone, Default)]
pub struct Har {
    pub(super) entries: Vec<Entry>,
    /// Number of skipped entries, which are not calls of an HTTP API.
    pub(super) skipped: usize,
}

/// Error for a file that is not HAR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotHar(String);

impl Har {
    /// Reads a file. Skips entries that an HTTP API cannot have, such as `data:` addresses.
    ///
    /// # Errors
    ///
    /// If it is not JSON, or not in the form of a HAR.
    pub fn read(bytes: &[u8]) -> Result<Self, NotHar> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let file: Value = serde_json::from_slice(bytes).map_err(|error| {
            NotHar::new(error.line(), error.column(), &reason(&error))
        })?;
        let archive = Archive::of(&file);
        let no_list = || NotHar::new(1, 1, "it has no list `log.entries`");
        let Archive { entries, skipped, .. } = archive.ok_or_else(no_list)?;
        Ok(Self { entries, skipped })
    }
}

/// The HTTP status, if there was a response at all.
pub(super) fn status(entry: &Entry) -> Option<u16> {
    u16::try_from(entry.status).ok().filter(|it| (100..600).contains(it))
}

impl NotHar {
    fn new(line: usize, column: usize, reason: &str) -> Self {
        let column = column.max(1);
        Self(format!("not a HAR at line {line}, column {column}: {reason}"))
    }
}

impl fmt::Display for NotHar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotHar {}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body {
    /// Absent.
    Nothing,
    /// Not saved, incomplete, or in an unreadable form.
    Lost,
    Json(Value),
    /// Not JSON: its length in bytes, and the reason.
    Broken(usize, String),
}

impl Body {
    pub(super) fn sent(request: &Message) -> Self {
        match &request.content {
            Some(content) => Self::saved(content, &request.headers),
            None if request.body_size.is_some_and(|size| size > 0.0) => Self::Lost,
            None => Self::Nothing,
        }
    }

    pub(super) fn received(response: &Message) -> Self {
        match &response.content {
            Some(content) => Self::saved(content, &response.headers),
            None => Self::Lost,
        }
    }

    fn saved(content: &Content, headers: &[(String, String)]) -> Self {
        let Some(bytes) = content.bytes() else { return Self::Lost };
        if bytes.iter().all(u8::is_ascii_whitespace) {
            // Tools write an empty string for bodies that they did not store.
            let had_some = content.size.is_some_and(|size| size > 0.0);
            return if had_some { Self::Lost } else { Self::Nothing };
        }
        match serde_json::from_slice(&bytes) {
            Ok(value) => Self::Json(value),
            Err(error) if is_cut_off(&error, bytes.len(), content.size) => Self::Lost,
            Err(_) if is_compressed(&bytes, headers) => Self::Lost,
            Err(error) => Self::Broken(bytes.len(), reason(&error)),
        }
    }
}

/// Returns true if a tool saved only the beginning.
fn is_cut_off(error: &serde_json::Error, saved: usize, size: Option<f64>) -> bool {
    let whole = size.unwrap_or_default();
    error.is_eof() && u32::try_from(saved).is_ok_and(|saved| f64::from(saved) < whole)
}

/// Returns true if a tool saved the compressed bytes.
fn is_compressed(bytes: &[u8], headers: &[(String, String)]) -> bool {
    let coded = headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-encoding")
            && !value.eq_ignore_ascii_case("identity")
    });
    coded && (std::str::from_utf8(bytes).is_err() || bytes.contains(&0))
}

/// Returns the reason why text is not JSON, without the position, which would make every text a separate finding.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}
