//! References: order, unknown values, replacement of their targets.

use ngrok_state_core::{After, Outcome, Plan, text};
use serde_json::{Value, json};

use crate::account::Account;

fn policies(description: &str, rules: &[&str]) -> Value {
    let rules = rules.iter().enumerate().map(|(at, cidr)| {
        let rule = json!({
            "ip_policy_id": "${ip_policies.office}", "cidr": cidr, "action": "allow"
        });
        (format!("rule{at}"), rule)
    });
    json!({
        "ip_policies": { "office": { "description": description } },
        "ip_policy_rules": rules.collect::<serde_json::Map<_, _>>(),
    })
}

fn outcomes(plan: &Plan) -> Vec<(String, Outcome)> {
    plan.items
        .iter()
        .map(|(address, item)| (address.to_string(), item.outcome))
        .collect()
}

#[test]
fn references_are_created_first_and_deleted_last() {
    let account = Account::new();
    let document = policies("office", &["10.0.0.0/8", "192.168.0.0/16"]);
    let plan = account.plan(&document, false);
    let rule = plan.items.values().last().unwrap();
    let id = rule.changes.iter().find(|it| it.field == "ip_policy_id").unwrap();
    assert_eq!(id.after, After::Unknown);

    account.applied(&document, false);
    account.is_settled(&document);
    account.sent.lock().unwrap().clear();
    account.applied(&json!({}), true);
    let paths: Vec<_> =
        account.sent.lock().unwrap().iter().map(|it| it.path.clone()).collect();
    assert!(
        paths[0].starts_with("/ip_policy_rules/")
            && paths[2].starts_with("/ip_policies/"),
        "{paths:?}"
    );
}

#[test]
fn unchanged_values_remain_known() {
    let account = Account::new();
    account.applied(&policies("office", &["10.0.0.0/8"]), false);
    let plan = account.plan(&policies("branch", &["10.0.0.0/8"]), false);
    assert_eq!(
        outcomes(&plan),
        [
            ("ip_policies.office".to_owned(), Outcome::Update),
            ("ip_policy_rules.rule0".to_owned(), Outcome::Unchanged),
        ]
    );
}

#[test]
fn a_resource_that_refers_to_a_deleted_one_is_replaced() {
    let account = Account::new();
    let document = policies("office", &["10.0.0.0/8"]);
    let applied = account.applied(&document, false);
    let (_, policy) =
        applied.created.iter().find(|(it, _)| it.kind == "ip_policies").unwrap();
    let path = account.sandbox.path_of(policy);
    account.sandbox.send(ngrok_api_model::Method::Delete, &path, None);
    account.applied(&document, false);
    account.is_settled(&document);
}

#[test]
fn unknown_references_and_cycles_are_reported() {
    let account = Account::new();
    let document = json!({
        "ip_policies": {
            "office": { "description": "${ip_policies.office}", "$retian": true },
            "bad name": {},
        },
        "ip_policy_rules": { "rule": {
            "ip_policy_id": "${ip_policies.ofice}", "cidr": "10.0.0.0/8", "action": "allow",
        } },
        "edges.https_routes": { "route": { "match": "/", "match_type": "exact_path" } },
    });
    let problems = account.read(&document).1;
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "files: edges.https_routes.route.edge_id: is required, as an ID or a reference",
            "files: ip_policies.bad name: a name consists of letters, digits, `_` and `-`",
            "files: ip_policies.office.$retian: is not a known key; the known ones are `$id` and `$retain`",
            "files: ip_policies.office.description: a resource cannot refer to itself",
            "files: ip_policy_rules.rule.ip_policy_id: `ip_policies.ofice` is not in the files; there is office",
        ]
    );
    let cycle = json!({ "ip_policies": {
        "one": { "description": "${ip_policies.two}" },
        "two": { "description": "${ip_policies.one}" },
    } });
    let problems = account.read(&cycle).1;
    let [refused] = problems.as_slice() else { panic!("{problems:?}") };
    let end = "in a cycle: ip_policies.one -> ip_policies.two -> ip_policies.one";
    assert!(refused.message.ends_with(end), "{refused}");
}

#[test]
fn an_id_that_cannot_be_adopted_is_noted() {
    let account = Account::new();
    let document = json!({ "ip_policies": { "office": { "$id": "ipp_none" } } });
    let plan = account.plan(&document, false);
    let shown = text(&plan, &account.kinds, false);
    let note = "# there is no IP policy with the ID `ipp_none` that could be adopted";
    assert!(shown.contains(note), "{shown}");
}

