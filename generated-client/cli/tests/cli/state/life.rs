//! From the first plan to the last deletion.

use serde_json::{Value, json};

use super::{OFFICE, Workspace};
use crate::support::feed;

/// The blocks in a language below a heading.
fn blocks<'a>(readme: &'a str, heading: &str, language: &str) -> Vec<&'a str> {
    let section = readme.split(heading).nth(1).expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let begin = format!("```{language}\n");
    let blocks = section.split(&*begin).skip(1);
    blocks.map(|it| it.split("```").next().unwrap_or_default()).collect()
}

#[test]
fn the_examples_of_the_readmes_run_as_they_stand() {
    for (readme, heading) in [
        (include_str!("../../../README.md"), "\n## Desired state in files\n"),
        (include_str!("../../../../../README.md"), "\n### Resources from files\n"),
    ] {
        let workspace = Workspace::with(blocks(readme, heading, "yaml")[0]);
        let session = blocks(readme, heading, "console")[0];
        let mut commands = 0;
        for part in session.split("$ ngrok-api ").skip(1) {
            let (command, expected) = part.split_once('\n').expect("a line");
            let mut process = workspace.command(command);
            process.env("TOKEN", "hunter2");
            let run = feed(process, "");
            assert!(!run.out.contains("hunter2"), "{run:?}");
            let changes = command.starts_with("plan") && run.out.contains("\nPlan: ");
            assert_eq!(
                run.code,
                Some(if changes { 2 } else { 0 }),
                "{command}: {run:?}"
            );
            if !expected.is_empty() {
                assert_eq!(run.out, expected, "{command}");
            }
            commands += 1;
        }
        assert!(commands >= 2);
        assert_eq!(workspace.all("ip_policy_rules").len(), 1);
    }
}

#[test]
fn changes_are_planned_applied_and_settled() {
    let workspace = Workspace::with(OFFICE);
    let plan = workspace.run("plan infra.yaml -o json");
    assert_eq!(plan.code, Some(2));
    assert_eq!(plan.json()["has_changes"], true);
    assert!(!workspace.path("ngrok-api.state.json").exists(), "a plan writes no state");
    let applied = workspace.run("apply infra.yaml --yes -o json");
    assert_eq!((applied.code, &applied.json()["done"]), (Some(0), &json!(2)));
    workspace.is_settled();

    workspace
        .write("infra.yaml", &OFFICE.replace("description: office", "description: x"));
    let plan = workspace.run("plan infra.yaml");
    assert!(plan.out.contains("description : \"office\" -> \"x\""), "{}", plan.out);
    let applied = workspace.apply();
    assert!(applied.err.ends_with("Done: 1 updated.\n"), "{}", applied.err);
    workspace.is_settled();

    assert_eq!(workspace.run("plan --unknown").code, Some(1));

    let kept = workspace.run("destroy");
    assert_eq!(kept.code, Some(2), "without a terminal, --yes is required: {kept:?}");
    assert_eq!(workspace.all("ip_policies").len(), 1);
    let destroyed = workspace.run("destroy --yes");
    assert_eq!(destroyed.code, Some(0), "{destroyed:?}");
    assert_eq!(workspace.all("ip_policies"), Vec::<Value>::new());
}

#[test]
fn what_another_client_changed_is_shown_and_corrected() {
    let workspace = Workspace::with(OFFICE);
    workspace.apply();
    let id = workspace.all("ip_policies")[0]["id"].as_str().expect("an ID").to_owned();
    workspace.run(&format!("ip-policies update {id} --description other"));
    let plan = workspace.run("plan infra.yaml");
    assert_eq!(plan.code, Some(2));
    assert!(
        plan.out.contains("# was changed outside of the files\n    description : \"other\" -> \"office\""),
        "{}",
        plan.out
    );
    workspace.apply();
    assert_eq!(workspace.all("ip_policies")[0]["description"], "office");
}

