//! Client-side validation: messages, paths and completeness.

use std::error::Error as _;

use http::Method;
use ngrok_client_core::limits::{BodyLimits, Invalid, Problem, check};
use ngrok_client_core::limits::{Check, check_text};
use ngrok_client_core::{Config, Draft, ErrorKind, Operation, Settings};
use serde_json::{Value, json};

use super::{API, KEY};

const OPERATION: Operation = Operation { name: "ThingsCreate", items: "" };

/// Returns the problems of a value of a field with these constraints.
fn wrong(limits: &Value, value: &Value) -> Vec<String> {
    problems(
        &json!({ "Thing": { "fields": { "it": limits } } }),
        &json!({ "it": value }),
    )
}

fn problems(limits: &Value, body: &Value) -> Vec<String> {
    let limits = BodyLimits::new(limits.to_string().leak());
    match check(&limits, "Thing", body) {
        Ok(()) => Vec::new(),
        Err(invalid) => invalid.problems().iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn each_limit_is_satisfied_and_violated() {
    for (limits, good, bad, message) in [
        (
            json!({ "max_bytes": 3 }),
            json!("abc"),
            json!("aéb"),
            "is longer than 3 bytes",
        ),
        (
            json!({ "max_len": 3 }),
            json!("aéb"),
            json!("aébc"),
            "is longer than 3 characters",
        ),
        (json!({ "min": 1 }), json!(1), json!(0), "is less than 1"),
        (json!({ "max": 0.5 }), json!(0.5), json!(0.75), "is more than 0.5"),
        (
            json!({ "one_of": [1, 2] }),
            json!(2),
            json!(3),
            "is none of the values it may have",
        ),
        (
            json!({ "one_of": [1, 2] }),
            json!(0),
            json!(0.5),
            "is none of the values it may have",
        ),
        (
            json!({ "format": "http_status" }),
            json!(599),
            json!(600),
            "is no HTTP status",
        ),
        (json!({ "min_items": 1 }), json!([1]), json!([]), "has fewer than 1 elements"),
        (
            json!({ "distinct": "id" }),
            json!([{ "id": 1 }, { "id": 2 }]),
            json!([{ "id": 1, "x": 1 }, { "id": 1 }]),
            "has the same element twice",
        ),
        (json!({ "required": true }), json!("x"), Value::Null, "is required"),
        (json!({ "required": true }), json!("x"), json!(""), "must not be empty"),
        (json!({ "non_empty": true }), Value::Null, json!(""), "must not be empty"),
    ] {
        assert_eq!(wrong(&limits, &good), [""; 0], "{limits}");
        assert_eq!(wrong(&limits, &bad), [format!("it {message}")], "{limits}");
    }
}

#[test]
fn each_rule_of_strings_is_satisfied_and_violated() {
    for (limits, good, bad, message) in [
        (
            json!({ "format": "cidr" }),
            json!("::/0"),
            json!("::"),
            "is no range in CIDR notation",
        ),
        (json!({ "format": "hostname" }), json!(""), json!("a b"), "is no host name"),
        (
            json!({ "format": "hostname" }),
            json!("a-b.test."),
            json!("a-.test"),
            "is no host name",
        ),
        (
            json!({ "format": "hostname" }),
            json!("a.test"),
            json!("*.a.test"),
            "is no host name",
        ),
        (
            json!({ "format": "hostport" }),
            json!("*.a.test:1"),
            json!("a:0"),
            "is no host with a port",
        ),
        (
            json!({ "format": "cidr", "lowest_address": true }),
            json!("10.0.0.0/8"),
            json!("10.0.0.1/8"),
            "does not begin at the lowest address of its range",
        ),
        (
            json!({ "format": "hostport", "port": 443 }),
            json!("a:443"),
            json!("a:80"),
            "has another port than 443",
        ),
        (
            json!({ "item_prefix": "bind:", "wildcard": "*" }),
            json!("*"),
            json!("x"),
            "does not begin with `bind:`",
        ),
        (
            json!({ "forbidden_chars": "=" }),
            json!("ab"),
            json!("a=b"),
            "has one of the characters `=`",
        ),
    ] {
        assert_eq!(wrong(&limits, &good), [""; 0], "{limits}");
        assert_eq!(wrong(&limits, &bad), [format!("it {message}")], "{limits}");
    }
    let wildcard = json!({ "format": "hostname", "wildcard_label": true });
    assert_eq!(wrong(&wildcard, &json!("*.a.test")), [""; 0]);
    let unknown = json!({ "format": "of the future", "rule": 1 });
    assert_eq!(wrong(&unknown, &json!("x")), [""; 0]);
}

#[test]
fn all_problems_are_reported_with_their_paths() {
    let limits = json!({
        "Thing": { "fields": {
            "name": { "max_bytes": 1 },
            "parts": { "in": "Part" },
            "by_name": { "in": "Part", "map": true, "key_format": "http_header_name" },
            "target": { "in": "Target" },
        } },
        "Part": { "fields": { "cidrs": { "format": "cidr" } } },
        "Target": { "choices": { "a": "Part", "b": "Part" } },
    });
    let part = json!({ "cidrs": ["10.0.0.0/8", "x"] });
    let body = json!({
        "name": "ab",
        "parts": [{}, part],
        "by_name": { "a b": part },
        "target": { "a": part, "b": null },
    });
    assert_eq!(
        problems(&limits, &body),
        [
            "by_name.a b has a key that is no name of a header",
            "by_name.a b.cidrs[1] is no range in CIDR notation",
            "name is longer than 1 bytes",
            "parts[1].cidrs[1] is no range in CIDR notation",
            "target.a.cidrs[1] is no range in CIDR notation",
        ]
    );
    let none = json!({ "target": {} });
    assert_eq!(problems(&limits, &none), ["target must have exactly one of a, b"]);
}

#[test]
fn rules_over_several_fields_are_checked() {
    let rule = |rule: Value| json!({ "Thing": { "rules": [rule] } });
    let both = json!(["a", "b"]);
    for (rule, good, bad) in [
        (
            rule(json!({ "kind": "one_of", "fields": both })),
            vec![json!({ "a": 1 })],
            vec![json!({}), json!({ "a": 1, "b": 1 })],
        ),
        (
            rule(json!({ "kind": "at_most_one_of", "fields": both })),
            vec![json!({}), json!({ "a": null, "b": 1 })],
            vec![json!({ "a": 1, "b": 1 })],
        ),
        (
            rule(json!({ "kind": "together", "fields": both })),
            vec![json!({}), json!({ "a": 1, "b": 1 })],
            vec![json!({ "a": 1, "b": "" })],
        ),
        (
            rule(json!({ "kind": "requires", "fields": both, "condition": "c" })),
            vec![json!({ "c": [] }), json!({ "a": 1, "b": 1, "c": [1] })],
            vec![json!({ "a": 1, "c": [1] })],
        ),
        (
            json!({ "Thing": { "fields": { "a": { "only_if": { "b": "x" } } } } }),
            vec![json!({}), json!({ "a": 1, "b": "x" }), json!({ "a": 1, "b": null })],
            vec![json!({ "a": 1, "b": "y" })],
        ),
        (
            json!({ "Thing": { "fields": { "a": { "null_if": { "b": "x" } } } } }),
            vec![json!({ "b": "x" }), json!({ "a": 1 })],
            vec![json!({ "a": 1, "b": "x" })],
        ),
        (
            json!({ "Thing": { "fields": { "a": { "required_unless": { "b": "x" } } } } }),
            vec![json!({ "b": "x" }), json!({ "a": 1, "b": "y" }), json!({})],
            vec![json!({ "a": "", "b": "y" })],
        ),
    ] {
        for body in good {
            assert_eq!(problems(&rule, &body), [""; 0], "{body}");
        }
        for body in bad {
            assert_eq!(problems(&rule, &body).len(), 1, "{body}");
        }
    }
}

#[test]
fn a_draft_is_validated_if_client_or_call_enable_it() {
    let config = |validate: bool| {
        let key = Some(KEY.to_owned());
        let settings = Settings {
            api_key: key.map(Into::into),
            validate: validate.then_some(check_text as Check),
            ..Settings::default()
        };
        Config::new(&settings, &API).unwrap()
    };
    let mut draft = Draft::new(&API, OPERATION, Method::POST, "/things");
    draft.body(Ok(br#"{"name":"long"}"#.to_vec()));
    draft.body_type = Some("Thing");
    assert!(draft.clone().build(&config(false)).is_ok());
    let error = draft.clone().build(&config(true)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let expected = "ThingsCreate: Thing: name is longer than 3 bytes; size is required";
    assert_eq!(error.to_string(), expected);
    let source = error.source().unwrap().downcast_ref::<Invalid>().unwrap();
    let paths: Vec<_> = source.problems().iter().map(Problem::path).collect();
    assert_eq!(paths, ["name", "size"]);
    draft.validate = Some(Some(check_text));
    assert!(draft.clone().build(&config(false)).is_err());
    draft.validate = Some(None);
    assert!(draft.clone().build(&config(true)).is_ok());
    draft.body_type = Some("Other");
    draft.validate = Some(Some(check_text));
    assert!(draft.build(&config(true)).is_ok());
}

#[test]
fn zero_and_empty_strings_count_as_absent_in_rules_over_several_fields() {
    let limits = json!({ "Thing": {
        "rules": [{ "kind": "one_of", "fields": ["a", "b"] }],
        "fields": {
            "size": { "only_if": { "type": "big" } },
            "note": { "null_if": { "type": "big" } },
        },
    } });
    for body in [
        json!({ "a": "x", "b": "", "type": "small", "size": 0 }),
        json!({ "a": 0, "b": 1, "type": "big", "size": 3, "note": "" }),
        json!({ "a": 1, "b": null, "type": "small", "size": "" }),
    ] {
        assert_eq!(problems(&limits, &body), [""; 0], "{body}");
    }
    for body in [
        json!({ "a": "", "b": 0 }),
        json!({ "a": false, "b": "x" }),
        json!({ "a": 1, "type": "small", "size": 1 }),
        json!({ "a": 1, "type": "big", "note": "x" }),
    ] {
        assert_eq!(problems(&limits, &body).len(), 1, "{body}");
    }
    let union = json!({ "Thing": { "choices": { "a": "A", "b": "B" } } });
    assert_eq!(problems(&union, &json!({ "a": {}, "b": "" })), [""; 0]);
    assert_eq!(problems(&union, &json!({ "a": {}, "b": {} })).len(), 1);
}
