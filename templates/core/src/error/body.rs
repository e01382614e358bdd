//! Error bodies: takes any bytes; returns code, message and details if they have the documented form, and text in
//! any case.

use std::str;

use serde_json::Value;

use crate::Api;

/// Contents of an error body in the documented form.
#[derive(Default)]
pub(crate) struct ApiFailure {
    pub(crate) code: Option<String>,
    pub(crate) name: Option<&'static str>,
    pub(crate) message: Option<String>,
    /// Names and values, in the order of the names.
    pub(crate) details: Vec<(String, String)>,
}

impl ApiFailure {
    /// Parses a body. A body in another form gives an empty result.
    pub(crate) fn read(api: &Api, body: &[u8]) -> Self {
        // Parsed by serde_json's own code: a decoder of our own would be compiled again.
        let text = str::from_utf8(body).ok();
        match text.and_then(|text| text.parse::<Value>().ok()) {
            Some(body) if is_documented(api, &body) => {
                let code = body.get(api.error_code).and_then(said);
                let known = code.as_deref();
                Self {
                    name: known.and_then(api.error_name),
                    message: body.get(api.error_message).and_then(said),
                    details: body
                        .get(api.error_details)
                        .map(details)
                        .unwrap_or_default(),
                    code,
                }
            }
            _ => Self::default(),
        }
    }
}

/// Returns true if any of the three keys is present: each is optional, and intermediaries also respond in JSON.
fn is_documented(api: &Api, body: &Value) -> bool {
    [api.error_code, api.error_status, api.error_message]
        .iter()
        .any(|key| body.get(*key).is_some())
}

fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn details(value: &Value) -> Vec<(String, String)> {
    let text =
        |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut details = Vec::new();
    if let Value::Object(object) = value {
        for (key, value) in object {
            details.push((key.clone(), text(value)));
        }
    }
    details
}
