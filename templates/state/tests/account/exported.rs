//! An account as files.

use std::collections::BTreeSet;

use ngrok_state_core::{Lookup, export, fetch};
use serde_json::{Value, json};

use crate::account::Account;

/// Replaces placeholders of secrets, as the reader of files does.
fn with_secrets(value: Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("${env:") => json!("text-of-a-secret"),
        Value::Array(items) => items.into_iter().map(with_secrets).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(key, it)| (key, with_secrets(it))).collect()
        }
        other => other,
    }
}

#[test]
fn an_exported_account_plans_to_no_changes_and_is_destroyed_in_one_run() {
    let mut account = Account::new();
    for kind in account.kinds.iter() {
        let fields = account.made_up(kind, true);
        account.applied(&json!({ kind.name.as_str(): { "one": fields } }), false);
    }
    account.forget_state();
    let lists = account.kinds.iter().filter(|it| it.list.is_some());
    let lists: BTreeSet<_> = lists.map(|it| Lookup::List(it.name.clone())).collect();
    let actual = fetch(&account.kinds, &lists, &account, &|_, _| false).unwrap();
    let hidden = export(&account.kinds, &actual, false).to_string();
    assert!(hidden.contains("${env:") && !hidden.contains("PRIVATE KEY"), "{hidden}");
    let document = with_secrets(export(&account.kinds, &actual, true));
    assert!(document.to_string().contains("${ip_policies."), "{document:#}");
    account.is_settled(&document);
    account.applied(&document, false);
    account.is_settled(&document);
    account.applied(&json!({}), true);
    for kind in account.kinds.iter() {
        assert_eq!(account.all(kind), Vec::<Value>::new(), "{}", kind.name);
    }
}
