//! A run that is killed, and the next one.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::Workspace;

/// One policy with many rules, vaults with secrets, and what refers to them.
fn configuration() -> String {
    let mut text = String::from("provider \"ngrok\" {\n  rate_limit = 0\n}\n");
    for number in 0..5 {
        text.extend([format!(
            r#"
resource "ngrok_ip_policy" "p{number}" {{
  description = "policy {number}"
}}

resource "ngrok_ip_policy_rule" "a{number}" {{
  ip_policy_id = ngrok_ip_policy.p{number}.id
  cidr         = "10.{number}.0.0/16"
  action       = "allow"
}}

resource "ngrok_ip_policy_rule" "d{number}" {{
  ip_policy_id = ngrok_ip_policy.p{number}.id
  cidr         = "192.168.{number}.0/24"
  action       = "deny"
}}

resource "ngrok_vault" "v{number}" {{
  name        = "vault{number}"
  description = ngrok_ip_policy.p{number}.description
}}

resource "ngrok_secret" "s{number}" {{
  vault_id = ngrok_vault.v{number}.id
  name     = "secret"
  value    = "value"
}}

resource "ngrok_domain" "d{number}" {{
  domain      = "host{number}.example.com"
  description = ngrok_secret.s{number}.vault_id
}}
"#
        )]);
    }
    text
}

fn count(workspace: &Workspace, path: &str, key: &str) -> usize {
    let listed = workspace.sandbox.send(ngrok_api_model::Method::Get, path, None);
    listed.body[key].as_array().unwrap().len()
}

fn counts(workspace: &Workspace) -> Vec<usize> {
    let lists = [
        ("/ip_policies", "ip_policies"),
        ("/ip_policy_rules", "ip_policy_rules"),
        ("/vaults", "vaults"),
        ("/vault_secrets", "secrets"),
        ("/reserved_domains", "reserved_domains"),
    ];
    lists.into_iter().map(|(path, key)| count(workspace, path, key)).collect()
}

#[test]
#[ignore = "needs Terraform: cargo xtask ci terraform"]
fn a_configuration_with_references_is_applied_and_destroyed() {
    let workspace = Workspace::new();
    workspace.write(&configuration());
    let shown = workspace.apply();
    assert!(shown.contains("30 added"), "{shown}");
    workspace.is_settled();
    // What refers to a value that does not change stays known.
    workspace.write(&configuration().replace("\"policy 1\"", "\"office\""));
    let shown = workspace.apply();
    assert!(shown.contains("0 added, 2 changed, 0 destroyed"), "{shown}");
    workspace.destroy();
    assert_eq!(counts(&workspace), [0; 5]);
}

/// The processes of the group that a run started.
fn alive(group: u32) -> bool {
    let listed =
        std::process::Command::new("pgrep").args(["-g", &group.to_string()]).output();
    listed.is_ok_and(|it| !it.stdout.is_empty())
}

/// Applies and kills Terraform after a while. Returns false if it was writing its state: it truncates the file first, and
/// what it has forgotten then, no provider can tell it.
fn killed(workspace: &Workspace, after: Duration) -> bool {
    let mut apply =
        workspace.command(&["apply", "-auto-approve", "-no-color", "-lock=false"]);
    let apply = apply.process_group(0).stdout(Stdio::null()).stderr(Stdio::null());
    let mut apply = apply.spawn().unwrap();
    sleep(after);
    let group = apply.id();
    apply.kill().unwrap();
    apply.wait().unwrap();
    // The provider ends by itself.
    let start = Instant::now();
    while alive(group) {
        assert!(start.elapsed() < Duration::from_secs(120), "the provider goes on");
        sleep(Duration::from_millis(50));
    }
    let state = fs::read_to_string(workspace.path("terraform.tfstate"));
    state.is_err()
        || state.is_ok_and(|state| serde_json::from_str::<Value>(&state).is_ok())
}

#[test]
#[ignore = "needs Terraform: cargo xtask ci terraform"]
fn a_killed_run_leaves_nothing_behind() {
    let attempts = (0..5).map(|_| {
        let workspace = Workspace::with_latency(Duration::from_millis(120));
        workspace.write(&configuration());
        let mut times = [900, 1300].map(Duration::from_millis).into_iter();
        times.all(|after| killed(&workspace, after)).then_some(workspace)
    });
    let workspace = attempts.flatten().next().expect("the state is complete");
    workspace.succeed(&["apply", "-auto-approve", "-no-color", "-lock=false"]);
    assert_eq!(counts(&workspace), [5, 10, 5, 5, 5]);
    workspace.is_settled();
}