#[test]
fn resources_that_left_the_files_are_deleted_when_pruning_only() {
    let workspace = Workspace::with(OFFICE);
    workspace.apply();
    workspace.write("infra.yaml", "ip_policies:\n  office: { description: office }\n");
    let plan = workspace.run("plan infra.yaml");
    assert_eq!(plan.code, Some(0));
    assert!(
        plan.out.contains("ip_policy_rules.v4 is no longer in the files"),
        "{}",
        plan.out
    );
    assert_eq!(workspace.run("apply infra.yaml --yes").code, Some(0));
    assert_eq!(workspace.all("ip_policy_rules").len(), 1);
    workspace.apply();
    assert_eq!(workspace.all("ip_policy_rules").len(), 0);
}

#[test]
fn retained_resources_are_kept_unless_the_command_says_otherwise() {
    let domain = "reserved_domains: { app: { domain: app.example.com } }\n";
    let workspace = Workspace::with(domain);
    workspace.apply();
    workspace.write("infra.yaml", "");
    let plan = workspace.run("plan infra.yaml").out;
    assert!(plan.contains("# pruning would no longer manage it, and keep it"), "{plan}");
    let plan = workspace.run("plan infra.yaml --prune").out;
    assert!(plan.ends_with("\nPlan: 1 to retain.\n"), "{plan}");
    assert_eq!(workspace.run("destroy --yes").code, Some(0));
    assert_eq!(workspace.all("reserved_domains").len(), 1);
    let nothing = workspace.run("destroy --yes").out;
    assert_eq!(nothing, "No changes. There are no resources.\n");
    workspace.write("infra.yaml", domain);
    workspace.apply();
    assert_eq!(workspace.run("destroy --yes --delete-retained").code, Some(0));
    assert_eq!(workspace.all("reserved_domains").len(), 0);
}

#[test]
fn an_account_becomes_files_that_plan_to_no_changes() {
    let mention = "vaults: { main: { name: main, metadata: 'see ${ip_policies.office}' } }\nsecrets: { token: { vault_id: '${vaults.main}', name: token, value: x } }\n";
    let workspace = Workspace::with(&format!("{OFFICE}{mention}"));
    workspace.apply();
    let exported = workspace.run("export").success();
    assert!(exported.contains("ip_policy_id: ${ip_policies.office}"), "{exported}");
    assert!(exported.contains("metadata: see ${ip_policies.office}"), "{exported}");
    let exported = exported.replace("${env:SECRETS_TOKEN_VALUE}", "x");
    workspace.write("elsewhere/account.yaml", &exported);
    let plan = workspace.run("plan elsewhere");
    assert_eq!(plan.code, Some(0), "{plan:?}");
    assert!(plan.out.ends_with("Plan: 4 to adopt.\n"), "{}", plan.out);
    let kinds = workspace.run("export ip-policies -o json").json();
    assert_eq!(kinds.as_object().map(serde_json::Map::len), Some(1));
    assert_eq!(workspace.run("export ip_polices").code, Some(2));
}

#[test]
fn an_existing_resource_is_imported() {
    let workspace = Workspace::new();
    let made = workspace.run("ip-policies create --description office").json();
    let id = made["id"].as_str().expect("an ID");
    let imported = workspace.run(&format!("import ip_policies.office {id}")).success();
    workspace.write("infra.yaml", &imported);
    workspace.is_settled();
    let again = workspace.run(&format!("import ip_policies.other {id}"));
    assert!(
        again.err.contains("is in the state as ip_policies.office"),
        "{}",
        again.err
    );
    assert_eq!(workspace.run("import ip_policies.x ipp_none").code, Some(4));
    assert_eq!(workspace.run("destroy --yes").code, Some(0));
    assert_eq!(workspace.all("ip_policies").len(), 0);
}

#[test]
fn resources_and_references_are_drawn() {
    let workspace = Workspace::with(OFFICE);
    let mermaid = workspace.run("plan infra.yaml --graph mermaid");
    insta::assert_snapshot!("mermaid", mermaid.out);
    let svg = workspace.run("plan infra.yaml --graph svg");
    insta::assert_snapshot!("svg", svg.out);
    workspace.write("empty.yaml", "");
    assert!(workspace.run("plan empty.yaml --graph svg").out.ends_with("</svg>\n"));
}
