//! Recordings made for a test, and files that are none.

use ngrok_codegen::traffic::{BaseUrl, Har};
use serde_json::{Value, json};

use crate::{report, report_at};

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

/// Returns the problems of a response of which this was saved; `lost` if it cannot be read.
fn saved(content: &Value, encoding: &str) -> String {
    let mut entry =
        exchange(("GET", "/ip_policies/ipp_x", Value::Null), (200, json!({})));
    entry["response"]["content"] = content.clone();
    entry["response"]["headers"] =
        json!([{ "name": "Content-Encoding", "value": encoding }]);
    let report = report(&har(&[entry]));
    let found = report.findings.iter().map(|it| it.message.as_str());
    let lost = Some("lost").filter(|_| report.exchanges.lost_bodies == 1);
    lost.into_iter().chain(found).collect::<Vec<_>>().join("; ")
}

#[test]
fn text_and_base64_are_read() {
    let found = "`a` is no field of IpPolicy";
    let text = saved(&json!({ "text": "{\"a\": 1}", "size": 8 }), "gzip");
    assert!(text.contains(found), "{text}");
    for text in ["eyJhIjogMX0=", "eyJhIjogMX0", "eyJh\nIjogMX0="] {
        let content = json!({ "text": text, "encoding": "base64", "size": 3 });
        assert!(saved(&content, "br").contains(found), "{text}");
    }
}

#[test]
fn what_was_not_saved_is_no_empty_body() {
    for content in [
        json!({ "size": 120 }),
        json!({ "size": 0 }),
        json!({ "size": 120, "text": "" }),
        // What cannot be read is not blamed on the server.
        json!({ "text": "*", "encoding": "base64" }),
        json!({ "text": "{\"a\": [1,", "size": 4000 }),
    ] {
        assert_eq!(saved(&content, ""), "lost", "{content}");
    }
    let gzip = json!({ "text": "H4sIAAAAAAAA", "encoding": "base64" });
    assert_eq!(saved(&gzip, "gzip"), "lost");
    for content in [json!({ "size": 0, "text": "" }), json!({ "text": "\n" })] {
        assert_eq!(saved(&content, ""), "returned no body", "{content}");
    }
}

#[test]
fn what_is_no_json_is_told_with_the_reason() {
    for (text, reason) in
        [("<html>", "expected value"), ("[1,", "EOF while parsing a value")]
    {
        let found = saved(&json!({ "text": text, "size": text.len() }), "");
        assert_eq!(found, format!("the body is no JSON: {reason}"));
    }
}

/// Returns the path below the base URL of a request to this address; `None` for other hosts.
fn path(base: &str, url: &str) -> Option<String> {
    let mut entry = exchange(("GET", "", Value::Null), (200, json!({})));
    entry["request"]["url"] = json!(url);
    let report = report_at(&har(&[entry]), base);
    // The API of this repository has an operation without a path.
    let known = || "/".to_owned();
    let path = report.findings.first().and_then(|found| found.name.clone());
    (report.exchanges.checked == 1).then(|| path.unwrap_or_else(known))
}

#[test]
fn addresses_below_the_base_url_are_for_the_api() {
    let api = "https://api.example.com";
    for (base, url, expected) in [
        (api, "https://API.example.com:443/a/b%2Fc/?x#y", Some("/a/b/c")),
        (api, api, Some("/")),
        ("http://[::1]:80/v1/", "http://[::1]/v1/a", Some("/a")),
        ("https://api.example.com/v1", "https://api.example.com/v10/a", None),
        (api, "http://api.example.com/a", None),
        (api, "https://api.example.com:8443/a", None),
        (api, "https://api.example.com.evil/a", None),
        (api, "wss://api.example.com/a", None),
        (api, "data:text/plain,x", None),
        (api, "/a", None),
        (api, "", None),
        (api, "https://api.example.com/ a", None),
    ] {
        assert_eq!(path(base, url).as_deref(), expected, "{url}");
    }
    for text in ["", "api.example.com", "ftp://api.example.com", "/v1"] {
        assert_eq!(BaseUrl::parse(text), None, "{text}");
    }
}

#[test]
fn addresses_of_other_hosts_are_not_followed() {
    for (next, followed) in [
        ("/ip_policies?before_id=x", true),
        ("https://api.ngrok.com/ip_policies", true),
        ("https://example.com/ip_policies", false),
    ] {
        let page = json!({ "ip_policies": [], "uri": "", "next_page_uri": next });
        let entry = exchange(("GET", "/ip_policies", Value::Null), (200, page));
        let report = report(&har(&[entry]));
        let foreign =
            report.findings.iter().any(|it| it.message.contains("on another host"));
        assert_eq!(foreign, !followed, "{next}");
    }
}

/// Returns the unknown names of a filter.
fn unknown_fields(filter: &str) -> Vec<String> {
    let query: String = form_urlencoded::byte_serialize(filter.as_bytes()).collect();
    let page = json!({ "ip_policies": [], "uri": "", "next_page_uri": null });
    let path = format!("/ip_policies?filter={query}");
    let report = report(&har(&[exchange(("GET", &path, Value::Null), (200, page))]));
    report.findings.into_iter().filter_map(|found| found.name).collect()
}

#[test]
fn names_of_filters_are_found_outside_of_text() {
    for (filter, fields) in [
        (r#"obj.a == "obj.b" && obj.c.d > 1"#, &["a", "c.d"][..]),
        (r"size(obj.a)==0||'it\'s obj.x'==obj.b", &["a", "b"]),
        ("myobj.a || x.obj.b || obj. || obj.c", &["myobj.a", "x.obj.b"]),
        ("obj.a.startsWith(\"x\")", &["a"]),
        ("", &[]),
        // What is inside of a known field is known.
        ("obj.id.a || obj.created_at.startsWith('2')", &[]),
        ("obj.idx || obj.created", &["created", "idx"]),
    ] {
        assert_eq!(unknown_fields(filter), fields, "{filter}");
    }
}
