//! HTTP archives (HAR 1.2) as browsers and proxies save them: JSON goes in, the entries that
//! an HTTP API can have come out. What only some tools write may be absent, null or text.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

/// Tools disagree on padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The entries of an archive.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// The entries that an HTTP API can have.
    pub entries: Vec<Entry>,
    /// The number of others, such as `data:` and `blob:` addresses in the recording of a
    /// browser.
    pub skipped: usize,
    /// Reason why the first of the others was skipped.
    pub reason: Option<String>,
}

/// A request and its response.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the archive, counted from 0.
    pub index: usize,
    /// Start time of the request, as recorded.
    pub started: Option<String>,
    /// Duration, in milliseconds.
    pub took: f64,
    /// The request.
    pub request: Message,
    /// The method.
    pub method: String,
    /// The address, as it was written.
    pub url: String,
    /// The response, if there was one at all.
    pub response: Option<Message>,
    /// The status of the response; 0 where there was none.
    pub status: u64,
    /// Reason of a missing response.
    pub error: Option<String>,
}

/// The common part of a request and a response.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Names and values of the headers.
    pub headers: Vec<(String, String)>,
    /// Names and values of the cookies.
    pub cookies: Vec<(String, String)>,
    /// The body, if it was saved.
    pub content: Option<Content>,
    /// Bytes of the body on the wire; negative where not known.
    pub body_size: Option<f64>,
}

/// A body.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Bytes before compression.
    pub size: Option<f64>,
    /// The body as it was written.
    pub text: Option<String>,
    /// `base64`, or nothing.
    pub encoding: Option<String>,
}

impl Archive {
    /// Reads an archive. `None` if it has no list of entries.
    #[must_use]
    pub fn of(archive: &Value) -> Option<Self> {
        let mut read = Self::default();
        for (index, entry) in archive["log"]["entries"].as_array()?.iter().enumerate() {
            match Entry::of(index, entry) {
                Ok(entry) => read.entries.push(entry),
                Err(reason) => read.skip(index, &reason),
            }
        }
        Some(read)
    }

    /// Counts an entry that is left out.
    pub fn skip(&mut self, index: usize, reason: &str) {
        self.skipped += 1;
        self.reason.get_or_insert_with(|| format!("entry {index}: {reason}"));
    }
}

impl Entry {
    fn of(index: usize, entry: &Value) -> Result<Self, String> {
        let (request, response) = (&entry["request"], &entry["response"]);
        let method = request["method"].as_str().filter(|method| !method.is_empty());
        let method = method.ok_or("`request.method` is no method")?;
        let url = request["url"].as_str().ok_or("`request.url` is not an address")?;
        let http = ["http:", "https:", "/"];
        if !http.iter().any(|start| starts_with(url, start)) && has_scheme(url) {
            return Err("`request.url` is not an HTTP address".to_owned());
        }
        Ok(Self {
            index,
            started: text(&entry["startedDateTime"]),
            took: number(&entry["time"]).unwrap_or(0.0),
            request: Message::of(request, "postData"),
            method: method.to_owned(),
            url: url.to_owned(),
            response: response.is_object().then(|| Message::of(response, "content")),
            status: status(&response["status"]),
            error: text(&response["_error"]),
        })
    }
}

impl Message {
    fn of(message: &Value, content: &str) -> Self {
        let content = &message[content];
        Self {
            headers: pairs(&message["headers"]),
            cookies: pairs(&message["cookies"]),
            content: content.is_object().then(|| Content {
                size: number(&content["size"]),
                text: text(&content["text"]),
                encoding: text(&content["encoding"]).filter(|it| !it.is_empty()),
            }),
            body_size: number(&message["bodySize"]),
        }
    }
}

impl Content {
    /// Returns the bytes of the body. `None` where they cannot be read.
    #[must_use]
    pub fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        let text = self.text.as_deref()?;
        match self.encoding.as_deref() {
            None => Some(Cow::Borrowed(text.as_bytes())),
            Some(encoding) if encoding.eq_ignore_ascii_case("base64") => {
                let mut text = text.as_bytes().to_vec();
                text.retain(|byte| !byte.is_ascii_whitespace());
                BASE64.decode(text).ok().map(Cow::Owned)
            }
            Some(_) => None,
        }
    }
}

fn starts_with(url: &str, start: &str) -> bool {
    url.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Returns true if an address begins with a scheme.
fn has_scheme(url: &str) -> bool {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let named = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    !scheme.is_empty() && scheme.chars().all(named)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A number, which some tools write as text.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    }
}

fn status(value: &Value) -> u64 {
    let status = match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64(),
    };
    status.unwrap_or(0)
}

fn pairs(list: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let Value::Array(list) = list else { return Vec::new() };
    list.iter().map(|pair| (text(&pair["name"]), text(&pair["value"]))).collect()
}
