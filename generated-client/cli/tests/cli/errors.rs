//! Errors: one line, exit codes, suggestions, and JSON for programs.

use std::time::{Duration, Instant};

use ngrok_test_server::{Fault, Server};
use serde_json::{Value, json};

use crate::support::{Run, empty_server, feed, home, program, run};

const MISSING: &str = "ipp_2Zx0000000000000000000000aa";

#[test]
fn exit_codes() {
    let server = empty_server();
    let mut all = String::new();
    let mut note = |what: &str, ran: Run| {
        all = format!("{all}# {what}\n{}\n", ran.all(&server));
    };
    note("usage", run(&server, &["ip-policies", "get"]));
    note("authentication", run(&server, &["ip-policies", "list", "--api-key", "wrong"]));
    note("not found", run(&server, &["ip-policies", "get", MISSING]));
    server.fault(Fault::status(503));
    note("server", run(&server, &["ip-policies", "list", "--retries", "0"]));
    server.clear_faults();
    note(
        "network",
        run(
            &server,
            &["ip-policies", "list", "--retries=0", "--api-url", "http://127.0.0.1:1"],
        ),
    );
    insta::assert_snapshot!(all);
}

#[test]
fn the_time_of_attempts_is_limited() {
    let slow = Server::builder().latency(Duration::from_secs(60)).start();
    let slow = slow.expect("a port");
    let list = ["ip-policies", "list", "--timeout=200ms", "--retries=1"];
    let started = Instant::now();
    let ran = run(&slow, &list);
    assert_eq!(ran.code, Some(8), "{ran:?}");
    assert!(ran.err.contains("after 2 attempts"), "{ran:?}");
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[test]
fn no_key_at_all() {
    let home = home();
    let mut command = program(home.path());
    command.args(["ip-policies", "list"]);
    let ran = feed(command, "");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            Some(3),
            "error: no API key was found; set NGROK_API_KEY or run `ngrok-api auth login`\n"
        )
    );
}

#[test]
fn as_json() {
    let server = empty_server();
    let errors = [
        run(&server, &["ip-policies", "get", MISSING, "--error-format", "json"]).err,
        run(&server, &["ip-policies", "list", "--limit", "0", "--error-format=json"])
            .err,
        run(&server, &["ip-policies", "lst", "--error-format=json"]).err,
    ];
    let errors =
        errors.map(|error| error.parse::<Value>().expect("JSON")["error"].take());
    let facts = errors.each_ref().map(|error| {
        assert_eq!(error["schema_version"], 1);
        json!([error["class"], error["exit_code"], error["status"]])
    });
    let expected = [
        json!(["not_found", 4, 404]),
        json!(["usage", 2, null]),
        json!(["usage", 2, null]),
    ];
    assert_eq!(facts, expected);
    assert_eq!(errors[0]["operation"], "IpPoliciesGet");
    assert!(errors[0]["operation_id"].is_string(), "{}", errors[0]);
    let problem = json!({
        "argument": "--limit",
        "message": "must be from 1 to 100, the size of one page",
    });
    assert_eq!(errors[1]["problems"], json!([problem]));
    let [_, _, typo] = errors.map(|mut error| error["message"].take());
    assert_eq!(typo, "unrecognized subcommand 'lst'");
}

#[test]
fn typos_get_suggestions() {
    let server = empty_server();
    let errors = [
        run(&server, &["ip-polices", "list"]).err,
        run(&server, &["ip-policies", "lst"]).err,
        run(&server, &["list", "ip-policies"]).err,
        run(&server, &["get", "edges", "https", "edghts_1"]).err,
        run(&server, &["ip-policies", "list", "--limt", "3"]).err,
        run(&server, &["ip-restrictions", "create", "--type", "dashbord"]).err,
        run(&server, &["wait", "--for", ".id", "ip-policy", "get", "ipp_1"]).err,
        run(&server, &["wait", "--for", ".id", "--interval", "0s", "root", "self"]).err,
        run(&server, &["edit", "ip-polices", "ipp_1"]).err,
        run(&server, &["edit", "tunnels", "tn_1"]).err,
        run(&server, &["man", "ip-policies", "crate"]).err,
    ];
    insta::assert_snapshot!(errors.join("\n"));
}
