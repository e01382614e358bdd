//! The body of an error: whatever bytes came go in; code, message and details come out
//! where it has the documented shape, and text in any case.

use std::str;

use serde_json::Value;

use crate::Api;

/// What an error body of the documented shape says.
#[derive(Default)]
pub(crate) struct ApiFailure {
    pub(crate) code: Option<String>,
    pub(crate) name: Option<&'static str>,
    pub(crate) message: Option<String>,
    /// Names and values, in the order of the names.
    pub(crate) details: Vec<(String, String)>,
}

impl ApiFailure {
    /// Reads what is there. A body of another shape says nothing.
    pub(crate) fn read(api: &Api, body: &[u8]) -> Self {
        // Parsed by serde_json's own code: a decoder of ours would be compiled anew.
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

/// Any of the three: each may be missing, and other things between here and the API
/// answer in JSON too.
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
    let object = value.as_object().into_iter().flatten();
    object.map(|(key, value)| (key.clone(), text(value))).collect()
}
