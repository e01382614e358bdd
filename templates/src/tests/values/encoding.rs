//! Encoded and omitted fields.

use serde_json::json;

use super::models::{Action, Empty, Policy, RuleUpdate, Target, TargetQueue};
use super::{decode, encode};
use crate::runtime::{Patch, Ref};

#[test]
fn unset_fields_are_omitted() {
    assert_eq!(encode(&RuleUpdate::default()), json!({}));
    assert_eq!(encode(&Empty {}), json!({}));
    assert_eq!(encode(&Policy::default()), json!({ "id": "" }));
}

#[test]
fn null_empty_lists_and_empty_strings_are_sent() {
    let update = RuleUpdate {
        description: Some(String::new()),
        certificate: Patch::Null,
        cidrs: Some(Vec::new()),
        policy_ids: Patch::Value(Vec::new()),
        action: Patch::Null,
        target: Patch::Null,
    };
    let sent = json!({
        "description": "",
        "certificate": null,
        "cidrs": [],
        "policy_ids": [],
        "action": null,
        "target": null,
    });
    assert_eq!(encode(&update), sent);
    assert_eq!(decode::<RuleUpdate>(&sent.to_string()), update);
}

#[test]
fn fields_are_written_in_the_order_in_which_they_are_listed() {
    let update = RuleUpdate {
        target: Patch::Value(Target::Queue(TargetQueue { url: "u".to_owned() })),
        action: Patch::Value(Action::Allow),
        description: Some("d".to_owned()),
        ..RuleUpdate::default()
    };
    assert_eq!(
        serde_json::to_string(&update).unwrap(),
        r#"{"description":"d","action":"allow","target":{"queue":{"url":"u"}}}"#
    );
}

#[test]
fn a_reference_round_trips() {
    let reference: Ref<Policy> = decode(r#"{"id":"pol_1","uri":"https://x"}"#);
    assert_eq!(encode(&reference), json!({ "id": "pol_1", "uri": "https://x" }));
}

#[test]
fn a_patch_has_its_predicates() {
    let value = Patch::Value(1);
    assert_eq!(
        (value.as_option(), value.is_unset(), value.is_null()),
        (Some(&1), false, false)
    );
    let null = Patch::<i32>::Null;
    assert_eq!((null.as_option(), null.is_unset(), null.is_null()), (None, false, true));
    let unset = Patch::<i32>::default();
    assert_eq!(
        (unset.as_option(), unset.is_unset(), unset.is_null()),
        (None, true, false)
    );
    assert_eq!(Patch::from(Some(1)), value);
    assert_eq!(Patch::<i32>::from(None), unset);
    assert_eq!(Patch::<i32>::from(1), value);
}
