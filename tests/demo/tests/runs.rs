//! Runs the demonstration and every example of the client as separate programs.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use ngrok_client::blocking::Client;
use ngrok_client::types::IpPolicyCreate;
use ngrok_test_server::Server;

/// Returns the output of a program, with IDs and times normalized. It must succeed.
fn output(program: &str, server: &Server) -> String {
    let output = Command::new(program)
        .env("NGROK_API_KEY", server.api_key())
        .env("NGROK_API_URL", server.url())
        .output()
        .unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{program}: {}\n{errors}", output.status);
    assert_eq!(errors, "", "{program}");
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| normalize(line) + "\n").collect()
}

/// Returns a line with normalized IDs and times.
fn normalize(line: &str) -> String {
    let words = line.split(' ').map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_id = |rest: &str| rest.len() == 27 && !rest.contains('_');
        let prefix = bare.split_once('_').filter(|(_, rest)| is_id(rest));
        match prefix {
            Some((prefix, _)) => word.replace(bare, &format!("{prefix}_…")),
            None if bare.len() == 20 && bare.ends_with('Z') => {
                word.replace(bare, "TIME")
            }
            None => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn policies(server: &Server, count: u32) {
    let client = Client::builder()
        .base_url(server.url())
        .api_key(server.api_key())
        .build()
        .unwrap();
    for number in 1..=count {
        let body = IpPolicyCreate::new().description(format!("number {number}"));
        client.ip_policies().create(&body).send().unwrap();
    }
}

/// Returns the number of resources that a program left on a server.
fn left(server: &Server) -> usize {
    let client = Client::builder()
        .base_url(server.url())
        .api_key(server.api_key())
        .build()
        .unwrap();
    let rules = client.ip_policy_rules().list().items().count();
    rules
        + client.ip_policies().list().items().count()
        + client.vaults().list().items().count()
}

#[test]
fn the_demonstration() {
    let server = Server::start().unwrap();
    let lines = "  created a policy: description office, metadata {\"floor\": 3}
  added a rule: allow 24.0.0.0/8
  added a rule: allow 12.0.0.0/8
  followed the rule 24.0.0.0/8 to its policy: description office, metadata {\"floor\": 3}
  followed the rule 12.0.0.0/8 to its policy: description office, metadata {\"floor\": 3}
  set one field and kept the other: description home, metadata {\"floor\": 3}
  emptied a field: description home, metadata none
  listed, newest first: description number 24, metadata none
  listed, newest first: description number 23, metadata none
  listed 25 policies, fetched in pages of [10, 10, 5]
  deleted the rules and the policy
  not found: IpPoliciesGet: 404 Not Found: Resource not found (operation op_…)
";
    let expected =
        format!("With the async client:\n{lines}\nWith the blocking client:\n{lines}");
    assert_eq!(output(env!("CARGO_BIN_EXE_ngrok-demo"), &server), expected);
}

#[test]
fn list() {
    let server = Server::start().unwrap();
    policies(&server, 51);
    let lines = output(env!("CARGO_BIN_EXE_example-list"), &server);
    assert!(
        lines.starts_with("ipp_…  TIME  number 51\nipp_…  TIME  number 50\n"),
        "{lines}"
    );
    assert!(lines.ends_with("ipp_…  TIME  number 1\n51 policies\n"), "{lines}");
}

#[test]
fn create_with_rules() {
    let server = Server::start().unwrap();
    let lines = output(env!("CARGO_BIN_EXE_example-create-with-rules"), &server);
    assert_eq!(lines, "office: allow 24.0.0.0/8\noffice: allow 12.0.0.0/8\n");
    assert_eq!(left(&server), 0);
}

#[test]
fn page_by_hand() {
    let server = Server::start().unwrap();
    policies(&server, 3);
    let lines = output(env!("CARGO_BIN_EXE_example-page-by-hand"), &server);
    let expected =
        "page 1\n  number 3\n  number 2\npage 2\n  number 1\n0 older than the last\n";
    assert_eq!(lines, expected);
}

#[test]
fn update_instance() {
    let server = Server::start().unwrap();
    let lines = output(env!("CARGO_BIN_EXE_example-update-instance"), &server);
    let expected = "created: description Some(\"office\"), metadata None
metadata set: description Some(\"office\"), metadata Some(\"{}\")
description emptied: description None, metadata Some(\"{}\")
";
    assert_eq!(lines, expected);
    assert_eq!(left(&server), 0);
}

#[test]
fn handle_errors() {
    let server = Server::start().unwrap();
    let lines = output(env!("CARGO_BIN_EXE_example-handle-errors"), &server);
    let expected = "not there: IpPoliciesGet: 404 Not Found: Resource not found (operation op_…)
refused (op_…): ip_policy_id is \"ipp_does_not_exist\", which does not exist.
  ERR_NGROK_380 means: The request named a resource that does not exist in this account. Check the ID, and whether the resource was deleted.
  https://ngrok.com/docs/errors/err_ngrok_380
will not work: IpPoliciesGet: path parameter `id` is empty
may work later: IpPoliciesGet: cannot connect to 127.0.0.1:1: ";
    assert!(lines.starts_with(expected), "{lines}");
}

#[test]
fn blocking() {
    let server = Server::start().unwrap();
    let lines = output(env!("CARGO_BIN_EXE_example-blocking"), &server);
    let expected = "[redacted]\nexample has the secret token\ndeleted: 204 No Content\n";
    assert_eq!(lines, expected);
    assert_eq!(left(&server), 0);
}

#[test]
fn own_transport() {
    let server = Server::start().unwrap();
    let lines = output(env!("CARGO_BIN_EXE_example-own-transport"), &server);
    let expected =
        "GET https://api.ngrok.com/ip_policies/ipp_1: 200 OK\nSome(\"office\")
GET https://api.ngrok.com/ip_policies/ipp_2: 404 Not Found\ntrue\n";
    assert_eq!(lines, expected);
}

#[test]
fn every_example_is_tested() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
    let client = package.join("../../generated-client");
    let features = fs::read_to_string(client.join("Cargo.toml")).unwrap();
    for example in fs::read_dir(client.join("examples")).unwrap() {
        let path = example.unwrap().path();
        if path.is_dir() {
            // A package of its own, which runs in browsers.
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(manifest.contains(&format!("examples/{name}")), "{name} is not run");
        let name = name.trim_end_matches(".rs");
        let entry = format!("[[example]]\nname = \"{name}\"\nrequired-features = ");
        assert!(
            features.contains(&entry),
            "{name} does not state the features it needs"
        );
    }
}
