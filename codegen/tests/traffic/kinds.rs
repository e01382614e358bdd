//! One recording for each group of findings, and its report.

use std::collections::BTreeSet;

use ngrok_codegen::traffic::Report;
use serde_json::{Value, json};

use crate::recording::{exchange, har};
use crate::{report, report_at};

const UNKNOWN: &str = include_str!("recordings/unknown.har");
const TYPES: &str = include_str!("recordings/types.har");
const PRESENCE: &str = include_str!("recordings/presence.har");
const LIMITS: &str = include_str!("recordings/limits.har");
const ERRORS: &str = include_str!("recordings/errors.har");
const BROWSER: &str = include_str!("recordings/browser.har");

/// All kinds of findings.
const KINDS: &[&str] = &[
    "empty-body",
    "error-body",
    "error-status",
    "foreign-page",
    "format",
    "limit",
    "missing-field",
    "not-json",
    "rule",
    "unexpected-body",
    "unexpected-field",
    "unexpected-null",
    "unknown-choice",
    "unknown-error-code",
    "unknown-field",
    "unknown-filter-field",
    "unknown-key",
    "unknown-operation",
    "unknown-query",
    "unknown-value",
    "wrong-status",
    "wrong-type",
];

fn check(name: &str, har: &str) {
    let report = report(har);
    insta::assert_snapshot!(format!("{name}_text"), report.text());
}

#[test]
fn unknown_items() {
    check("unknown", UNKNOWN);
    let json = serde_json::to_string_pretty(&report(UNKNOWN)).expect("a report is JSON");
    insta::assert_snapshot!("unknown_json", json);
}

#[test]
fn undecodable_values() {
    check("types", TYPES);
}

#[test]
fn presence() {
    check("presence", PRESENCE);
}

#[test]
fn violated_constraints() {
    check("limits", LIMITS);
}

#[test]
fn errors() {
    check("errors", ERRORS);
}

#[test]
fn recordings_of_browsers() {
    check("browser", BROWSER);
}

#[test]
fn all_kinds_are_shown_above() {
    let kind = |report: Report| {
        let findings = serde_json::to_value(report.findings).expect("findings are JSON");
        let findings = findings.as_array().cloned().unwrap_or_default();
        let kinds: Vec<Value> =
            findings.into_iter().map(|it| it["kind"].clone()).collect();
        kinds
    };
    let recordings = [UNKNOWN, TYPES, PRESENCE, LIMITS, ERRORS, BROWSER];
    let kinds: BTreeSet<String> = recordings
        .into_iter()
        .flat_map(|har| kind(report(har)))
        .filter_map(|kind| kind.as_str().map(str::to_owned))
        .collect();
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), KINDS);
}

#[test]
fn another_base_url() {
    let har = UNKNOWN.replace("https://api.ngrok.com/", "http://127.0.0.1:4040/v1/");
    let moved = report_at(&har, "http://127.0.0.1:4040/v1");
    let kinds = |report: &Report| {
        report.findings.iter().map(|it| (it.kind, it.count)).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&moved), kinds(&report(UNKNOWN)));
    insta::assert_snapshot!(report(&har).text(), @r"
    0 exchanges with https://api.ngrok.com, 0 operations
    skipped: other hosts 14
    hosts in the file: 127.0.0.1; name another one with --base-url
    no findings
    ");
}

#[test]
fn many_new_names_are_reported_together() {
    let fields = (0..1000).map(|number| (format!("field_{number}"), json!(number)));
    let body = Value::Object(fields.collect());
    let entry = exchange(("GET", "/ip_policies/ipp_x", Value::Null), (200, body));
    let report = report(&har(&[entry]));
    let new: Vec<_> = report.findings.iter().filter(|it| it.name.is_some()).collect();
    assert_eq!(new.len(), 26);
    assert_eq!(new.iter().map(|it| it.count).sum::<usize>(), 1000);
    assert!(new.iter().any(|it| it.name.as_deref() == Some("...") && it.count == 975));
}

#[test]
fn the_same_recording_gives_the_same_report() {
    assert_eq!(report(UNKNOWN), report(UNKNOWN));
}

#[test]
fn each_unknown_request_is_reported() {
    let entries: Vec<_> = (0..40)
        .map(|number| {
            let path = format!("/unknown_{number}_things");
            exchange(("GET", &path, Value::Null), (200, json!({})))
        })
        .collect();
    let report = report(&har(&entries));
    let unknown = report.findings.iter().filter(|it| it.operation.is_none());
    assert_eq!(unknown.count(), 40);
}

#[test]
fn lower_case_applies_to_map_keys() {
    let path = "/edges/https/edghts_2/routes/edghtsrt_3/response_headers";
    let found = |add: Value| {
        let body = json!({ "enabled": true, "add": add, "remove": [] });
        report(&har(&[exchange(("GET", path, Value::Null), (200, body))])).text()
    };
    let right = found(json!({ "x-frame-options": "DENY" }));
    assert!(!right.contains("capital letters"), "{right}");
    let wrong = found(json!({ "X-Frame-Options": "DENY" }));
    assert!(wrong.contains("capital letters"), "{wrong}");
}
