//! Every conversion of setters, as callers write it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::time::SystemTime;

use super::decode;
use super::models::{Action, Nested, Policy, Rule, Target, TargetQueue};
use crate::runtime::{
    AnyResource, Id, IntoId, IntoPatch, IntoValue, Null, Patch, Ref, Sensitive,
    Timestamp,
};

fn id<T: ?Sized>(of: impl IntoId<T>) -> String {
    of.into_id().to_string()
}

fn value<T>(of: impl IntoValue<T>) -> T {
    of.into_value()
}

/// Returns a value converted for a nullable field, which must give the same result.
fn both<T: PartialEq + Debug>(of: impl IntoPatch<T>) -> T {
    match of.into_patch() {
        Patch::Value(value) => value,
        other => panic!("{other:?} is no value"),
    }
}

/// Checks that every one of them is the value.
fn all<T: PartialEq + Debug, const N: usize>(given: [T; N], expected: &T) {
    for value in given {
        assert_eq!(&value, expected);
    }
}

fn policy() -> Policy {
    decode(r#"{"id":"pol_1"}"#)
}

fn reference() -> Ref<Policy> {
    decode(r#"{"id":"pol_1"}"#)
}

#[test]
fn types_that_identify_a_resource_convert_to_its_id() {
    let (text, owned) = ("pol_1", String::from("pol_1"));
    let typed = Id::<Policy>::new("pol_1");
    let ids = [
        id::<Policy>(text),
        id::<Policy>(&text),
        id::<Policy>(&owned),
        id::<Policy>(owned.clone()),
        id::<Policy>(&typed),
        id::<Policy>(typed.clone()),
        id::<Policy>(&reference()),
        id::<Policy>(reference()),
        id::<Policy>(&policy()),
    ];
    assert_eq!(ids, ["pol_1"; 9]);
}

#[test]
fn any_resource_accepts_the_id_of_every_resource() {
    let rule: Rule = decode(r#"{"id":"rl_1"}"#);
    let any = Id::<AnyResource>::new("any_1");
    let ids = [
        id::<AnyResource>("pol_1"),
        id::<AnyResource>(String::from("pol_1")),
        id::<AnyResource>(policy().id),
        id::<AnyResource>(&policy().id),
        id::<AnyResource>(reference()),
        id::<AnyResource>(&reference()),
        id::<AnyResource>(&policy()),
    ];
    assert_eq!(ids, ["pol_1"; 7]);
    assert_eq!(id::<AnyResource>(&rule), "rl_1");
    assert_eq!(id::<AnyResource>(rule.id), "rl_1");
    assert_eq!([id::<AnyResource>(&any), id::<AnyResource>(any)], ["any_1"; 2]);
    assert_eq!(id::<AnyResource>(Ref::<AnyResource>::default()), "");
}

#[test]
fn ids_are_values_too() {
    let expected = Id::<Policy>::new("pol_1");
    assert_eq!(value::<Id<Policy>>("pol_1"), expected);
    assert_eq!(value::<Id<Policy>>(&policy()), expected);
    assert_eq!(both::<Id<Policy>>("pol_1"), expected);
    assert_eq!(both::<Id<Policy>>(String::from("pol_1")), expected);
    assert_eq!(both::<Id<Policy>>(&policy()), expected);
    assert_eq!(both::<Id<Policy>>(reference()), expected);
    assert_eq!(both::<Id<AnyResource>>(&policy().id), "pol_1");
    assert_eq!(both::<Id<AnyResource>>(&policy()), "pol_1");
}

#[test]
fn strings_convert_from_any_string_type() {
    let (text, owned) = ("a", String::from("a"));
    let elements = [text];
    let [ref element] = elements;
    all(
        [
            value(text),
            value(element),
            value(&owned),
            value(owned.clone()),
            both(text),
            both(&owned),
        ],
        &String::from("a"),
    );
    let secret = Sensitive::new("a");
    all(
        [value(text), value(element), value(&owned), value(owned.clone()), both(owned)],
        &secret,
    );
    all(
        [value(&secret), value(secret.clone()), both(&secret), both(secret.clone())],
        &secret,
    );
}

#[test]
fn enums_convert_from_values_and_names() {
    let owned = String::from("deny");
    let elements = ["deny"];
    let [ref element] = elements;
    all([value(Action::Deny), value(&Action::Deny), both(Action::Deny)], &Action::Deny);
    all(
        [value("deny"), value(element), value(&owned), value(owned), both("deny")],
        &Action::Deny,
    );
    assert!(value::<Action>("new").is_unknown());
}

#[test]
fn numbers_need_no_suffix() {
    assert_eq!(
        (value::<i32>(5), value::<i64>(5), value::<u32>(5), value::<u64>(5)),
        (5, 5, 5, 5)
    );
    assert_eq!((both::<i64>(5), both::<u64>(&5)), (5, 5));
    assert!(value::<bool>(true) && both::<bool>(&true));
    assert!((value::<f64>(0.5) - 0.5).abs() < f64::EPSILON);
}

#[test]
fn records_and_unions_convert_from_values_and_references() {
    let nested = Nested { rules: vec![policy()], by_name: BTreeMap::new() };
    assert_eq!(value::<Nested>(&nested), nested);
    assert_eq!(both::<Nested>(nested.clone()), nested);
    let queue = TargetQueue { url: "u".to_owned() };
    let target = Target::Queue(queue.clone());
    all(
        [value(&target), value(target.clone()), value(queue.clone()), both(queue)],
        &target,
    );
    assert_eq!(value::<Ref<Policy>>(&reference()), reference());
}

#[test]
fn a_list_converts_from_any_iterator() {
    let owned = vec![String::from("a"), String::from("b")];
    let expected = owned.clone();
    assert_eq!(value::<Vec<String>>(["a", "b"]), expected);
    assert_eq!(value::<Vec<String>>(&["a", "b"]), expected);
    assert_eq!(value::<Vec<String>>(["a", "b"].as_slice()), expected);
    assert_eq!(value::<Vec<String>>(vec!["a", "b"]), expected);
    assert_eq!(value::<Vec<String>>(owned.as_slice()), expected);
    assert_eq!(value::<Vec<String>>(&owned), expected);
    assert_eq!(value::<Vec<String>>("a b".split(' ')), expected);
    assert_eq!(value::<Vec<String>>(BTreeSet::from(["b", "a"])), expected);
    assert_eq!(both::<Vec<String>>(owned), expected);
    assert_eq!(both::<Vec<String>>(["a", "b"]), expected);
    assert_eq!(value::<Vec<String>>(Vec::<String>::new()), Vec::<String>::new());
}

#[test]
fn lists_of_ids_enums_and_records() {
    let policies = [policy(), policy()];
    let expected = ["pol_1"; 2].map(Id::<Policy>::from);
    assert_eq!(value::<Vec<Id<Policy>>>(["pol_1", "pol_1"]), expected);
    assert_eq!(value::<Vec<Id<Policy>>>(&["pol_1", "pol_1"]), expected);
    assert_eq!(value::<Vec<Id<Policy>>>(&policies), expected);
    assert_eq!(
        value::<Vec<Id<Policy>>>(policies.iter().map(|policy| &policy.id)),
        expected
    );
    assert_eq!(both::<Vec<Id<AnyResource>>>(&policies).len(), 2);
    assert_eq!(value::<Vec<Policy>>(&policies), policies);
    assert_eq!(value::<Vec<Action>>(["allow", "deny"]), [Action::Allow, Action::Deny]);
    assert_eq!(value::<Vec<Action>>(&[Action::Allow]), [Action::Allow]);
    assert_eq!(value::<Vec<Target>>([TargetQueue::default()]).len(), 1);
}

#[test]
fn maps_convert_from_pairs() {
    let expected = BTreeMap::from([(String::from("a"), String::from("b"))]);
    assert_eq!(value::<BTreeMap<String, String>>([("a", "b")]), expected);
    assert_eq!(value::<BTreeMap<String, String>>(expected.clone()), expected);
    assert_eq!(value::<BTreeMap<String, String>>(&expected), expected);
    assert_eq!(
        both::<BTreeMap<String, String>>(vec![("a", String::from("b"))]),
        expected
    );
    assert_eq!(
        both::<BTreeMap<String, i64>>([("a", 1)]),
        BTreeMap::from([("a".to_owned(), 1)])
    );
}

#[test]
fn null_and_patches_are_accepted_for_nullable_fields() {
    fn patch<T>(of: impl IntoPatch<T>) -> Patch<T> {
        of.into_patch()
    }
    assert_eq!(patch::<String>(Null), Patch::Null);
    assert_eq!(patch::<Vec<Id<Policy>>>(Null), Patch::Null);
    assert_eq!(patch::<Target>(Null), Patch::Null);
    assert_eq!(patch::<Id<Policy>>(Null), Patch::Null);
    assert_eq!(patch(Patch::<String>::Unset), Patch::Unset);
    assert_eq!(patch::<Action>(Patch::from(None)), Patch::Unset);
    assert_eq!(
        patch::<String>(Patch::from(Some("a".to_owned()))),
        Patch::Value("a".to_owned())
    );
}

#[test]
fn timestamps_convert_from_any_type_of_time() {
    let epoch = Timestamp::UNIX_EPOCH;
    assert_eq!(value::<Timestamp>(epoch), epoch);
    assert_eq!(value::<Timestamp>(&epoch), epoch);
    assert_eq!(value::<Timestamp>(SystemTime::UNIX_EPOCH), epoch);
    assert_eq!(both::<Timestamp>(SystemTime::UNIX_EPOCH), epoch);
    #[cfg(feature = "chrono")]
    assert_eq!(value::<Timestamp>(chrono::DateTime::UNIX_EPOCH), epoch);
    #[cfg(feature = "time")]
    assert_eq!(both::<Timestamp>(time::OffsetDateTime::UNIX_EPOCH), epoch);
    #[cfg(feature = "jiff")]
    assert_eq!(both::<Timestamp>(jiff::Timestamp::UNIX_EPOCH), epoch);
}