#[test]
fn a_plan_reads_like_a_diff_and_shows_no_secret() {
    let account = Account::new();
    let mut document = policies("office", &["10.0.0.0/8"]);
    document["vaults"] = json!({ "main": { "name": "main" } });
    document["secrets"] = json!({ "token": { "vault_id": "${vaults.main}", "name": "token", "value": "hunter2" } });
    let plan = account.plan(&document, false);
    let shown = text(&plan, &account.kinds, false);
    assert_eq!(
        shown,
        "\
+ ip_policies.office will be created
    description = \"office\"
+ ip_policy_rules.rule0 will be created
    cidr         = \"10.0.0.0/8\"
    ip_policy_id = (known after apply)
    action       = \"allow\"
+ secrets.token will be created
    name     = \"token\"
    value    = \"(secret)\"
    vault_id = (known after apply)
+ vaults.main will be created
    name = \"main\"

Plan: 4 to create.
"
    );
    let report = ngrok_state_core::json(&plan, &account.kinds).to_string();
    assert!(report.contains("after_unknown") && !report.contains("hunter2"), "{report}");

    account.applied(&document, false);
    document["secrets"]["token"]["value"] = json!("hunter3");
    let plan = account.plan(&document, false);
    let shown = text(&plan, &account.kinds, true);
    assert!(shown.contains("value : (not set) -> \"(secret)\""), "{shown}");
    assert!(shown.contains("\u{1b}[33m~ secrets.token will be updated"), "{shown}");
}

#[test]
fn a_value_that_is_returned_once_can_be_referred_to() {
    let account = Account::new();
    let mut document = json!({
        "api_keys": { "ci": { "description": "ci" } },
        "vaults": { "main": { "name": "main" } },
        "secrets": { "token": {
            "vault_id": "${vaults.main}", "name": "token", "value": "${api_keys.ci.token}"
        } },
    });
    account.applied(&document, false);
    account.is_settled(&document);
    document["secrets"]["token"]["description"] = json!("changed");
    account.applied(&document, false);
    account.is_settled(&document);
    document["secrets"]["late"] = json!({
        "vault_id": "${vaults.main}", "name": "late", "value": "${api_keys.ci.token}"
    });
    let refused = account.try_plan(&document, false).unwrap_err().to_string();
    assert_eq!(
        refused,
        "files: secrets.late.value: refers to a value that the API does not return: `token` of the existing api_keys.ci; state the value itself"
    );
    // Its predecessor would be deleted before its value turns out to be unknown.
    document["secrets"].as_object_mut().unwrap().remove("late");
    document["vaults"]["other"] = json!({ "name": "other" });
    document["secrets"]["token"]["vault_id"] = json!("${vaults.other}");
    let refused = account.try_plan(&document, false).unwrap_err();
    assert_eq!(refused.path, "secrets.token.value");
    // With a new key, there is a value again.
    document["api_keys"]["next"] = json!({ "description": "next" });
    document["secrets"]["token"]["value"] = json!("${api_keys.next.token}");
    account.applied(&document, false);
    account.is_settled(&document);
}

#[test]
fn another_choice_of_a_fixed_union_replaces() {
    let account = Account::new();
    let document = |target: Value| {
        let destination =
            json!({ "description": "d", "format": "json", "target": target });
        json!({ "event_destinations": { "logs": destination } })
    };
    let datadog = |key: &str| json!({ "datadog": { "api_key": key, "service": "a" } });
    account.applied(&document(datadog("key1")), false);
    let plan = account.plan(&document(datadog("key2")), false);
    assert_eq!(plan.count(Outcome::Update), 1, "{plan:#?}");
    let azure = json!({ "azure_logs_ingestion": {
        "tenant_id": "t", "client_id": "c", "client_secret": "s",
        "logs_ingestion_uri": "https://x.example.com", "data_collection_rule_id": "r",
        "data_collection_stream_name": "n",
    } });
    let plan = account.plan(&document(azure.clone()), false);
    assert_eq!(plan.count(Outcome::Replace), 1, "{plan:#?}");
    account.applied(&document(azure.clone()), false);
    account.is_settled(&document(azure));
}

#[test]
fn changed_lines_of_a_text_are_shown_alone() {
    let account = Account::new();
    let document = |line: &str| {
        let metadata = format!("one\n{line}\nthree\nfour\n");
        json!({ "ip_policies": { "office": { "metadata": metadata } } })
    };
    account.applied(&document("two"), false);
    let plan = account.plan(&document("2"), false);
    let shown = text(&plan, &account.kinds, false);
    let lines = "    metadata:
        ... (1 unchanged)
      - two
      + 2
        ... (2 unchanged)
";
    assert!(shown.contains(lines), "{shown}");
}
