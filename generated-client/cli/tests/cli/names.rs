//! Names in place of IDs, and deleting several resources.

use ngrok_test_server::Fault;
use serde_json::Value;

use crate::support::{empty_server, policies, run, run_with, stable};

#[test]
fn a_name_stands_for_an_id() {
    let server = empty_server();
    let ids = policies(&server, 3);
    let found = run(&server, &["ip-policies", "get", "policy 2"]).json();
    assert_eq!(found["id"], Value::from(ids[1].as_str()));
    let rule = run(
        &server,
        &[
            "ip-policy-rules",
            "create",
            "--ip-policy-id=policy 1",
            "--cidr=10.0.0.0/8",
            "--action=allow",
        ],
    );
    assert_eq!(rule.json()["ip_policy"]["id"], Value::from(ids[0].as_str()));
}

#[test]
fn ambiguous_and_unknown_names() {
    let server = empty_server();
    policies(&server, 1);
    policies(&server, 1);
    let ambiguous = run(&server, &["ip-policies", "get", "policy 1"]);
    let unknown = run(&server, &["ip-policies", "get", "policy 7"]);
    let line =
        "\n  ipp_000000000000000000000000000  policy 1  2026-01-02T03:04:05Z".repeat(2);
    assert_eq!(
        (ambiguous.code, stable(&server, &ambiguous.err)),
        (
            Some(2),
            format!(
                "error: 2 IP policies have the description `policy 1`; give an ID:{line}\n"
            )
        )
    );
    assert_eq!(
        (unknown.code, unknown.err.as_str()),
        (
            Some(4),
            "error: no IP policy has the description `policy 7`; ngrok-api ip-policies list shows all\n"
        )
    );
}

#[test]
fn an_unknown_name_hides_no_other_problem() {
    let server = empty_server();
    let wrong = "--cidr=10.0.0.0/99";
    let create = ["ip-policy-rules", "create", "--ip-policy-id=none", "--action=allow"];
    let update = ["ip-policies", "update", "none", "--unset=descripton"];
    for (arguments, problem) in [
        (&[&create[..], &[wrong]].concat()[..], "--cidr is not a valid range"),
        (&update[..], "--unset there is no field `descripton`"),
    ] {
        let ran = run(&server, arguments);
        assert!(ran.code == Some(2) && ran.err.contains(problem), "{ran:?}");
    }
    let ran = run(&server, &[&create[..], &["--cidr=10.0.0.0/8"]].concat());
    assert!(ran.code == Some(4) && ran.err.contains("no IP policy has"), "{ran:?}");
}

#[test]
fn several_are_deleted() {
    let server = empty_server();
    let ids = policies(&server, 4);
    let missing = "ipp_2Zx0000000000000000000000aa";
    let ran = run_with(
        &server,
        &["ip-policies", "delete", &ids[0], missing, "-"],
        &format!("{}\n{}\n", ids[1], ids[2]),
    );
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(ran.err.ends_with("error: 1 of 4 could not be deleted\n"), "{ran:?}");
    let left = run(&server, &["ip-policies", "list", "-o", "name"]).success();
    assert_eq!(left, format!("{}\n", ids[3]));
    let ran = run(&server, &["ip-policies", "delete", &ids[3], "--yes"]);
    assert_eq!((ran.code, ran.out, ran.err), (Some(0), String::new(), String::new()));
}

#[test]
fn names_from_standard_input_are_deleted() {
    let server = empty_server();
    for name in ["one", "two", "three"] {
        run(&server, &["ip-policies", "create", "--description", name]).json();
    }
    let delete = ["ip-policies", "delete", "-"];
    let unknown = run_with(&server, &delete, "one\nfour\n");
    assert!(unknown.code == Some(4) && unknown.err.contains("`four`"), "{unknown:?}");
    let ran = run_with(&server, &delete, "one two\n");
    assert_eq!((ran.code, &*ran.err), (Some(0), "deleted 2 IP policies\n"));
    let list = ["ip-policies", "list", "-o", "name", "--columns", "description"];
    assert_eq!(run(&server, &list).success(), "three\n");
    let none = run_with(&server, &delete, "\n");
    assert_eq!((none.code, &*none.err), (Some(2), "error: no IDs were given\n"));
}

#[test]
fn a_dry_run_prints_every_deletion() {
    let server = empty_server();
    let ids = policies(&server, 2);
    let command = ["ip-policies", "delete", &ids[0], "policy 2", "--dry-run"];
    let printed = run(&server, &command).success();
    let lines = printed.lines().filter(|line| line.starts_with("DELETE"));
    let expected = ids.iter().map(|id| format!("DELETE /ip_policies/{id} HTTP/1.1"));
    assert!(lines.eq(expected), "{printed}");
}

#[test]
fn a_conflict_has_an_exit_code() {
    let server = empty_server();
    let ids = policies(&server, 1);
    server.fault(Fault::status(409));
    let ran = run(&server, &["ip-policies", "delete", &ids[0]]);
    assert_eq!(ran.code, Some(5), "{ran:?}");
}
