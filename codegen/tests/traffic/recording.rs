//! Recordings made for a test, and files that are none.

use ngrok_codegen::traffic::Har;
use serde_json::{Value, json};

use crate::report;

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
    let exchanges = report(text).exchanges;
    assert_eq!((exchanges.total, exchanges.unreadable), (4, 3));
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
    assert_eq!(report(text).exchanges.total, 1);
}
