//! Request bodies: from flags, files and standard input; checked before they are sent.

use std::fs;

use serde_json::{Value, json};

use crate::support::{empty_server, feed, home, program, run, run_with};

#[test]
fn from_flags() {
    let server = empty_server();
    let ran = run(
        &server,
        &["ip-policies", "create", "--description", "office", "--metadata", "a,b"],
    );
    let created: Value = ran.success().parse().expect("JSON");
    assert_eq!(
        (&created["description"], &created["metadata"]),
        (&json!("office"), &json!("a,b"))
    );
}

#[test]
fn from_a_document_and_flags_on_top() {
    let server = empty_server();
    let yaml = "description: one\nmetadata: two\n";
    let ran = run_with(
        &server,
        &["ip-policies", "create", "-f", "-", "--description", "three"],
        yaml,
    );
    let created: Value = ran.success().parse().expect("JSON");
    assert_eq!(
        (&created["description"], &created["metadata"]),
        (&json!("three"), &json!("two"))
    );
}

#[test]
fn values_from_files() {
    let server = empty_server();
    let home = home();
    fs::write(home.path().join("text"), "from-a-file").expect("a file");
    let dry = |arguments: &[&str]| {
        let mut command = program(home.path());
        command
            .envs(server.environment())
            .args(["vaults", "create", "--dry-run"])
            .args(arguments);
        let out = feed(command, "from input").success();
        let body = out.split_once("\n\n").map(|(_, body)| body.to_owned());
        body.unwrap_or_default().parse::<Value>().expect("JSON")
    };
    let body = dry(&["--name=@text", "--description=@-", "--metadata=@@text"]);
    assert_eq!(
        body,
        json!({"name": "from-a-file", "description": "from input", "metadata": "@text"})
    );
    let body = dry(&["--name=a", "--description-file=text"]);
    assert_eq!(body["description"], "from-a-file");
}

#[test]
fn null_is_sent_for_what_is_unset() {
    let server = empty_server();
    let id = "ipp_2Zx0000000000000000000000aa";
    let ran = run(
        &server,
        &["ip-policies", "update", id, "--unset", "description", "--dry-run"],
    );
    assert!(ran.out.ends_with("{\n  \"description\": null\n}\n"), "{ran:?}");
    let wrong = run(&server, &["ip-policies", "update", id, "--unset", "descripton"]);
    insta::assert_snapshot!(wrong.all(&server));
}

#[test]
fn all_problems_are_reported_at_once() {
    let server = empty_server();
    let body = json!({"descripton": "x", "enforced": 3}).to_string();
    let arguments = [
        "ip-restrictions",
        "create",
        "-f",
        "-",
        "--type",
        "dashbord",
        "--unset",
        "metdata",
    ];
    let wrong = run_with(&server, &arguments, &body);
    insta::assert_snapshot!(wrong.all(&server));
}

#[test]
fn a_skeleton_is_a_body() {
    let server = empty_server();
    let skeleton = run(&server, &["endpoints", "create", "--skeleton"]).success();
    insta::assert_snapshot!(skeleton);
    let filled = skeleton
        .replace("url: \"\"", "url: https://a.example.com")
        .replace("policy: \"\"", "policy: '{}'");
    let ran =
        run_with(&server, &["endpoints", "create", "-f", "-", "--dry-run"], &filled);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn a_dry_run_prints_the_request() {
    let server = empty_server();
    let arguments = [
        "endpoints",
        "create",
        "--type=cloud",
        "--url=https://a.example.com",
        "--traffic-policy={}",
    ];
    for kind in ["--dry-run", "--dry-run=curl"] {
        let ran = run(&server, &[&arguments[..], &[kind]].concat());
        insta::assert_snapshot!(
            kind.trim_start_matches('-').replace('=', "_"),
            ran.all(&server)
        );
    }
}

#[test]
fn secrets_are_redacted() {
    let server = empty_server();
    let arguments = [
        "secrets",
        "create",
        "--name=a",
        "--value=hunter2",
        "--vault-name=v",
        "--dry-run",
    ];
    let redacted = run(&server, &arguments).success();
    assert!(
        redacted.contains("[redacted]") && !redacted.contains("hunter2"),
        "{redacted}"
    );
    let shown = run(&server, &[&arguments[..], &["--show-secrets"]].concat()).success();
    assert!(shown.contains("hunter2"), "{shown}");
    let created = run(&server, &["api-keys", "create", "--description=ci"]).json();
    let token = created["token"].as_str().expect("a token");
    assert!(!token.contains("redacted") && !token.is_empty(), "{created}");
}
