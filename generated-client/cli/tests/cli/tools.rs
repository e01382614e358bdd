//! Commands that are no operation: `api`, `explain`, `commands`, `wait`, `edit`, `completion`, `man`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use ngrok_test_server::Server;
use serde_json::{Value, json};

use crate::support::{empty_server, feed, home, policies, program, run};

#[test]
fn any_path() {
    let server = empty_server();
    let ids = policies(&server, 2);
    let page = run(&server, &["api", "GET", "/ip_policies?limit=1"]).json();
    assert_eq!(page["ip_policies"][0]["id"], Value::from(ids[1].as_str()));
    let made = run(
        &server,
        &[
            "api",
            "post",
            "/ip_policies",
            "-F",
            "description=a b",
            "-F",
            "metadata=\"7\"",
        ],
    )
    .json();
    assert_eq!((&made["description"], &made["metadata"]), (&"a b".into(), &"7".into()));
    assert_eq!(run(&server, &["api", "GET", "/nothing"]).code, Some(4));
    let get = ["api", "GET", "/ip_policies"];
    let columns = |format: &str| {
        let more = ["-o", format, "--columns", "description"];
        run(&server, &[&get[..], &more].concat()).success()
    };
    assert_eq!(columns("name"), "a b\npolicy 2\npolicy 1\n");
    assert_eq!(columns("csv"), "description\na b\npolicy 2\npolicy 1\n");
    let json = run(&server, &get).json();
    assert_eq!(json, run(&server, &["ip-policies", "list"]).json());
    assert_eq!(
        run(&server, &["api", "DELETE", &format!("/ip_policies/{}", ids[0])]).success(),
        ""
    );
}

#[test]
fn explanations() {
    let server = empty_server();
    assert_eq!(
        run(&server, &["explain", "ip_policies.create"]).success(),
        run(&server, &["explain", "ip-policies", "create"]).success()
    );
    let topics: [&[&str]; 8] = [
        &["ERR_NGROK_446"],
        &["446"],
        &["IpPolicyRule.cidr"],
        &["ip-policy-rule"],
        &["ip-policies", "create"],
        &["IpPolicyRul"],
        &["IpPolicyRuleCreate.actio"],
        &["cidr"],
    ];
    let text =
        topics.map(|topic| run(&server, &[&["explain"], topic].concat()).all(&server));
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn every_command_is_listed() {
    let server = empty_server();
    let commands = run(&server, &["commands", "-o", "json"]).json();
    assert_eq!(
        commands["commands"].as_array().map(Vec::len),
        Some(
            crate::support::model()
                .services
                .iter()
                .map(|service| service.operations.len())
                .sum()
        )
    );
    let create = run(
        &server,
        &[
            "commands",
            "-o",
            "json",
            "--jq",
            ".commands[] | select(.command == \"ip-policies create\")",
        ],
    );
    let create: Value = create.success().parse().expect("JSON");
    assert_eq!(create["flags"], json!(["--description", "--metadata", "--action"]));
    assert_eq!(
        (&create["arguments"], &create["method"], &create["path"]),
        (&json!([]), &json!("POST"), &json!("/ip_policies"))
    );
    let listed = |arguments: &[&str]| {
        run(&server, &[&["commands"], arguments].concat()).success()
    };
    let names = listed(&["-o", "name"]);
    assert!(names.lines().any(|line| line == "ip-policies create"), "{names}");
    let csv = listed(&["-o", "csv", "--columns", "command,method"]);
    assert!(csv.starts_with("command,method\n"), "{csv}");
    assert!(csv.lines().any(|line| line == "ip-policies create,POST"), "{csv}");
    let lines = listed(&["-o", "jsonl"]);
    assert_eq!(lines.lines().count(), names.lines().count());
}

#[test]
fn waiting() {
    let server = empty_server();
    let ids = policies(&server, 1);
    let wait = |condition: &str| {
        let command = [
            "wait",
            "--for",
            condition,
            "--interval=10ms",
            "--max-wait=100ms",
            "ip-policies",
            "get",
            &ids[0],
        ];
        run(&server, &command)
    };
    assert_eq!(
        wait(".description == \"policy 1\"").json()["id"],
        Value::from(ids[0].as_str())
    );
    assert_eq!(wait(".description == \"other\"").code, Some(1));
    let kept = wait("deleted");
    assert_eq!(
        (kept.code, kept.err),
        (Some(1), format!("error: {} was not deleted within 0.1s\n", ids[0]))
    );
    run(&server, &["ip-policies", "delete", &ids[0]]).success();
    assert_eq!(wait("deleted").code, Some(0));
}

/// Returns an editor that changes the file with sed.
fn editor(home: &std::path::Path, script: &str) -> String {
    let path = home.join("editor");
    fs::write(&path, format!("#!/bin/sh\nexec /bin/sed -i '{script}' \"$1\"\n"))
        .expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("permissions");
    path.display().to_string()
}

#[test]
fn only_changes_of_an_edit_are_sent() {
    let server = empty_server();
    let ids = policies(&server, 2);
    let home = home();
    let edit = |script: &str| {
        let mut command = program(home.path());
        command.envs(server.environment()).env("EDITOR", editor(home.path(), script));
        command.env("TMPDIR", home.path()).args(["edit", "ip-policies", &ids[0]]);
        feed(command, "")
    };
    let changed = edit("s/policy 1/office/");
    assert_eq!(changed.json()["description"], "office");
    assert_eq!(changed.err, "- description: \"policy 1\"\n+ description: \"office\"\n");
    let mut command = program(home.path());
    command.envs(server.environment()).env("EDITOR", "true").env("TMPDIR", home.path());
    command.args(["ip-policies", "update", &ids[0], "--edit", "--metadata", "m"]);
    assert_eq!(feed(command, "").json()["metadata"], "m");
    let mut command = program(home.path());
    let script = format!("s/{}/policy 2/", ids[0]);
    command.envs(server.environment()).env("EDITOR", editor(home.path(), &script));
    command.env("TMPDIR", home.path()).args(["ip-policy-rules", "create", "--edit"]);
    command.args(["--ip-policy-id", "office", "--action=allow", "--cidr=10.0.0.0/8"]);
    assert_eq!(feed(command, "").json()["ip_policy"]["id"], Value::from(&*ids[1]));
    let same = edit("");
    assert_eq!((same.code, &*same.out, &*same.err), (Some(0), "", "no changes\n"));
    let no_id = run(&server, &["edit", "ip-policies"]);
    assert_eq!(
        (no_id.code, no_id.err.as_str()),
        (
            Some(2),
            "error: `ip-policies` cannot be edited; give a service whose resources can be updated, and an ID\n"
        )
    );
    let wrong = edit("s/description/descripton/");
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    assert_eq!(
        fs::read_dir(home.path())
            .expect("a folder")
            .filter(|file| file
                .as_ref()
                .is_ok_and(|file| file.path().extension().is_some()))
            .count(),
        0
    );
}

#[test]
fn completion() {
    let server = empty_server();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&server, &["completion", shell]).success();
        assert!(
            script.contains("NGROK_API_COMPLETE") && script.contains("ngrok-api"),
            "{script}"
        );
    }
    let ids = policies(&server, 2);
    let home = home();
    let complete = |words: &[&str]| {
        let mut command = program(home.path());
        command.envs(server.environment()).env("NGROK_API_COMPLETE", "fish");
        command.args(["--", "ngrok-api"]).args(words);
        feed(command, "").success()
    };
    assert!(complete(&["ip-po"]).lines().any(|line| line.starts_with("ip-policies")));
    assert!(complete(&["ip-policies", "create", "--desc"]).contains("--description"));
    let candidates = complete(&["ip-policies", "get", ""]);
    assert!(candidates.contains(&format!("{}\tpolicy 2", ids[1])), "{candidates}");
    let flag = complete(&["ip-policy-rules", "create", "--ip-policy-id", ""]);
    assert!(flag.contains(&ids[1]) && candidates.starts_with(&flag), "{flag}");
    let types = complete(&["ip-restrictions", "create", "--type", ""]);
    assert!(types.lines().any(|line| line == "dashboard"), "{types}");
    // From the cache: the new one is not there yet.
    let new = policies(&server, 1);
    assert_eq!(complete(&["ip-policies", "get", ""]), candidates);
    assert!(!candidates.contains(&new[0]), "{candidates}");
    // It is readable by its user alone.
    let cache = home.path().join(".cache/ngrok-api");
    let files = fs::read_dir(cache).expect("a cache").map(|file| file.expect("a file"));
    let modes =
        files.map(|file| file.metadata().expect("metadata").permissions().mode());
    assert_eq!(modes.map(|mode| mode & 0o777).collect::<Vec<_>>(), [0o600]);
}

