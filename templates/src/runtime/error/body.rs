//! The body of an error: whatever bytes came go in; code, message and details come out
//! where it has the documented shape, and text in any case.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::api;

/// How much of a text fits into a line for people.
const EXCERPT: usize = 300;

/// What an error body of the documented shape says.
#[derive(Default)]
pub(crate) struct ApiFailure {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) details: BTreeMap<String, String>,
}

impl ApiFailure {
    /// Reads what is there. A body of another shape says nothing.
    pub(crate) fn read(body: &[u8]) -> Self {
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) if is_documented(&object) => Self {
                code: object.get(api::ERROR_CODE).and_then(said),
                message: object.get(api::ERROR_MESSAGE).and_then(said),
                details: object.get(api::ERROR_DETAILS).map(details).unwrap_or_default(),
            },
            _ => Self::default(),
        }
    }
}

/// Any of the three: each may be missing, and other things between here and the API
/// answer in JSON too.
fn is_documented(object: &Map<String, Value>) -> bool {
    [api::ERROR_CODE, api::ERROR_STATUS, api::ERROR_MESSAGE]
        .iter()
        .any(|key| object.contains_key(*key))
}

fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn details(value: &Value) -> BTreeMap<String, String> {
    let Value::Object(object) = value else {
        return BTreeMap::new();
    };
    let text =
        |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    object.iter().map(|(key, value)| (key.clone(), text(value))).collect()
}

/// At most `limit` bytes of a body as text; what is not UTF-8 is replaced.
pub(crate) fn text(body: &[u8], limit: usize) -> String {
    let end = body.len().min(limit);
    let cut = body.get(..end).unwrap_or_default();
    let mut text = String::from_utf8_lossy(cut).into_owned();
    if end < body.len() {
        // The cut may have gone through a character.
        text.truncate(text.trim_end_matches(char::REPLACEMENT_CHARACTER).len());
        text.push('…');
    }
    text
}

/// The beginning of a text as one line.
pub(crate) fn excerpt(text: &str) -> String {
    let mut line = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > EXCERPT {
            let fits = |&(at, _): &(usize, char)| at <= EXCERPT;
            let end =
                line.char_indices().take_while(fits).last().map_or(0, |(at, _)| at);
            line.truncate(end);
            line.push('…');
            break;
        }
    }
    line
}
