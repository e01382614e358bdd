//! Rendering of reports, and completeness of the comparison. `tests/semver` tests the findings of each rule.

mod limits;
mod mutations;
mod reports;
mod surface;

use std::path::Path;

use ngrok_codegen::diff::{diff, rules, rules_page};
use ngrok_codegen::load;
use ngrok_codegen::model::Model;

/// Returns the model of the valid description in a directory.
fn folder(path: &str) -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    load(&folder).model.expect("a description without errors")
}

#[test]
fn every_row_of_the_page_is_a_rule() {
    let rows = rules_page().lines().filter_map(|line| line.strip_prefix("| `"));
    let mut rows: Vec<_> = rows.filter_map(|row| row.split('`').next()).collect();
    rows.sort_unstable();
    assert!(!rows.is_empty());
    assert_eq!(rules().map(|rule| rule.id).collect::<Vec<_>>(), rows);
}

#[test]
fn a_description_does_not_differ_from_itself() {
    let model = folder("../api-spec");
    assert_eq!(diff(&model, &model).changes, []);
}
