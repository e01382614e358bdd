//! IDs and references: typed strings, without requirements on the type.

use std::collections::{BTreeMap, BTreeSet};

use super::models::{Policy, Rule};
use super::{decode, decode_error, encode};
use crate::runtime::{AnyResource, Id, Ref, Resource};

/// Implements no trait.
struct Opaque;

#[test]
fn an_id_prints_as_its_string() {
    let id = Id::<Policy>::new("pol_1");
    assert_eq!(format!("{id} {id:>7} {id:?}"), "pol_1   pol_1 \"pol_1\"");
    assert_eq!((id.as_str(), id.as_ref()), ("pol_1", "pol_1"));
    assert_eq!(String::from(id), "pol_1");
}

#[test]
fn an_id_compares_as_its_string() {
    let (a, b) = (Id::<Opaque>::from("a"), Id::<Opaque>::from("b".to_owned()));
    assert!(a < b && a == a.clone() && a != b && a == "a" && *"b" == *b.as_str());
    assert_eq!(BTreeSet::from([b.clone(), a.clone(), b.clone()]).len(), 2);
    assert!(Id::<Opaque>::default().is_empty() && !a.is_empty());
    assert_eq!(a.cast::<Rule>(), "a");
}

#[test]
fn an_id_is_parsed_and_looked_up_as_text() {
    let id: Id<Opaque> = "a".parse().unwrap();
    let ids = BTreeMap::from([(id.clone(), 1)]);
    assert_eq!((ids.get("a"), ids.get("b")), (Some(&1), None));
    assert!(BTreeSet::from([id]).contains("a"));
}

#[test]
fn ids_and_references_of_anything_are_values() {
    fn value<
        T: Clone + std::fmt::Debug + Default + Eq + std::hash::Hash + Send + Sync,
    >() {
    }
    value::<Id<Opaque>>();
    value::<Id<str>>();
    value::<Id<std::rc::Rc<()>>>();
    value::<Ref<std::rc::Rc<()>>>();
}

#[test]
fn an_id_is_a_string_in_json() {
    let id: Id<Policy> = decode(r#""pol_1""#);
    assert_eq!(encode(&id), "pol_1");
    assert_eq!(
        decode_error::<Id<Policy>>("7").1,
        "invalid type: integer `7`, expected a string"
    );
}

#[test]
fn a_reference_prints_both_parts() {
    let reference: Ref<AnyResource> = decode(r#"{"id":"a","uri":"u"}"#);
    assert_eq!(format!("{reference:?}"), r#"Ref { id: "a", uri: "u" }"#);
    assert!(!reference.is_empty() && Ref::<AnyResource>::default().is_empty());
}

#[test]
fn a_resource_has_its_id_and_prefix() {
    let policy: Policy = decode(r#"{"id":"pol_1"}"#);
    assert_eq!(policy.id(), &policy.id);
    assert_eq!((Policy::PREFIX, Rule::PREFIX), ("pol", "rl"));
}
