//! Lists: formats, pages, columns, jq.

use std::process::Stdio;

use ngrok_test_server::Server;
use serde_json::Value;

use crate::support::{empty_server, home, policies, program, run, stable};

const FORMATS: [&str; 6] = ["table", "json", "jsonl", "yaml", "csv", "name"];

fn list(server: &Server, arguments: &[&str]) -> String {
    run(server, &[&["ip-policies", "list"], arguments].concat()).success()
}

#[test]
fn every_format() {
    let server = empty_server();
    policies(&server, 2);
    let printed =
        FORMATS.map(|format| format!("{format}:\n{}", list(&server, &["-o", format])));
    insta::assert_snapshot!(stable(&server, &printed.concat()));
}

#[test]
fn empty_lists_are_empty_lists() {
    let server = empty_server();
    let printed =
        FORMATS.map(|format| format!("{format}:\n{}", list(&server, &["-o", format])));
    insta::assert_snapshot!(stable(&server, &printed.concat()));
}

#[test]
fn all_pages_are_merged() {
    let server = empty_server();
    let ids = policies(&server, 250);
    let json: Value = list(&server, &[]).parse().expect("JSON");
    let printed: Vec<_> = json["ip_policies"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["id"].clone())
        .collect();
    let newest_first: Vec<_> =
        ids.iter().rev().map(|id| Value::from(id.as_str())).collect();
    assert_eq!(printed, newest_first);
    assert_eq!(json["next_page_uri"], Value::Null);
    assert_eq!(list(&server, &["-o", "name"]).lines().count(), 250);
    assert_eq!(
        list(&server, &["-o", "name", "--max-items", "130"]).lines().count(),
        130
    );
}

#[test]
fn a_limit_is_one_page() {
    let server = empty_server();
    let ids = policies(&server, 5);
    let json: Value = list(&server, &["--limit", "2"]).parse().expect("JSON");
    assert_eq!(json["ip_policies"].as_array().map(Vec::len), Some(2));
    assert!(
        json["next_page_uri"].as_str().is_some_and(|uri| uri.contains("before_id=")),
        "{json}"
    );
    let next = list(&server, &["--limit", "2", "--before-id", &ids[3], "-o", "name"]);
    assert_eq!(next, format!("{}\n{}\n", ids[2], ids[1]));
}

#[test]
fn wrong_options_are_reported() {
    let server = empty_server();
    let wrong: [&[&str]; 12] = [
        &["--limit", "1000"],
        &["--page-size", "0"],
        &["--max-items", "x"],
        &["-o", "csv", "--columns", "descripton"],
        &["--columns", "description.x"],
        &["--jq", ".a["],
        &["--jq", "undefined_function"],
        &["--jq", ".ip_policies.id"],
        &["--timeout", "3 weeks"],
        &["--timeout", "0s"],
        &["--quota", "0/60s"],
        &["--quota", "5/0s"],
    ];
    let report = |arguments: &&[&str]| {
        let ran = run(&server, &[&["ip-policies", "list"], *arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        format!("{}\n  {}", arguments.join(" "), ran.err)
    };
    insta::assert_snapshot!(wrong.iter().map(report).collect::<Vec<_>>().concat());
}

/// Scripts written for `ngrok api` and jq: the same expressions on the same shape.
#[test]
fn jq_expressions_of_scripts() {
    let server = empty_server();
    let ids = policies(&server, 120);
    let first = list(&server, &["--jq", ".ip_policies[0].id"]);
    assert_eq!(first, format!("{}\n", ids[119]));
    let described = list(
        &server,
        &["--jq", ".ip_policies[] | select(.description == \"policy 1\") | .id"],
    );
    assert_eq!(described, format!("{}\n", ids[0]));
    assert_eq!(list(&server, &["--jq", ".ip_policies | length"]), "120\n");
    let mixed = list(&server, &["--jq", ".ip_policies[0].description, 1, {a: null}"]);
    assert_eq!(mixed, "policy 120\n1\n{\"a\":null}\n");
    assert_eq!(
        list(&server, &["-o", "jsonl", "--max-items", "1", "-q", ".description"]),
        "policy 120\n"
    );
}

#[test]
fn columns_are_selected() {
    let server = empty_server();
    policies(&server, 1);
    assert_eq!(
        list(&server, &["-o", "csv", "--columns", "description,metadata"]),
        "description,metadata\npolicy 1,\n"
    );
    assert_eq!(list(&server, &["--columns", "description"]), "DESCRIPTION\npolicy 1\n");
}

#[test]
fn cells_are_aligned_quoted_and_without_control_characters() {
    let server = empty_server();
    for description in ["a,b", "c\"d", "日本", "e\u{1b}[31mf\ng"] {
        let fields = serde_json::json!({ "description": description, "metadata": "m" });
        server.add("/ip_policies", fields).expect("an IP policy");
    }
    let columns = ["--columns", "description,metadata"];
    assert_eq!(
        list(&server, &columns),
        "DESCRIPTION  METADATA\ne [31mf g    m\n日本         m\nc\"d          m\na,b          m\n"
    );
    let csv = list(&server, &[&["-o", "csv"], &columns[..]].concat());
    assert_eq!(
        csv,
        "description,metadata\n\"e\u{1b}[31mf\ng\",m\n日本,m\n\"c\"\"d\",m\n\"a,b\",m\n"
    );
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let server = empty_server();
    policies(&server, 300);
    let home = home();
    let mut command = program(home.path());
    command.envs(server.environment()).args(["ip-policies", "list", "-o", "jsonl"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn filters_are_checked_with_positions() {
    let server = empty_server();
    let check =
        |filter: &str| run(&server, &["ip-policies", "list", "--filter", filter]).err;
    let filters = [
        "obj.descripton == \"a\"",
        "description == \"a\"",
        "obj.description == office",
        "obj.description = \"a\"",
        "obj.description == \"a",
        "(obj.description == \"a\"",
        "obj.description.startWith(\"a\")",
        "siz(obj.description) > 3",
        "obj.description == \"a\" ? true : false",
        "obj.descripton == \"é\" && (obj.colour = 1",
        "obj.id.startsWith(\"ipp_\") || == 2",
        "obj.description in [\"a\")",
        "{}.a == [1][0] && size(obj)",
    ];
    insta::assert_snapshot!(
        filters.map(|filter| format!("{filter}\n  {}", check(filter))).concat()
    );
    assert_eq!(
        check(
            "obj.description == \"policy (1\" && timestamp(obj.created_at) > timestamp(\"2026-01-01T00:00:00Z\")"
        ),
        ""
    );
    // Scripts pass an empty variable.
    assert_eq!(check(""), "");
}
