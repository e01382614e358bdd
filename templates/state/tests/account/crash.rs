//! Runs that stop at any call, and the run after them.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use crate::account::Account;

fn document(version: &str) -> Value {
    json!({
        "ip_policies": { "a": { "description": version }, "b": { "description": "b" } },
        "ip_policy_rules": {
            "one": { "ip_policy_id": "${ip_policies.a}", "cidr": "10.0.0.0/8", "action": "allow" },
            "two": { "ip_policy_id": "${ip_policies.b}", "cidr": "10.0.0.0/8", "action": if version == "1" { "allow" } else { "deny" } },
        },
        "api_keys": { "ci": { "description": "ci" } },
        "vaults": { "main": { "name": "main" } },
        "secrets": { "token": { "vault_id": "${vaults.main}", "name": "token", "value": version } },
    })
}

/// Lets one run stop at each of its calls in turn; the run after it has to converge without duplicates.
fn converges(before: Option<&Value>, desired: &Value) {
    for arrives in [false, true] {
        for calls in 1.. {
            let account = Account::new();
            if let Some(before) = before {
                account.applied(before, true);
            }
            let calls_before = account.sent.lock().unwrap().len();
            account.arrives.store(arrives, Ordering::Relaxed);
            account.allowed.store(calls, Ordering::Relaxed);
            account.apply(desired, true);
            let stopped = account.allowed.load(Ordering::Relaxed) == 0;
            account.allowed.store(usize::MAX, Ordering::Relaxed);
            account.applied(desired, true);
            account.is_settled(desired);
            for kind in account.kinds.iter() {
                let wanted = desired
                    .get(&kind.name)
                    .and_then(Value::as_object)
                    .map_or(0, serde_json::Map::len);
                let found = account.all(kind).len();
                assert_eq!(
                    found, wanted,
                    "{} after {calls} calls, arrives: {arrives}",
                    kind.name
                );
            }
            assert!(account.store().state().pending.is_empty());
            if !stopped {
                break;
            }
            assert!(account.sent.lock().unwrap().len() > calls_before);
        }
    }
}

#[test]
fn an_interrupted_creation_converges_without_duplicates() {
    converges(None, &document("1"));
}

#[test]
fn an_interrupted_change_converges() {
    converges(Some(&document("1")), &document("2"));
}

#[test]
fn an_interrupted_destruction_converges() {
    converges(Some(&document("1")), &json!({}));
}
