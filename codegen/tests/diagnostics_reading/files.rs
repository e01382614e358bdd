//! Files that are missing, unexpected, or cannot be read.

use super::{API, ERRORS, THINGS, read_files, shown, traps};

traps! {
    no_files_at_all: shown(&read_files(&[])),
    api_yaml_is_missing: shown(&read_files(&[("errors.yaml", ERRORS), ("resources/a.yaml", THINGS)])),
    a_file_name_in_capitals: named("resources/IpPolicies.yaml"),
    a_file_name_with_a_dash: named("resources/ip-policies.yaml"),
    a_folder_name_in_capitals: named("resources/Edges/https.yaml"),
    a_file_name_that_begins_with_a_digit: named("resources/2fa.yaml"),
    a_file_of_the_other_ending: named("resources/things.yml"),
    a_file_of_another_kind: named("resources/README.md"),
    more_errors_in_a_file_of_another_ending: more_errors("errors/more.yml", "201"),
    an_error_in_two_files: more_errors("errors/more.yaml", "200"),
    a_hidden_file: named("resources/.yaml"),
    no_line_for_editors: for_editors(""),
    a_line_for_editors_that_leads_elsewhere: for_editors("# yaml-language-server: $schema=../schema.json\n"),
    a_file_far_too_large: text("resources/things.yaml", &format!("noun: {}", "x".repeat(5 << 20))),
}

fn named(path: &str) -> String {
    text(path, THINGS)
}

/// Returns the diagnostics of an additional file of errors.
fn more_errors(path: &str, number: &str) -> String {
    let more = format!(
        "codes:\n  {number}: {{ name: Other, topic: auth, doc: Another one. }}\n"
    );
    shown(&read_files(&[
        ("api.yaml", API),
        ("errors.yaml", ERRORS),
        (path, &more),
        ("resources/things.yaml", THINGS),
    ]))
}

#[test]
fn errors_of_several_files_are_merged() {
    let more = "codes:\n  999: { name: Other, topic: auth, doc: Another one. }\n";
    let loaded = read_files(&[
        ("api.yaml", API),
        ("errors.yaml", ERRORS),
        ("errors/more.yaml", more),
        ("resources/things.yaml", THINGS),
    ]);
    assert_eq!(shown(&loaded), "");
    let errors = loaded.spec.expect("it can be read").errors;
    assert!(errors.codes.contains_key("999") && errors.codes.len() > 1);
}

fn text(path: &str, text: &str) -> String {
    shown(&read_files(&[("api.yaml", API), ("errors.yaml", ERRORS), (path, text)]))
}

#[test]
fn other_files_beside_the_description_are_ignored() {
    let files = [
        ("README.md", "# Read me"),
        ("api.yaml", API),
        ("errors.yaml", ERRORS),
        ("resources/edges/https.yaml", THINGS),
        ("schema.yaml", "{}"),
    ];
    let loaded = read_files(&files);
    assert_eq!(shown(&loaded), "");
    assert_eq!(
        loaded.spec.expect("all is right").resources[0].accessor,
        ["edges", "https"]
    );
    assert_eq!(loaded.sources.files().count(), 3);
}

/// Returns the diagnostics of a resource that begins with a line, if there is a schema for editors.
fn for_editors(line: &str) -> String {
    let to = "# yaml-language-server: $schema";
    shown(&read_files(&[
        ("api.yaml", &format!("{to}=schema.json#/$defs/Api\n{API}")),
        ("errors.yaml", &format!("{to}=schema.json#/$defs/Errors\n{ERRORS}")),
        ("resources/more/things.yaml", &format!("{line}{THINGS}")),
        ("schema.json", "{}"),
    ]))
}

#[test]
fn the_line_for_editors_points_to_the_schema() {
    let line = "# yaml-language-server: $schema=../../schema.json";
    for line in [format!("{line}\n"), format!("\u{feff}{line}\r\n")] {
        assert_eq!(for_editors(&line), "", "{line:?}");
    }
}

#[test]
fn names_of_services_are_words_with_single_underscores() {
    for name in ["a", "ip_policies", "https", "a1_b2"] {
        assert_eq!(named(&format!("resources/{name}.yaml")), "", "{name}");
    }
    for name in ["", "_a", "a_", "a__b", "A", "1a", "a-b", "a.b", "ä"] {
        let report = named(&format!("resources/{name}.yaml"));
        assert!(report.contains("[bad-file-name]"), "{name}: {report}");
    }
}