#[test]
fn completion_is_quiet_and_quick_where_the_api_fails() {
    let server =
        Server::builder().latency(Duration::from_secs(60)).start().expect("a port");
    let home = home();
    let complete = |environment: Vec<(&str, String)>| {
        let mut command = program(home.path());
        command.envs(environment).env("NGROK_API_COMPLETE", "fish");
        command.args(["--", "ngrok-api", "ip-policies", "get", ""]);
        let started = Instant::now();
        assert!(!feed(command, "").success().contains("ipp_"));
        assert!(started.elapsed() < Duration::from_secs(20));
    };
    let url = server.url().to_owned();
    complete(vec![
        ("NGROK_API_URL", url),
        ("NGROK_API_KEY", server.api_key().to_owned()),
    ]);
    complete(vec![]);
}

#[test]
fn manual_pages() {
    let server = empty_server();
    let page = run(&server, &["man", "ip-policies", "list"]).success();
    assert!(page.contains(".TH") && page.contains("filter"), "{page}");
    let home = home();
    let mut command = program(home.path());
    command.args(["man", "--dir", "pages"]);
    assert_eq!(feed(command, "").success(), "");
    let all = crate::support::model().services.iter().flat_map(|service| {
        let words = |name: &str| name.replace('_', "-");
        let path: Vec<_> = service.accessor.iter().map(|name| words(name)).collect();
        let operations = service.operations.iter().map(move |one| words(&one.name));
        operations.map(move |name| format!("ngrok-api-{}-{name}.1", path.join("-")))
    });
    for name in all {
        let page = fs::read_to_string(home.path().join("pages").join(&name));
        assert!(page.is_ok_and(|page| page.contains(".TH")), "{name}");
    }
}
