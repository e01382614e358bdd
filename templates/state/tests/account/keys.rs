//! Natural keys that pass from one resource to another, and fields that cannot be empty.

use ngrok_api_model::Method;
use ngrok_state_core::{Action, Outcome};
use serde_json::{Value, json};

use crate::account::Account;
use crate::random::stops_at_every_call;

/// Applies one document, then another one, which must be there at once, or after a run that stops at any call.
fn exchanged(account: &Account, before: &Value, after: &Value) {
    account.applied(before, true);
    account.applied(after, true);
    account.is_settled(after);
    for arrives in [false, true] {
        stops_at_every_call(account, before, after, arrives);
    }
}

#[test]
fn replaced_resources_exchange_their_keys() {
    let account = Account::new();
    let document = |one: &str, two: &str| {
        let restriction =
            |ty: &str| json!({ "type": ty, "ip_policy_ids": ["${ip_policies.office}"] });
        json!({
            "ip_policies": { "office": {} },
            "ip_restrictions": { "one": restriction(one), "two": restriction(two) },
        })
    };
    exchanged(&account, &document("api", "agent"), &document("agent", "api"));
}

#[test]
fn a_key_is_taken_after_its_holder_is_deleted() {
    let account = Account::new();
    let before = json!({ "vaults": { "z": { "name": "main" } } });
    let after = json!({ "vaults": { "a": { "name": "main" } } });
    exchanged(&account, &before, &after);
}

#[test]
fn updated_resources_exchange_their_keys_by_a_detour() {
    let account = Account::new();
    let document = |names: [&str; 3]| {
        json!({ "vaults": {
            "a": { "name": names[0] }, "b": { "name": names[1] }, "c": { "name": names[2] },
        } })
    };
    account.applied(&document(["one", "two", "three"]), true);
    // A chain needs no detour, a circle does.
    let chain = document(["two", "three", "four"]);
    let renames = |plan: &ngrok_state_core::Plan| {
        let steps = plan.steps.iter();
        steps.filter(|it| matches!(it.action, Action::Rename { .. })).count()
    };
    assert_eq!(renames(&account.plan(&chain, true)), 0);
    let before = ids(&account);
    exchanged(&account, &document(["one", "two", "three"]), &chain);
    let circle = document(["three", "four", "two"]);
    let plan = account.plan(&circle, true);
    assert_eq!((renames(&plan), plan.count(Outcome::Update)), (1, 3), "{plan:#?}");
    exchanged(&account, &chain, &circle);
    assert_eq!(ids(&account), before);
}

fn ids(account: &Account) -> Vec<String> {
    let vaults = account.all(account.kinds.get("vaults").unwrap());
    let mut ids: Vec<_> = vaults.iter().map(|it| it["id"].to_string()).collect();
    ids.sort();
    ids
}

#[test]
fn a_number_that_cannot_be_empty_is_cleared_by_replacement() {
    let account = Account::new();
    let document =
        |fields: Value| json!({ "backends.http_response": { "page": fields } });
    account.applied(&document(json!({ "body": "a", "status_code": 503 })), true);
    let cleared = document(json!({ "body": "a" }));
    assert_eq!(account.plan(&cleared, true).count(Outcome::Replace), 1);
    account.applied(&cleared, true);
    account.is_settled(&cleared);
}

#[test]
fn fields_that_an_update_cannot_clear_are_cleared_by_calls_of_their_own() {
    let (account, mut checked) = (Account::new(), 0);
    for kind in account.kinds.iter() {
        let fields = account.made_up(kind, true);
        for field in kind.fields.iter().filter(|it| it.cleared_by.is_some()) {
            let value = account.sandbox.value(&field.facts.ty, true);
            let mut fields = fields.clone();
            // Of fields with such calls, one at a time can be set.
            fields.retain(|key, _| kind.field(key).unwrap().cleared_by.is_none());
            let without = json!({ kind.name.as_str(): { "one": fields } });
            fields.insert(field.name.clone(), value);
            let with = json!({ kind.name.as_str(): { "one": fields } });
            account.applied(&with, true);
            account.sent.lock().unwrap().clear();
            account.applied(&without, true);
            let sent = account.sent.lock().unwrap().clone();
            assert!(
                matches!(sent.as_slice(), [it] if it.method == Method::Delete),
                "{sent:?}"
            );
            assert_eq!(account.all(kind)[0][field.response().unwrap()], Value::Null);
            exchanged(&account, &with, &without);
            checked += 1;
        }
    }
    assert!(checked > 1, "{checked} fields have such a call");
}
