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
fn from_a_document_in_the_argument() {
    let server = empty_server();
    let home = home();
    fs::write(home.path().join("body.json"), "{\"description\": \"x\"}")
        .expect("a file");
    let dry = |arguments: &[&str]| {
        let mut command = program(home.path());
        command.envs(server.environment()).args(arguments).arg("--dry-run");
        feed(command, "")
    };
    for body in [" {\"description\": \"x\"}", "{description: x}", "@body.json"] {
        let create = ["ip-policies", "create", "--body", body];
        for arguments in [&create[..], &["api", "POST", "/ip_policies", "-f", body]] {
            let out = dry(arguments).success();
            assert!(out.contains("\"description\": \"x\""), "{body}: {out}");
        }
    }
    let broken = dry(&["ip-policies", "create", "--body", "{\"metadata\": \"hunter2"]);
    assert!(
        broken.err.starts_with("error: --body: neither JSON nor YAML"),
        "{broken:?}"
    );
    assert!(!broken.err.contains("hunter2"), "{broken:?}");
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
    let wrong =
        |field: &str| run(&server, &["ip-policies", "update", id, "--unset", field]).err;
    assert_eq!(
        wrong("descripton"),
        "error: --unset there is no field `descripton`; did you mean `description`?\n"
    );
    assert_eq!(wrong("zzz"), "error: --unset there is no field `zzz`\n");
}

#[test]
fn lists_and_maps_are_repeated_or_separated_or_json() {
    let server = empty_server();
    let dry = |arguments: &[&str]| {
        let ran = run(&server, &[arguments, &["--dry-run"]].concat());
        let body = ran.out.split_once("\n\n").map(|(_, body)| body.to_owned());
        body.unwrap_or_default().parse::<Value>().unwrap_or(Value::String(ran.err))
    };
    let id = "2Zx0000000000000000000000aa";
    let source = ["event-sources", "create", id, "--type=api_key_created.v0"];
    let fields =
        ["--fields", r#"a,"b,""c""",d"#, "--fields", r#"["e,f"]"#, "--fields=@@g"];
    let body = dry(&[&source[..], &fields].concat());
    assert_eq!(body["fields"], json!(["a", "b,\"c\"", "d", "e,f", "@g"]));
    assert_eq!(dry(&[&source[..], &["--fields="]].concat())["fields"], json!([]));
    let wrong = dry(&[&source[..], &["--fields", "\"a"]].concat());
    assert!(wrong.as_str().is_some_and(|it| it.contains("no closing quote")), "{wrong}");
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHpBbVpBbVpBbVpBbVpBbVpBbVpBbVpBbVpBbVpBbVpB";
    let certificate =
        ["ssh-user-certificates", "create", "--ssh-certificate-authority-id"];
    let certificate =
        [&certificate[..], &["sshca_2Zx0000000000000000000000aa", "--public-key", key]]
            .concat();
    let maps = ["--extensions", "a=1,b=2", "--extensions", "c=3=4"];
    let body = dry(&[&certificate[..], &maps].concat());
    assert_eq!(body["extensions"], json!({"a": "1", "b": "2", "c": "3=4"}));
    let json = ["--extensions", r#"{"a": "x,y"}"#];
    let body = dry(&[&certificate[..], &json].concat());
    assert_eq!(body["extensions"], json!({"a": "x,y"}));
    let wrong = dry(&[&certificate[..], &["--extensions", "a"]].concat());
    assert!(wrong.as_str().is_some_and(|it| it.contains("is not KEY=VALUE")), "{wrong}");
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
    assert_eq!((wrong.code, wrong.out.as_str()), (Some(2), ""));
    let lines: Vec<_> = wrong.err.lines().collect();
    assert_eq!(
        lines,
        [
            "error: the arguments are invalid; nothing was sent",
            "  --unset there is no field `metdata`; did you mean `metadata`?",
            "  descripton is not a known field; did you mean `description`?",
            "  --enforced is not true or false",
            "  --type is not one of dashboard, api, agent, endpoints; did you mean `dashboard`?",
            "  --ip-policy-ids is required",
        ]
    );
    // A value that cannot be read is not missing as well.
    let unread = run(&server, &["vaults", "create", "--name", "@none"]);
    assert_eq!(unread.err.lines().count(), 1, "{unread:?}");
    assert!(unread.err.starts_with("error: --name cannot read none: "), "{unread:?}");
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
    let printed = ["--dry-run", "--dry-run=curl"]
        .map(|kind| run(&server, &[&arguments[..], &[kind]].concat()).all(&server));
    insta::assert_snapshot!(printed.concat());
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
