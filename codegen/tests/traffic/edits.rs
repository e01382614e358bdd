//! New items of a recording become part of the description, and nothing else changes.

use std::collections::BTreeMap;

use ngrok_codegen::traffic::{self, BaseUrl, Har, Proposal, Report};
use ngrok_codegen::{Loaded, load_files};
use serde_json::{Value, json};

use crate::recording::{exchange, har};
use crate::{described, report};

const ID: &str = "2abcDEfGhIjKlMnOpQrStUvWxYz";

fn propose(report: &Report) -> Proposal {
    traffic::propose(report, described())
}

/// Returns the added lines of the files; a removed or changed line is an error.
fn added_lines(proposal: &Proposal) -> String {
    let mut shown = Vec::new();
    for (name, text) in &proposal.files {
        let sources = described().sources;
        let old =
            sources.id(name).and_then(|file| sources.text(file)).expect("the old text");
        let mut old = old.lines().peekable();
        shown.push(name.clone());
        for (number, line) in text.lines().enumerate() {
            if old.peek() == Some(&line) {
                old.next();
            } else {
                shown.push(format!("{:4} + {line}", number + 1));
            }
        }
        assert_eq!(old.next(), None, "nothing of {name} is gone");
    }
    shown.join("\n")
}

/// The description with the changes.
fn changed(proposal: &Proposal) -> Loaded {
    let sources = described().sources;
    let mut files: BTreeMap<String, String> = sources
        .files()
        .map(|(_, name, text)| (name.to_owned(), text.to_owned()))
        .collect();
    files.extend(proposal.files.clone());
    load_files(files)
}

fn told(entries: &[(String, String)]) -> String {
    let lines = entries.iter().map(|(what, more)| format!("{what}: {more}\n"));
    lines.collect::<Vec<_>>().concat()
}

const UNKNOWN: &str = include_str!("recordings/unknown.har");

#[test]
fn fields_and_values_are_added() {
    let proposal = propose(&report(UNKNOWN));
    insta::assert_snapshot!("added_lines", added_lines(&proposal));
    insta::assert_snapshot!("added", told(&proposal.added));
    insta::assert_snapshot!("left", told(&proposal.left));
}

#[test]
fn what_was_added_is_known_from_then_on() {
    let before = report(UNKNOWN);
    let proposal = propose(&before);
    let loaded = changed(&proposal);
    let described = loaded.described().expect("the description has no errors");
    let har = Har::read(UNKNOWN.as_bytes()).expect("a HAR");
    let base = BaseUrl::parse(&described.model.api.base_url).expect("an address");
    let after = traffic::check(&har, described, &base);
    // `owner`, `labels`, `priority` twice, and `log` twice.
    assert_eq!(before.findings.len() - after.findings.len(), 6);
    let again = traffic::propose(&after, described);
    assert!(again.files.is_empty() && again.added.is_empty(), "{again:?}");
    assert_eq!(again.left, proposal.left);
}

fn get(path: &str, body: Value) -> Value {
    exchange(("GET", path, Value::Null), (200, body))
}

