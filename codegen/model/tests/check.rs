//! Validation of values against a small model.

#[path = "../src/check/document.rs"]
mod document;

use ngrok_api_model::Model;
use ngrok_api_model::check::{Side, ViolationKind, compare_recorded, validate};
use serde_json::{Value, json};

/// Facts about the whole API, which validation does not use.
const API: &str = "name base_url docs_url crate_name key_variable url_variable auth_header auth_scheme version_header \
    version_value operation_id_header operation_id_detail cursor_parameter limit_parameter filter_parameter \
    filter_object filter_language page_uri page_next error_code error_status error_message error_details id_charset";
const NUMBERS: &str = "limit_default limit_min limit_max rate_limit_requests rate_limit_window_seconds id_length";

fn model() -> Model {
    let texts = API.split_whitespace().map(|key| (key.to_owned(), json!("")));
    let numbers = NUMBERS.split_whitespace().map(|key| (key.to_owned(), json!(1)));
    let api: Value = texts.chain(numbers).collect();
    let part = json!([field(
        "size",
        &json!({ "scalar": "int64" }),
        &json!({ "presence": { "required": true } })
    )]);
    let thing = json!([field("id", &json!({ "scalar": "string" }), &json!({}))]);
    let types = json!({
        "Body": { "kind": "record", "name": "Body", "role": "create", "fields": fields(), "constraints": [
            { "kind": "at_most_one_of", "fields": ["host", "range"], "errors": [31, 32] },
        ] },
        "Part": { "kind": "record", "name": "Part", "fields": part },
        "Thing": { "kind": "record", "name": "Thing", "prefix": "th", "fields": thing },
        "Choice": { "kind": "union", "name": "Choice", "errors": [41], "choices": [
            { "wire": "a", "ty": "Part" }, { "wire": "b", "ty": "Part" },
        ] },
        "Mode": { "kind": "enum", "name": "Mode", "variants": [
            { "wire": "open" }, { "wire": "closed" },
        ] },
    });
    let codes = json!({ "prefix": "", "suffix": "", "docs_url": "", "codes": {} });
    let model =
        json!({ "api": api, "services": [], "types": types, "error_codes": codes });
    Model::from_json(&model.to_string()).expect("it is a model")
}

/// Returns the fields of the validated type.
fn fields() -> Value {
    let string =
        |wire: &str, more: &Value| field(wire, &json!({ "scalar": "string" }), more);
    json!([
        string(
            "name",
            &json!({ "presence": { "required": true }, "rules": { "max_bytes": 5 }, "errors": [7] })
        ),
        string("host", &json!({ "rules": { "format": "hostname" }, "errors": [1, 2] })),
        string(
            "range",
            &json!({ "rules": { "format": "cidr", "lowest_address": true }, "errors": [1, 2] })
        ),
        field(
            "count",
            &json!({ "scalar": "uint32" }),
            &json!({ "rules": { "min": 2.0, "max": 4.0 } })
        ),
        field("mode", &json!({ "enum": "Mode" }), &json!({})),
        field(
            "owner",
            &json!({ "id": { "kinds": ["Thing"], "target": "Thing" } }),
            &json!({})
        ),
        field("since", &json!({ "scalar": "timestamp" }), &json!({})),
        field(
            "tags",
            &json!({ "list": { "scalar": "string" } }),
            &json!({ "rules": { "min_items": 1, "distinct": "value" } })
        ),
        field(
            "labels",
            &json!({ "map": { "scalar": "string" } }),
            &json!({ "rules": { "forbidden_chars": "=" } })
        ),
        field("parts", &json!({ "list": { "record": "Part" } }), &json!({})),
        field("choice", &json!({ "record": "Choice" }), &json!({})),
        string("token", &json!({ "rules": { "required_unless": { "mode": "open" } } })),
    ])
}

fn field(wire: &str, ty: &Value, more: &Value) -> Value {
    let mut field = json!({ "wire": wire, "ty": ty });
    if let (Some(field), Some(more)) = (field.as_object_mut(), more.as_object()) {
        field.extend(more.clone());
    }
    field
}

/// Returns the violations of a body with a name and these fields.
fn violations(more: &Value) -> Vec<String> {
    let mut body = json!({ "name": "x" });
    for (key, value) in more.as_object().expect("an object") {
        body[key] = value.clone();
    }
    let model = model();
    validate(&model, "Body", &body).iter().map(ToString::to_string).collect()
}

#[test]
fn a_valid_body_has_no_violations() {
    let none: Vec<String> = Vec::new();
    assert_eq!(violations(&json!({})), none);
    let body = json!({
        "host": "example.com", "count": 3, "mode": "open", "owner": "th_1", "since": "2025-01-01T00:00:00Z",
        "tags": ["a", "b"], "labels": { "k": "v" }, "parts": [{ "size": 1 }], "choice": { "a": { "size": 1 } },
        "range": null, "token": "",
    });
    assert_eq!(violations(&body), none);
}

