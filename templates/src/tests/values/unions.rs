//! Unions.

use serde_json::json;

use super::models::{Rule, Target, TargetBucket, TargetQueue};
use super::{decode, decode_error, encode};
use crate::runtime::UnknownVariant;

fn unknown(json: &str) -> UnknownVariant {
    match decode(json) {
        Target::Unknown(unknown) => unknown,
        known => panic!("{known:?} is known"),
    }
}

fn queue(url: &str) -> Target {
    Target::Queue(TargetQueue { url: url.to_owned() })
}

#[test]
fn the_key_selects_the_variant() {
    let table = [
        (r#"{"queue":{"url":"u"}}"#, queue("u")),
        (r#"{"bucket":null,"queue":{"url":"u"}}"#, queue("u")),
        (r#"{"queue":{"url":"u"},"bucket":null}"#, queue("u")),
        (r#"{"queue":{}}"#, queue("")),
        (r#"{"brand_new":[1],"queue":{"url":"u"},"other":2}"#, queue("u")),
        (r#"{"queue":{"url":"u"},"bucket":{"name":"second"}}"#, queue("u")),
        (
            r#"{"bucket":{"name":"b","brand_new":true}}"#,
            TargetBucket { name: "b".to_owned(), secret: None }.into(),
        ),
    ];
    for (json, target) in table {
        assert_eq!(decode::<Target>(json), target, "{json}");
    }
}

#[test]
fn one_key_is_written() {
    assert_eq!(encode(&queue("u")), json!({ "queue": { "url": "u" } }));
    let bucket = TargetBucket { name: "b".to_owned(), secret: Some("s".into()) };
    assert_eq!(
        encode(&Target::from(bucket)),
        json!({ "bucket": { "name": "b", "secret": "s" } })
    );
}

#[test]
fn an_unknown_variant_is_sent_back_unchanged() {
    for json in [
        r#"{"topic":{"arn":"a","size":18446744073709551615,"ratio":0.1,"list":[null,{}]}}"#,
        r#"{"topic":"text"}"#,
        r#"{"topic":7}"#,
        r#"{"a":1,"b":{"c":2}}"#,
        "{}",
    ] {
        assert_eq!(encode(&decode::<Target>(json)), decode::<serde_json::Value>(json));
    }
}

#[test]
fn an_unknown_variant_can_be_inspected() {
    let topic = unknown(r#"{"topic":{"arn":"a"},"queue":null,"x":null}"#);
    assert_eq!(topic.name(), Some("topic"));
    assert_eq!(topic.object()["topic"]["arn"], "a");
    assert_eq!(topic.object().len(), 1);
    assert!(!topic.is_empty());
}

#[test]
fn nothing_is_an_empty_unknown_variant() {
    for json in ["{}", r#"{"queue":null}"#, r#"{"topic":null}"#] {
        assert!(unknown(json).is_empty() && unknown(json).name().is_none(), "{json}");
    }
    let rule: Rule = decode(r#"{"id":"a","target":null}"#);
    assert_eq!(rule.target, Target::default());
    assert_eq!(Target::default(), Target::Unknown(UnknownVariant::default()));
}

#[test]
fn errors_contain_the_union_or_the_path_into_the_variant() {
    let (path, message) = decode_error::<Target>("[]");
    assert_eq!(path, "$");
    assert_eq!(message, "invalid type: sequence, expected an object (Target)");
    assert_eq!(decode_error::<Target>(r#"{"queue":{"url":1}}"#).0, "$.queue.url");
    assert_eq!(decode_error::<Target>(r#"{"queue":1}"#).0, "$.queue");
}