#[test]
fn fields_that_are_there_get_another_place() {
    let rule = json!({ "id": format!("ipr_{ID}"), "ip_policy_id": format!("ipp_{ID}") });
    let proposal =
        propose(&report(&har(&[get(&format!("/ip_policy_rules/ipr_{ID}"), rule)])));
    insta::assert_snapshot!(told(&proposal.added), @"resources/ip_policy_rules.yaml: `ip_policy_id` of IpPolicyRule: now in response-, create!
");
}

#[test]
fn fields_of_types_and_of_singletons() {
    let kinesis = json!({ "stream_arn": "arn:a:b:c:d:e", "shards": 3, "since": null });
    let destination =
        json!({ "id": format!("ed_{ID}"), "target": { "kinesis": kinesis } });
    let breaker = json!({ "opened_at": "2025-01-31T12:00:00Z" });
    let edge = format!("/edges/https/edghts_{ID}/routes/edghtsrt_{ID}/circuit_breaker");
    let entries =
        [get(&format!("/event_destinations/ed_{ID}"), destination), get(&edge, breaker)];
    let proposal = propose(&report(&har(&entries)));
    insta::assert_snapshot!("nested_lines", added_lines(&proposal));
    assert!(changed(&proposal).model.is_some());
}

#[test]
fn what_cannot_be_decided_is_left_with_the_reason() {
    let rule = json!({
        "id": format!("ipr_{ID}"),
        "created__at": "collides",
        "always_null": null,
        "nested": { "a": 1 },
        "mixed": [1, "a"],
        "empty": [],
        "two words": "x",
        "9f8e7d6c5b4a3f2e1d": true,
        "fine": true,
    });
    let sent = json!({ "cidr": "10.0.0.0/8", "ip_policy_id": format!("ipp_{ID}"), "action": "drop", "typo": 1 });
    let entries = [
        get(&format!("/ip_policy_rules/ipr_{ID}"), rule),
        exchange(
            ("POST", "/ip_policy_rules", sent),
            (201, json!({ "id": format!("ipr_{ID}") })),
        ),
    ];
    let proposal = propose(&report(&har(&entries)));
    assert_eq!(proposal.added.len(), 1, "{:?}", proposal.added);
    insta::assert_snapshot!("undecided", told(&proposal.left));
}

#[test]
fn a_recording_that_fits_changes_nothing() {
    assert_eq!(propose(&report(&har(&[]))), Proposal::default());
}

/// Returns what is proposed for new fields `a`, `b`, ..., each with these values in two responses.
fn fields_with(values: &[[Value; 2]]) -> Proposal {
    let entries: Vec<_> = (0..2)
        .map(|response| {
            let fields = ('a'..).zip(values);
            let fields =
                fields.map(|(name, values)| (name.into(), values[response].clone()));
            let mut body: serde_json::Map<String, Value> = fields.collect();
            body.insert("id".to_owned(), json!(format!("ipp_{ID}")));
            get(&format!("/ip_policies/ipp_{ID}"), body.into())
        })
        .collect();
    propose(&report(&har(&entries)))
}

#[test]
fn values_that_agree_have_a_type() {
    let (policy, vault) = (format!("ipp_{ID}"), format!("vault_{ID}"));
    let cases = [
        ([json!(null), json!("x")], "string"),
        ([json!(-1), json!(2)], "int64"),
        ([json!(u64::MAX), json!(1)], "uint64"),
        ([json!(0.5), json!(1)], "float64"),
        ([json!("2025-01-31T12:00:00Z"), json!(null)], "timestamp"),
        ([json!("2025-01-31T12:00:00Z"), json!("x")], "string"),
        ([json!(policy), json!("x")], "string"),
        ([json!(policy), json!(vault)], "id IpPolicy | Vault"),
        ([json!({ "id": policy, "uri": "" }), json!(null)], "ref IpPolicy"),
        ([json!([]), json!(["x"])], "list of string"),
        ([json!([vault]), json!(["x"])], "list of string"),
    ];
    let proposal = fields_with(&cases.clone().map(|(values, _)| values));
    let expected: Vec<_> = ('a'..)
        .zip(cases)
        .map(|(name, (_, ty))| format!("the field `{name}` of IpPolicy: {ty}"))
        .collect();
    let added: Vec<_> = proposal.added.into_iter().map(|(_, what)| what).collect();
    assert_eq!((added, proposal.left), (expected, Vec::new()));
}

#[test]
fn values_that_disagree_are_left_to_the_user() {
    let reference = json!({ "id": format!("ipp_{ID}"), "uri": "" });
    let cases = [
        [json!(null), json!(null)],
        [json!([]), json!([])],
        [json!([null]), json!([null])],
        [json!(["x"]), json!(["x", 1])],
        [json!([["x"]]), json!([])],
        [json!({}), json!({ "id": format!("ipp_{ID}") })],
        [json!({}), reference],
        [json!([{}]), json!([])],
        [json!(true), json!("x")],
        [json!(["x"]), json!("x")],
    ];
    let proposal = fields_with(&cases);
    assert_eq!((proposal.added, proposal.left.len()), (Vec::new(), cases.len()));
}
