//! Invalid keys and values.

use super::{API, ERRORS, THINGS, read_files, report, report_change, shown, traps};

traps! {
    an_unknown_key_that_is_nearly_right: report_change("noun: thing", "noun: thing\ndescripton: x\ndocz: x"),
    an_unknown_key_that_is_like_no_other: report_change("path: /things", "path: /things\ncolour: red"),
    a_key_of_another_part: report_change("path: /things", "path: /things\nfilter: [id]"),
    an_unknown_key_further_in: report_change("max_bytes: 255", "max_byte: 255"),
    an_unknown_key_of_an_operation: report_change("status: 200", "statsu: 200"),
    an_unknown_key_of_a_deprecation: report_change("since:", "sinc:"),
    a_misspelt_key_is_not_missing_as_well: report_change("noun: thing", "nuon: thing"),
    a_missing_key: report_change("doc: Something.\n", ""),
    a_missing_key_further_in: report_change("    doc: A part of it.\n", ""),
    several_missing_keys: report("operations: { get: }\n"),
    a_number_for_a_string: report_change("noun: thing", "noun: 5"),
    a_flag_for_a_string: report_change("noun: thing", "noun: true"),
    a_list_for_a_string: report_change("noun: thing", "noun: [thing]"),
    a_map_for_a_string: report_change("noun: thing", "noun:\n  thing: thing\n  other: thing"),
    nothing_for_a_string: report_change("noun: thing", "noun:"),
    nothing_for_what_may_be_left_out: report_change("max_bytes: 255", "max_bytes:"),
    a_string_for_a_number: report_change("max_bytes: 255", "max_bytes: many"),
    a_number_in_quotes_for_a_number: report_change("max_bytes: 255", "max_bytes: \"255\""),
    a_number_too_large: report_change("status: 200", "status: 70000"),
    a_negative_number: report_change("max_bytes: 255", "max_bytes: -1"),
    a_fraction_for_a_whole_number: report_change("max_bytes: 255", "max_bytes: 2.5"),
    a_yes_for_a_flag: report_change("required: true", "required: yes"),
    a_string_for_a_list: report_change("filter: [id, size]", "filter: id"),
    a_string_for_a_map: report_change("id: { prefix: th }", "id: th"),
    a_list_for_a_map: report_change("fields:\n  id: { prefix: th }", "fields: [id]\nparams:"),
    a_list_for_an_operation: report_change("get: Looks one up.", "get: [a]"),
    a_number_for_an_operation: report_change("get: Looks one up.", "get: 5"),
    a_string_for_a_deprecation: report_change("deprecated: true", "deprecated: soon"),
    an_unknown_format: report_change("format: hex", "format: hxe"),
    an_unknown_format_like_no_other: report_change("format: hex", "format: morse"),
    a_method_in_lower_case: report_change("status: 200", "method: get"),
    a_number_for_a_format: report_change("format: hex", "format: 16"),
    a_list_for_a_format: report_change("format: hex", "format: [hex]"),
    a_bad_item_among_good_ones: report_change("filter: [id, size]", "filter: [id, 5, size, [a]]"),
    text_where_a_file_should_be: report("Something.\n"),
    a_list_where_a_file_should_be: report("- noun: thing\n"),
    something_wrong_in_api: api("max: 100", "max: many"),
    something_wrong_in_errors: errors("status: 401", "status: none"),
}

fn api(from: &str, to: &str) -> String {
    let api = API.replacen(from, to, 1);
    shown(&read_files(&[
        ("api.yaml", &api),
        ("errors.yaml", ERRORS),
        ("resources/a.yaml", THINGS),
    ]))
}

fn errors(from: &str, to: &str) -> String {
    let errors = ERRORS.replacen(from, to, 1);
    shown(&read_files(&[
        ("api.yaml", API),
        ("errors.yaml", &errors),
        ("resources/a.yaml", THINGS),
    ]))
}

#[test]
fn a_misplaced_key_is_shown_where_it_belongs() {
    for (place, key, home) in [
        ("noun: thing", "values: {}", "an enum, under `enums:`"),
        ("noun: thing", "status: 200", "an operation"),
        ("noun: thing", "max_bytes: 5", "a field"),
        ("noun: thing", "cleared_by: x", "`rules:` of a field"),
        ("noun: thing", "planned: true", "`deprecated:`"),
        ("noun: thing", "together: []", "`constraints:`"),
        ("noun: thing", "exactly_one_of: {}", "a type, under `types:`"),
        (
            "    doc: A part of it.",
            "    singleton: true",
            "the top of a file below `resources/`",
        ),
    ] {
        let report = report_change(place, &format!("{place}\n{key}"));
        let name = key.trim_start().split(':').next().unwrap_or_default();
        let help = format!("help: `{name}` belongs to {home}\n");
        assert!(report.contains(&help), "{report}");
    }
}
