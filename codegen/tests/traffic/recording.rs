//! Recordings made for a test.

use serde_json::{Value, json};

/// Returns a recording of these entries.
pub(crate) fn har(entries: &[Value]) -> String {
    json!({ "log": { "version": "1.2", "entries": entries } }).to_string()
}

/// Returns an exchange with the API. A null body is absent.
pub(crate) fn exchange(request: (&str, &str, Value), response: (u16, Value)) -> Value {
    let (method, path, sent) = request;
    let (status, received) = response;
    let text =
        |body: &Value| if body.is_null() { String::new() } else { body.to_string() };
    let mut entry = json!({
        "request": {
            "method": method,
            "url": format!("https://api.ngrok.com{path}"),
            "headers": [{ "name": "Authorization", "value": "Bearer key" }],
            "bodySize": text(&sent).len(),
        },
        "response": {
            "status": status,
            "headers": [],
            "content": {
                "size": text(&received).len(),
                "mimeType": "application/json",
                "text": text(&received),
            },
        },
    });
    if !sent.is_null() {
        entry["request"]["postData"] =
            json!({ "mimeType": "application/json", "text": text(&sent) });
    }
    entry
}
