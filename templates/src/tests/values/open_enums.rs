//! Open enums.

use proptest::prelude::*;

use super::models::Action;
use super::{decode, decode_error, encode};

#[test]
#[expect(deprecated, reason = "a deprecated value is as valid as all others")]
fn known_values_have_names() {
    assert_eq!(Action::known(), [Action::Allow, Action::Deny, Action::Ignore]);
    for value in Action::known() {
        assert!(!value.is_unknown());
        assert_eq!(&Action::from(value.as_str()), value);
        assert_eq!(&Action::from(value.as_str().to_owned()), value);
        assert_eq!(&decode::<Action>(&encode(value).to_string()), value);
    }
}

#[test]
fn the_default_is_unknown_and_empty() {
    assert_eq!(Action::default(), Action::Unknown(String::new()));
}

#[test]
fn prints_its_name() {
    let (known, new): (Action, Action) = ("deny".into(), "new".into());
    assert_eq!(format!("{known} {new} {known:>5}"), "deny new  deny");
    assert_eq!(known.as_ref(), "deny");
}

#[test]
fn values_are_parsed_and_ordered() {
    let parsed: Vec<Action> =
        ["new", "deny", "allow"].iter().map(|name| name.parse().unwrap()).collect();
    let mut sorted = parsed.clone();
    sorted.sort();
    assert_eq!(sorted, [Action::Allow, Action::Deny, Action::Unknown("new".into())]);
}

#[test]
fn names_are_compared_exactly() {
    assert!(Action::from("Deny").is_unknown());
    assert!(Action::from(" deny").is_unknown());
}

#[test]
fn only_strings_are_values() {
    for json in ["1", "true", "[]", "{}", "null"] {
        assert!(decode_error::<Action>(json).1.starts_with("invalid type"), "{json}");
    }
}

proptest! {
    #[test]
    fn every_string_round_trips(name in ".*") {
        let value = Action::from(name.as_str());
        prop_assert_eq!(value.as_str(), &name);
        prop_assert_eq!(value.is_unknown(), !["allow", "deny", "ignore"].contains(&name.as_str()));
        let json = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(&json, &serde_json::to_string(&name).unwrap());
        prop_assert_eq!(decode::<Action>(&json), value);
    }
}
