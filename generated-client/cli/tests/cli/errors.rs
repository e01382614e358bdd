//! Errors: one line, exit codes, suggestions, and JSON for programs.

use ngrok_test_server::Fault;

use crate::support::{Run, empty_server, feed, home, program, run, stable};

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
fn no_key_at_all() {
    let home = home();
    let mut command = program(home.path());
    command.args(["ip-policies", "list"]);
    let ran = feed(command, "");
    insta::assert_snapshot!(ran.err);
    assert_eq!(ran.code, Some(3));
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
    insta::assert_snapshot!(stable(&server, &errors.concat()));
}

#[test]
fn typos_get_suggestions() {
    let server = empty_server();
    let errors = [
        run(&server, &["ip-polices", "list"]).err,
        run(&server, &["ip-policies", "lst"]).err,
        run(&server, &["ip-policies", "list", "--limt", "3"]).err,
        run(&server, &["ip-restrictions", "create", "--type", "dashbord"]).err,
    ];
    insta::assert_snapshot!(errors.join("\n"));
}
