//! `traffic`: output and exit codes.

use serde_json::Value;

use super::folder::Folder;
use super::xtask;

const UNKNOWN: &str = "codegen/tests/traffic/recordings/unknown.har";

#[test]
fn findings_are_printed_for_people() {
    let ran = xtask(&["traffic", UNKNOWN]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    assert!(
        ran.out.starts_with("12 exchanges with https://api.ngrok.com, 8 operations\n"),
        "{}",
        ran.out
    );
    // The printed paths exist.
    assert!(
        ran.out.contains("(api-spec/resources/ip_policy_rules.yaml:"),
        "{}",
        ran.out
    );
}

#[test]
fn findings_are_printed_for_tools() {
    let ran = xtask(&["traffic", UNKNOWN, "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    let report: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(report["exchanges"]["total"], 14);
    assert!(report["findings"].as_array().is_some_and(|findings| findings.len() > 10));
}

#[test]
fn no_findings_in_traffic_is_success() {
    let folder = Folder::new("nothing_found");
    folder.write("empty.har", r#"{ "log": { "entries": [] } }"#);
    let ran = xtask(&["traffic", &folder.path("empty.har")]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(
        ran.out,
        "0 exchanges with https://api.ngrok.com, 0 operations\nno findings\n"
    );
}

#[test]
fn malformed_recordings_are_rejected_with_the_location() {
    let folder = Folder::new("no_har");
    folder.write("cut.har", "{\n  \"log\": [");
    let path = folder.path("cut.har");
    let ran = xtask(&["traffic", &path]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    let place = "not a HAR at line 2, column 10: EOF while parsing a list";
    assert_eq!(ran.err, format!("error: {path}: {place}\n"));
}

#[test]
fn unusable_recordings_are_rejected() {
    let ran = xtask(&["traffic", "no/such/file.har"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("error: cannot read `no/such/file.har`"), "{}", ran.err);

    let ran = xtask(&["traffic", UNKNOWN, "--base-url", "api.example.com"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.starts_with("error: `api.example.com` is no address"),
        "{}",
        ran.err
    );

    let folder = Folder::new("broken_description");
    folder.write("spec/api.yaml", "name: [\n");
    let ran = xtask(&["traffic", UNKNOWN, "--spec", &folder.path("spec")]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.contains("fix the errors of the description before checking traffic"),
        "{}",
        ran.err
    );
}

#[test]
fn new_fields_are_written_to_the_description() {
    let folder = Folder::new("traffic_write");
    let spec = folder.copy_of_description();
    let before = folder.files("api-spec");
    let ran = xtask(&["traffic", UNKNOWN, "--spec", &spec, "--write"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.contains(
            "resources/ip_policies.yaml: added the field `owner` of IpPolicy: ref User\n"
        ),
        "{}",
        ran.err
    );
    let after = folder.files("api-spec");
    let changed = after.iter().filter(|(path, file)| before.get(*path) != Some(file));
    let changed: Vec<_> = changed.map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        changed,
        ["resources/ip_policies.yaml", "resources/ip_policy_rules.yaml"]
    );
    let again = xtask(&["traffic", UNKNOWN, "--spec", &spec, "--write"]);
    assert!(!again.err.contains("added"), "{}", again.err);
    assert_eq!(folder.files("api-spec"), after);
}