#[test]
fn each_rule_is_reported_with_its_path() {
    for (body, expected) in [
        (json!({ "name": null }), "name is required"),
        (json!({ "name": "" }), "name must not be empty"),
        (json!({ "name": "longer" }), "name is longer than 5 bytes"),
        (json!({ "name": 1 }), "name is not a string"),
        (json!({ "Host": "a" }), "Host is not a known field; did you mean `host`?"),
        (json!({ "nothing": 1 }), "nothing is not a known field"),
        (json!({ "host": "a b" }), "host is not a valid host name"),
        (json!({ "host": "*.a.com" }), "host is not a valid host name"),
        (
            json!({ "range": "10.0.0.1/8" }),
            "range must begin at the lowest address of its range",
        ),
        (json!({ "count": 1 }), "count is less than 2"),
        (json!({ "count": 5 }), "count is more than 4"),
        (json!({ "count": -1 }), "count is not a non-negative 32-bit integer"),
        (json!({ "mode": "other", "token": "t" }), "mode is not one of open, closed"),
        (
            json!({ "owner": "ot_1" }),
            "owner is not an ID of this kind, which begins with `th_`",
        ),
        (json!({ "since": "today" }), "since is not a timestamp in RFC 3339"),
        (json!({ "tags": [] }), "tags must have at least 1 elements"),
        (json!({ "tags": ["a", "a"] }), "tags has the same element twice"),
        (json!({ "tags": ["a", null] }), "tags[1] is not a string"),
        (json!({ "labels": { "k": "a=b" } }), "labels.k has one of the characters `=`"),
        (json!({ "labels": [] }), "labels is not an object"),
        (json!({ "parts": [{ "size": 1 }, {}] }), "parts[1].size is required"),
        (json!({ "parts": {} }), "parts is not a list"),
        (json!({ "choice": {} }), "choice must have exactly one of a, b"),
        (
            json!({ "choice": { "a": { "size": "1" } } }),
            "choice.a.size is not a 64-bit integer",
        ),
        (
            json!({ "host": "a", "range": "::/0" }),
            "The body must have at most one of host, range",
        ),
        (json!({ "mode": "closed" }), "token is required unless mode is \"open\""),
    ] {
        assert_eq!(violations(&body), [expected], "{body}");
    }
}

#[test]
fn all_violations_are_reported_at_once() {
    let found =
        violations(&json!({ "name": null, "count": 1, "parts": [{}, 1], "x": 1 }));
    let mut found: Vec<_> =
        found.iter().map(|it| it.split(' ').next().unwrap_or_default()).collect();
    found.sort_unstable();
    assert_eq!(found, ["count", "name", "parts[0].size", "parts[1]", "x"]);
}

#[test]
fn a_violation_has_the_error_code_of_the_api() {
    let model = model();
    for (body, kind, code) in [
        (json!({ "name": "longer" }), ViolationKind::Length, Some(7)),
        (json!({ "name": "x", "range": "10.0.0.0" }), ViolationKind::Form, Some(1)),
        (
            json!({ "name": "x", "range": "10.0.0.1/8" }),
            ViolationKind::Disallowed,
            Some(2),
        ),
        (
            json!({ "name": "x", "host": "a", "range": "::/0" }),
            ViolationKind::Rule,
            Some(32),
        ),
        (json!({ "name": "x", "choice": {} }), ViolationKind::Rule, Some(41)),
        (json!({}), ViolationKind::Missing, None),
    ] {
        let found = validate(&model, "Body", &body);
        assert_eq!((found[0].kind, found[0].error_code), (kind, code), "{body}");
    }
}

#[test]
fn values_are_never_shown() {
    let body = json!({ "name": "5ecret-value", "host": "5ecret value", "mode": "5ecret", "count": 5_555 });
    let shown = violations(&body).join("; ");
    assert!(!shown.contains("5ecret") && !shown.contains("5555"), "{shown}");
}

#[test]
fn recorded_bodies_are_compared_with_what_is_described() {
    let model = model();
    let found = |side, ty, body: &Value| -> Vec<_> {
        let violations = compare_recorded(&model, side, "get", ty, body);
        let shown = violations.into_iter();
        shown.map(|it| (it.pointer, it.kind, it.ty.unwrap_or_default())).collect()
    };
    let body = json!({ "name": "n", "token": "t", "mode": "ajar", "tags": ["x", null], "a/b": 1 });
    let at = |pointer: &str, kind, ty| (pointer.to_owned(), kind, ty);
    assert_eq!(
        found(Side::Request, "Body", &body),
        [
            at("/a~1b", ViolationKind::UnknownField, "Body"),
            at("/mode", ViolationKind::UnknownValue, "Mode"),
            at("/tags/1", ViolationKind::Null, "Body"),
        ]
    );
    let thing = json!({ "id": "" });
    let missing = at("/id", ViolationKind::Missing, "Thing");
    assert_eq!(found(Side::Response, "Thing", &thing), [missing]);
    assert_eq!(found(Side::Request, "Thing", &thing), []);
}

#[test]
fn brackets_and_quotes_of_documents_are_closed() {
    for text in [
        "{}",
        " [1, {\"a\": \"}\"}] ",
        "on_http_request:\n  - actions: []",
        "{a: b}",
        "",
        r#"{"a": "\"}"}"#,
    ] {
        assert!(document::is_document(text), "{text}");
    }
    for text in ["{", "[1", "{]", "{}}", "{} x", "{\"a}", "[{]}"] {
        assert!(!document::is_document(text), "{text}");
    }
}
