//! Secrets are sent, and never printed.

use super::models::{Rule, Target};
use super::{decode, encode};
use crate::runtime::{Sensitive, WithSecrets};

#[test]
fn a_secret_prints_as_redacted() {
    let secret = Sensitive::from("hunter2");
    assert_eq!(
        format!("{secret} {secret:?} {secret:#?}"),
        "[redacted] [redacted] [redacted]"
    );
    assert_eq!(format!("{:?}", Sensitive::default()), "[redacted]");
}

#[test]
fn a_secret_can_be_exposed_and_sent() {
    let secret: Sensitive = decode(r#""hunter2""#);
    assert_eq!(secret.expose(), "hunter2");
    assert_eq!(encode(&secret), "hunter2");
    assert_eq!(secret, Sensitive::new(String::from("hunter2")));
    assert!(Sensitive::default().is_empty() && !secret.is_empty());
}

#[test]
fn no_record_or_union_prints_one() {
    let rule: Rule = decode(
        r#"{"id":"a","token":"hunter2","target":{"bucket":{"name":"b","secret":"hunter2"}}}"#,
    );
    let unknown: Target = decode(r#"{"vault":{"key":"hunter2"}}"#);
    let printed = format!("{rule:?} {rule:#?} {unknown:?} {unknown:#?}");
    assert!(!printed.contains("hunter2"), "{printed}");
    assert!(printed.contains("[redacted]") && printed.contains("vault"), "{printed}");
}

#[test]
fn a_secret_is_serialized_only_on_request() {
    let rule: Rule = decode(
        r#"{"id":"a","token":"hunter2","target":{"bucket":{"name":"b","secret":"hunter2"}}}"#,
    );
    let redacted = serde_json::to_string(&rule).expect("it can be written");
    assert!(!redacted.contains("hunter2"), "{redacted}");
    assert_eq!(redacted.matches("[redacted]").count(), 2, "{redacted}");
    let exposed = serde_json::to_string(&WithSecrets(&rule)).expect("it can be written");
    assert_eq!(exposed.matches("hunter2").count(), 2, "{exposed}");
    let again = serde_json::to_string(&rule).expect("it can be written");
    assert_eq!(again, redacted, "it holds for that value only");
    assert_eq!(format!("{:?}", WithSecrets(&rule)), "WithSecrets");
}

#[test]
fn an_empty_secret_is_written_as_it_is() {
    let written =
        serde_json::to_string(&Sensitive::default()).expect("it can be written");
    assert_eq!(written, r#""""#);
}

#[test]
fn unknown_variants_are_redacted_as_a_whole() {
    let unknown: Target = decode(r#"{"vault":{"key":"hunter2"}}"#);
    let written = serde_json::to_string(&unknown).expect("it can be written");
    assert_eq!(written, r#"{"vault":"[redacted]"}"#);
    assert_eq!(encode(&unknown), serde_json::json!({"vault": {"key": "hunter2"}}));
}
