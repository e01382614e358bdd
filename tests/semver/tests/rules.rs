//! Every rule is shown by a case, and every case finds what it should.

use std::collections::BTreeSet;

use ngrok_codegen::diff::sections;
use ngrok_semver_tests::{Case, Library, cases};

#[test]
fn every_case_finds_what_it_should() {
    let library = Library::read();
    let wrong: Vec<_> =
        cases().iter().filter_map(|case| wrong(case, &library)).collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

/// How what is found differs from what should be.
fn wrong(case: &Case, library: &Library) -> Option<String> {
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
    let rules: BTreeSet<_> = sections()
        .iter()
        .flat_map(|section| section.rules)
        .map(|rule| rule.id)
        .collect();
    assert_eq!(shown, rules);
}

#[test]
fn cases_have_names_of_their_own() {
    let cases = cases();
    let names: BTreeSet<_> = cases.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases.len());
}
