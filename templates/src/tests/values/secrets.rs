//! Secrets are sent, and printed nowhere.

use super::models::{Rule, Target};
use super::{decode, encode};
use crate::runtime::Sensitive;

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
fn a_secret_can_be_read_and_sent() {
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
