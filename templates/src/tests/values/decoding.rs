//! Tolerated and rejected deviations in decoding.

use serde_json::{Value, json};

use super::models::{Action, Empty, Nested, Policy, Rule, RuleUpdate};
use super::{decode, decode_error, encode};
use crate::runtime::{Patch, Ref, Timestamp};

/// Returns every field with a value that is not its default.
fn full() -> Value {
    json!({
        "id": "rl_1",
        "type": "cidr",
        "created_at": "2025-01-31T12:00:00Z",
        "expires_at": "2026-01-31T12:00:00.250Z",
        "metadata": "{}",
        "enabled": true,
        "priority": -3,
        "hits": -9_000_000_000_i64,
        "port": 443,
        "bytes": u64::MAX,
        "weight": 0.5,
        "action": "deny",
        "policy": { "id": "pol_1", "uri": "https://api.example.com/policies/pol_1" },
        "owner": { "id": "usr_1", "uri": "" },
        "token": "s3cret",
        "cidrs": ["10.0.0.0/8"],
        "policies": [{ "id": "pol_2", "uri": "" }],
        "limits": { "day": 10 },
        "target": { "queue": { "url": "https://queue.example.com" } },
        "nested": { "rules": [{ "id": "pol_3" }], "by_name": { "x": { "id": "pol_4" } } },
        "old": "kept",
    })
}

fn fields() -> impl Iterator<Item = String> {
    let Value::Object(fields) = full() else { unreachable!("it is an object") };
    fields.into_iter().map(|(name, _)| name)
}

fn without(name: &str) -> Value {
    let mut object = full();
    object.as_object_mut().expect("an object").remove(name);
    object
}

fn with(name: &str, value: Value) -> Value {
    let mut object = full();
    object[name] = value;
    object
}

#[test]
fn every_field_round_trips() {
    let rule: Rule = decode(&full().to_string());
    assert_eq!(encode(&rule), full());
    assert_eq!(decode::<Rule>(&encode(&rule).to_string()), rule);
}

#[test]
fn decodes_from_a_value_and_from_a_reader() {
    let rule: Rule = decode(&full().to_string());
    assert_eq!(serde_json::from_value::<Rule>(full()).unwrap(), rule);
    assert_eq!(
        serde_json::from_reader::<_, Rule>(full().to_string().as_bytes()).unwrap(),
        rule
    );
}

#[test]
fn absent_and_null_leave_the_default() {
    let defaults = encode(&Rule::default());
    for name in fields().filter(|name| name != "id") {
        let absent: Rule = decode(&without(&name).to_string());
        let null: Rule = decode(&with(&name, Value::Null).to_string());
        assert_eq!(absent, null, "{name}");
        assert_eq!(encode(&null).get(&name), defaults.get(&name), "{name}");
        assert_ne!(
            defaults.get(&name),
            full().get(&name),
            "{name} is tested with its default"
        );
    }
}

