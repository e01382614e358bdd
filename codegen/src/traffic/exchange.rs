//! Bodies of entries.
//!
//! Takes an entry of a HAR; returns bodies as JSON, and distinguishes absent, unsaved and unreadable ones.

use serde_json::Value;

use super::har::{Content, Message};

/// A body.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body {
    /// Absent.
    Nothing,
    /// Not saved, incomplete, or in an unreadable form.
    Lost,
    Json(Value),
    /// Not JSON, with the reason.
    Broken(String, String),
}

/// Length of a kept body that is not JSON, much longer than any excerpt.
const EXCERPT: usize = 4096;

impl Body {
    /// Returns the body of a request.
    pub(super) fn sent(request: &Message) -> Self {
        match &request.content {
            Some(content) => Self::saved(content, &request.headers),
            None if request.body_size.is_some_and(|size| size > 0.0) => Self::Lost,
            None => Self::Nothing,
        }
    }

    /// Returns the body of a response.
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
            Err(error) => {
                let start = &bytes[..bytes.len().min(EXCERPT)];
                let text = String::from_utf8_lossy(start).into_owned();
                Self::Broken(text, reason(&error))
            }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "for short tests")]
    fn body(content: Value, encoding: &str) -> Body {
        let text = |key: &str| content[key].as_str().map(str::to_owned);
        let size = content["size"].as_f64();
        let content = Content { size, text: text("text"), encoding: text("encoding") };
        Body::saved(&content, &[("Content-Encoding".to_owned(), encoding.to_owned())])
    }

    #[test]
    fn text_and_base64_are_read() {
        let found = Body::Json(json!({ "a": 1 }));
        assert_eq!(body(json!({ "text": "{\"a\": 1}", "size": 8 }), "gzip"), found);
        for text in ["eyJhIjogMX0=", "eyJhIjogMX0", "eyJh\nIjogMX0="] {
            let content = json!({ "text": text, "encoding": "base64", "size": 3 });
            assert_eq!(body(content, "br"), found, "{text}");
        }
    }

    #[test]
    fn what_was_not_saved_is_no_empty_body() {
        assert_eq!(body(json!({ "size": 120 }), ""), Body::Lost);
        assert_eq!(body(json!({ "size": 0 }), ""), Body::Lost);
        assert_eq!(body(json!({ "size": 120, "text": "" }), ""), Body::Lost);
        assert_eq!(body(json!({ "size": 0, "text": "" }), ""), Body::Nothing);
        assert_eq!(body(json!({ "text": "\n" }), ""), Body::Nothing);
    }

    #[test]
    fn what_cannot_be_read_is_not_blamed_on_the_server() {
        assert_eq!(body(json!({ "text": "*", "encoding": "base64" }), ""), Body::Lost);
        let gzip = json!({ "text": "H4sIAAAAAAAA", "encoding": "base64" });
        assert_eq!(body(gzip, "gzip"), Body::Lost);
        assert_eq!(body(json!({ "text": "{\"a\": [1,", "size": 4000 }), ""), Body::Lost);
    }

    #[test]
    fn what_is_no_json_is_told_with_the_reason() {
        let page = body(json!({ "text": "<html>", "size": 6 }), "");
        assert_eq!(page, Body::Broken("<html>".into(), "expected value".into()));
        let cut = body(json!({ "text": "[1,", "size": 3 }), "");
        assert_eq!(cut, Body::Broken("[1,".into(), "EOF while parsing a value".into()));
    }
}
