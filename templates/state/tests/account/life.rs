//! Every kind of resource: created, applied again, changed, cleared, changed by another client, deleted.

use ngrok_state_core::{Kind, Outcome, Store};
use serde_json::{Map, Value, json};

use crate::account::Account;

fn document(kind: &Kind, fields: &Map<String, Value>) -> Value {
    json!({ kind.name.as_str(): { "one": fields } })
}

/// Checks the kinds one after the other in one account.
fn for_every_kind(check: impl Fn(&Account, &Kind)) {
    let account = Account::new();
    let mut checked = 0;
    for kind in account.kinds.iter() {
        check(&account, kind);
        account.applied(&json!({}), true);
        checked += 1;
    }
    assert!(checked > 20, "only {checked} kinds can be managed");
}

#[test]
fn a_second_apply_makes_no_call() {
    for full in [false, true] {
        for_every_kind(|account, kind| {
            let document = document(kind, &account.made_up(kind, full));
            account.applied(&document, false);
            account.sent.lock().unwrap().clear();
            account.is_settled(&document);
            account.applied(&document, false);
            assert_eq!(*account.sent.lock().unwrap(), [], "{document:#}");
        });
    }
}

#[test]
fn changed_values_are_applied_and_fields_that_cannot_be_updated_replace() {
    for_every_kind(|account, kind| {
        let (old, new) = (account.made_up(kind, true), account.made_up(kind, true));
        account.applied(&document(kind, &old), false);
        let plan = account.plan(&document(kind, &new), false);
        let item = plan.items.values().next().unwrap();
        let replaces = item.changes.iter().any(|it| it.replaces);
        assert_eq!(item.outcome == Outcome::Replace, replaces, "{item:#?}");
        account.applied(&document(kind, &new), false);
        account.is_settled(&document(kind, &new));
    });
}

#[test]
fn optional_fields_that_are_no_longer_set_are_cleared() {
    for_every_kind(|account, kind| {
        let mut fields = account.made_up(kind, true);
        account.applied(&document(kind, &fields), false);
        let optional =
            kind.fields.iter().filter(|it| !it.facts.presence.required && it.updatable);
        for field in
            optional.filter(|it| ["description", "metadata"].contains(&it.name.as_str()))
        {
            fields.remove(&field.name);
            account.applied(&document(kind, &fields), false);
            account.is_settled(&document(kind, &fields));
        }
    });
}

#[test]
fn resources_removed_from_the_files_are_deleted_when_pruning() {
    for_every_kind(|account, kind| {
        let document = document(kind, &account.made_up(kind, false));
        account.applied(&document, false);
        let kept = account.plan(&json!({}), false);
        assert!(!kept.has_changes() && kept.count(Outcome::Orphan) == 1, "{kept:#?}");
        account.applied(&json!({}), true);
        assert!(account.store().state().resources.is_empty());
        account.is_settled(&json!({}));
    });
}

#[test]
fn a_resource_that_another_client_deleted_is_created_again() {
    for_every_kind(|account, kind| {
        let document = document(kind, &account.made_up(kind, false));
        let applied = account.applied(&document, false);
        let created = applied.created.values().next().unwrap();
        let path = account.sandbox.path_of(created);
        account.sandbox.send(kind.delete.method, &path, None);
        let plan = account.plan(&document, false);
        assert_eq!(plan.count(Outcome::Create), 1, "{plan:#?}");
        account.applied(&document, false);
        account.is_settled(&document);
    });
}

#[test]
fn the_state_contains_no_value() {
    for_every_kind(|account, kind| {
        let fields = account.made_up(kind, true);
        account.applied(&document(kind, &fields), false);
        let state = account.state_text();
        for field in kind.fields.iter().filter(|it| it.sent && it.facts.secret) {
            let Some(value) = fields.get(&field.name).and_then(Value::as_str) else {
                continue;
            };
            assert!(!state.contains(value), "{} is in {state}", field.name);
        }
    });
}

#[cfg(unix)]
#[test]
fn a_link_to_a_state_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) =
        (folder.path().join("real.json"), folder.path().join("here/link.json"));
    std::fs::create_dir(folder.path().join("here")).unwrap();
    std::os::unix::fs::symlink("../real.json", &link).unwrap();
    let mut store = Store::open(&link, "test", "salt").unwrap();
    assert!(Store::open(&real, "test", "salt").is_err(), "both paths share a lock");
    store.update(|state| "key".clone_into(&mut state.key)).unwrap();
    drop(store);
    assert!(link.is_symlink());
    assert_eq!(Store::open(&real, "test", "salt").unwrap().state().key, "key");
}

#[test]
fn a_state_of_a_newer_version_is_refused_whatever_it_contains() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    std::fs::write(&path, r#"{ "version": 99, "accounts": [] }"#).unwrap();
    let error = Store::open(&path, "test", "salt").unwrap_err().to_string();
    assert!(error.contains("has version 99"), "{error}");
}