#[test]
fn a_resource_requires_only_its_id() {
    let rule: Rule = decode(r#"{"id":"rl_1"}"#);
    assert_eq!(rule, Rule { id: "rl_1".into(), ..Rule::default() });
    assert_eq!(rule.created_at, Timestamp::ZERO);
    for json in ["{}", r#"{"id":null}"#, r#"{"id":""}"#, r#"{"metadata":"{}"}"#] {
        let expected = ("$".to_owned(), "missing field `id`".to_owned());
        assert_eq!(decode_error::<Rule>(json), expected);
    }
}

#[test]
fn unknown_keys_are_skipped_with_any_value() {
    let known: Rule = decode(&full().to_string());
    for value in [
        json!(null),
        json!(1),
        json!("x"),
        json!([1, [2]]),
        json!({ "id": { "id": 1 } }),
    ] {
        assert_eq!(decode::<Rule>(&with("brand_new", value).to_string()), known);
    }
    assert_eq!(decode::<Empty>(r#"{"a":{"b":[]}}"#), Empty {});
}

#[test]
fn the_last_of_two_equal_keys_is_kept() {
    let policy: Policy = decode(r#"{"id":"pol_1","description":"a","id":"pol_2"}"#);
    assert_eq!(policy.id, "pol_2");
}

#[test]
fn escaped_keys_and_strings_are_decoded() {
    let policy: Policy =
        decode(r#"{"\u0069d":"pol_\u0031","description":"\"\n\ud83e\udd80"}"#);
    assert_eq!(
        policy,
        Policy { id: "pol_1".into(), description: Some("\"\n🦀".to_owned()) }
    );
}

#[test]
fn null_in_lists_and_maps_is_dropped() {
    let nested: Nested =
        decode(r#"{"rules":[null,{"id":"a"},null],"by_name":{"x":null}}"#);
    assert_eq!(nested.rules.len(), 1);
    assert!(nested.by_name.is_empty());
}

#[test]
fn references_may_lack_any_part() {
    assert!(decode::<Ref<Policy>>("{}").is_empty());
    assert_eq!(decode::<Ref<Policy>>(r#"{"uri":null,"id":"pol_1","x":0}"#).id, "pol_1");
}

#[test]
fn a_wrong_type_is_an_error_with_its_path() {
    let string = json!("text");
    let number = json!(5);
    let object = json!({ "a": 1 });
    let table = [
        ("id", &number, "$.id", "invalid type: integer `5`, expected a string"),
        ("type", &object, "$.type", "invalid type: map, expected a string"),
        (
            "created_at",
            &number,
            "$.created_at",
            "invalid type: integer `5`, expected a timestamp",
        ),
        ("expires_at", &string, "$.expires_at", "\"text\" is not an RFC 3339 timestamp"),
        (
            "enabled",
            &string,
            "$.enabled",
            "invalid type: string \"text\", expected a boolean",
        ),
        (
            "priority",
            &string,
            "$.priority",
            "invalid type: string \"text\", expected i32",
        ),
        ("weight", &string, "$.weight", "invalid type: string \"text\", expected f64"),
        ("action", &number, "$.action", "invalid type: integer `5`, expected a string"),
        (
            "policy",
            &string,
            "$.policy",
            "invalid type: string \"text\", expected an object (Ref)",
        ),
        ("token", &object, "$.token", "invalid type: map, expected a string"),
        ("cidrs", &string, "$.cidrs", "invalid type: string \"text\", expected a list"),
        ("limits", &number, "$.limits", "invalid type: integer `5`, expected an object"),
        (
            "target",
            &number,
            "$.target",
            "invalid type: integer `5`, expected an object (Target)",
        ),
        (
            "nested",
            &number,
            "$.nested",
            "invalid type: integer `5`, expected an object (Nested)",
        ),
    ];
    for (field, value, path, message) in table {
        let found = decode_error::<Rule>(&with(field, value.clone()).to_string());
        assert!(found.1.starts_with(message), "{field}: {}", found.1);
        assert_eq!(found.0, path);
    }
}

#[test]
fn numbers_out_of_range_are_errors() {
    for (field, value) in
        [("priority", json!(1_u64 << 40)), ("port", json!(-1)), ("bytes", json!(-1))]
    {
        let (path, message) = decode_error::<Rule>(&with(field, value).to_string());
        assert_eq!(path, format!("$.{field}"));
        assert!(message.starts_with("invalid value: integer"), "{message}");
    }
}

#[test]
fn the_path_leads_into_lists_maps_records_and_unions() {
    let table = [
        (
            "nested",
            json!({ "rules": [{ "id": "a" }, { "id": 1 }] }),
            "$.nested.rules[1].id",
        ),
        ("nested", json!({ "rules": [{ "id": "a" }, {}] }), "$.nested.rules[1]"),
        (
            "nested",
            json!({ "by_name": { "a b": { "id": [] } } }),
            "$.nested.by_name[\"a b\"].id",
        ),
        ("cidrs", json!(["a", { "b": 1 }]), "$.cidrs[1]"),
        ("cidrs", json!([[]]), "$.cidrs[0]"),
        ("limits", json!({ "day": 1, "week": "x" }), "$.limits.week"),
        ("target", json!({ "bucket": { "name": 1 } }), "$.target.bucket.name"),
        ("policies", json!([{ "id": "a" }, "b"]), "$.policies[1]"),
    ];
    for (field, value, path) in table {
        let object = with(field, value);
        for json in [object.to_string(), serde_json::to_string_pretty(&object).unwrap()]
        {
            assert_eq!(decode_error::<Rule>(&json).0, path, "{json}");
        }
    }
}

#[test]
fn a_patch_distinguishes_null_from_absent() {
    assert_eq!(decode::<RuleUpdate>("{}").certificate, Patch::Unset);
    let update: RuleUpdate = decode(
        r#"{"certificate":null,"policy_ids":["a"],"action":"deny","cidrs":null}"#,
    );
    assert_eq!(update.certificate, Patch::Null);
    assert_eq!(update.policy_ids, Patch::Value(vec!["a".into()]));
    assert_eq!(update.action, Patch::Value(Action::Deny));
    assert_eq!(update.cidrs, None);
}
