//! Options passed to setters: a value is set, `None` leaves the field unset.

use serde_json::json;

use super::encode;
use crate::runtime::{AnyResource, Id, Patch, Ref, Sensitive, body, record};

body! {
    /// A body with a field of each type that accepts an `Option`.
    #[derive(Clone, Default, PartialEq)]
    Parcel {
        /// A string.
        name: Option<String>,
        /// A nullable string.
        note: Patch<String>,
        /// A number.
        size: Option<i64>,
        /// A secret.
        token: Patch<Sensitive>,
        /// An ID.
        owner: Patch<Id<AnyResource>>,
        /// A list.
        labels: Patch<Vec<String>>,
    }
}

record! { Parcel { name, note, size, token, owner, labels } }

#[test]
fn some_sets_a_field() {
    let reference: Ref<AnyResource> = Ref::default();
    for owner in [Some(&reference.id), Some(&reference.id.clone())] {
        let parcel = Parcel::default()
            .name(Some("a"))
            .note(Some("b".to_owned()))
            .size(Some(3))
            .token(Some("hidden"))
            .owner(owner);
        let expected =
            json!({"name": "a", "note": "b", "size": 3, "token": "hidden", "owner": ""});
        assert_eq!(encode(&parcel), expected);
    }
}

#[test]
fn none_leaves_a_field_unset() {
    let parcel = Parcel::default()
        .name(None::<String>)
        .note(None::<&String>)
        .size(None::<i64>)
        .token(None::<Sensitive>)
        .owner(None::<Ref<AnyResource>>);
    assert_eq!(encode(&parcel), json!({}));
}

#[test]
fn an_optional_field_of_a_response_is_accepted_unchanged() {
    let old: Option<String> = Some("kept".to_owned());
    assert_eq!(encode(&Parcel::default().note(old.clone())), json!({"note": "kept"}));
    assert_eq!(encode(&Parcel::default().note(&old)), json!({"note": "kept"}));
}

#[test]
fn a_list_still_accepts_any_iterator() {
    let given = ["a", "b"].iter().map(|label| label.to_uppercase());
    assert_eq!(encode(&Parcel::default().labels(given)), json!({"labels": ["A", "B"]}));
    assert_eq!(encode(&Parcel::default().labels(Patch::Null)), json!({"labels": null}));
}
