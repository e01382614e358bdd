//! Every rule has a case, and every case gives the expected findings.

use std::collections::BTreeSet;

use ngrok_codegen::diff::rules;
use ngrok_semver_tests::{Case, Library, cases};

#[test]
fn every_case_gives_the_expected_findings() {
    let library = Library::read();
    let difference: Vec<_> =
        cases().iter().filter_map(|case| difference(case, &library)).collect();
    assert!(difference.is_empty(), "{}", difference.concat());
}

/// Returns the difference between actual and expected findings.
fn difference(case: &Case, library: &Library) -> Option<String> {
    let report = case.report(library);
    let mut found: Vec<_> =
        report.changes.iter().map(|one| (one.rule.id, one.subject.as_str())).collect();
    let mut expected = case.finds.clone();
    found.sort_unstable();
    expected.sort_unstable();
    let name = case.name;
    (found != expected)
        .then(|| format!("{name}:\n  found {found:?}\n  expected {expected:?}\n"))
}

#[test]
fn every_rule_has_a_case() {
    let shown: BTreeSet<_> = cases()
        .iter()
        .flat_map(|case| case.finds.iter().map(|(rule, _)| *rule))
        .collect();
    let rules: BTreeSet<_> = rules().map(|rule| rule.id).collect();
    assert_eq!(shown, rules);
}

#[test]
fn case_names_are_unique() {
    let cases = cases();
    let names: BTreeSet<_> = cases.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases.len());
}
