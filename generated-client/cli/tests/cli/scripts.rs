//! Shells: scripts written for `ngrok api` and jq, printed commands, and the tour of the README.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use ngrok_test_server::Server;
use serde_json::json;

use crate::support::{PROGRAM, Run, empty_server, feed, home, run};

/// A shell where `ngrok api` is the program, and the program has its own name.
fn shell(server: &Server, home: &Path) -> Command {
    let bin = home.join("bin");
    fs::create_dir_all(&bin).expect("a folder");
    for (name, command) in [("ngrok", "shift; exec"), ("ngrok-api", "exec")] {
        let path = bin.join(name);
        fs::write(&path, format!("#!/bin/sh\n{command} {PROGRAM} \"$@\"\n"))
            .expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
            .expect("permissions");
    }
    let mut command = Command::new("/bin/bash");
    command.env_clear().env("HOME", home).current_dir(home);
    command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display()));
    command.envs(server.environment());
    command
}

fn script(server: &Server, name: &str) -> Run {
    let home = home();
    let mut shell = shell(server, home.path());
    shell
        .arg(format!("{}/tests/cli/data/scripts/{name}.sh", env!("CARGO_MANIFEST_DIR")));
    feed(shell, "")
}

#[test]
fn scripts_for_the_agent_and_jq_run_unchanged() {
    let server = empty_server();
    for url in ["https://b.example.com", "https://a.example.com"] {
        let arguments = ["endpoints", "create", "--type=cloud", "--url", url];
        run(&server, &[&arguments[..], &["--traffic-policy={}"]].concat()).json();
    }
    assert_eq!(
        script(&server, "urls").success(),
        "https://a.example.com\nhttps://b.example.com\n"
    );
    for description in ["ci-1", "kept", "ci-2"] {
        let fields = json!({ "description": description });
        server.add("/ip_policies", fields).expect("an IP policy");
    }
    assert_eq!(script(&server, "clean").success(), "deleted 2\n");
    for _ in 0..2 {
        assert_eq!(script(&server, "office").success(), "10.0.0.0/8\n192.168.0.0/16\n");
    }
    let policies =
        run(&server, &["ip-policies", "list", "--jq", ".ip_policies[].description"]);
    assert_eq!(policies.success(), "office\nkept\n");
}

#[test]
fn a_printed_curl_command_can_be_pasted() {
    let server = empty_server();
    let home = home();
    let description = "it's $HOME \"quoted\" `now` ä";
    let arguments =
        ["ip-policies", "create", "--dry-run=curl", "--description", description];
    let command = run(&server, &arguments).success();
    assert!(!command.contains(server.api_key()), "{command}");
    let mut shell = shell(&server, home.path());
    shell.arg("-c").arg(&command);
    let made = feed(shell, "").json();
    assert_eq!(made["description"], description);
    let filter = format!("obj.description == {}", json!(description));
    let list = ["ip-policies", "list", "--filter", &filter];
    let command = run(&server, &[&list[..], &["--dry-run=curl"]].concat()).success();
    let mut shell = self::shell(&server, home.path());
    shell.arg("-c").arg(&command);
    assert_eq!(feed(shell, "").json()["ip_policies"][0]["id"], made["id"]);
}

/// The commands of the tour, in order.
fn tour() -> Vec<&'static str> {
    let readme = include_str!("../../README.md");
    let tour = readme.split("## ").find(|part| part.starts_with("Five-minute tour"));
    let blocks = tour.expect("a tour").split("```console").skip(1);
    let blocks = blocks.filter_map(|block| block.split("```").next());
    blocks
        .flat_map(|block| block.lines().filter_map(|line| line.strip_prefix("$ ")))
        .collect()
}

#[test]
fn every_line_of_the_tour_runs() {
    let server = empty_server();
    let home = home();
    let commands = tour();
    assert!(commands.len() > 15, "{commands:?}");
    for line in commands {
        let mut shell = shell(&server, home.path());
        // The key is stored by the first command.
        shell.env_remove("NGROK_API_KEY").env("EDITOR", "sed -i s/ops/dev/");
        shell.args(["-o", "pipefail", "-c", line]);
        let input = if line.ends_with("auth login") { server.api_key() } else { "" };
        let ran = feed(shell, input);
        assert_eq!(ran.code, Some(0), "{line}: {ran:?}");
        assert!(
            !ran.out.is_empty() || line.contains(" > ") || line.ends_with(['-', 'n']),
            "{line}: {ran:?}"
        );
    }
    let left = ["ip-policy-rules", "list", "--jq", ".ip_policy_rules[].cidr"];
    assert_eq!(run(&server, &left).success(), "10.0.0.0/8\n");
    let edited = run(&server, &["ip-policies", "get", "office", "--jq", ".metadata"]);
    assert_eq!(edited.success(), "{\"owner\": \"dev\"}\n");
}
