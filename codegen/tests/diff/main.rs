//! Rendering of reports, and completeness of the comparison. `tests/semver` tests the findings of each rule.

mod limits;
mod mutations;
mod reports;
mod surface;

use std::path::Path;

use ngrok_codegen::diff::diff;
use ngrok_codegen::load;
use ngrok_codegen::model::Model;

/// Returns the model of the valid description in a directory.
fn folder(path: &str) -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    load(&folder).model.expect("a description without errors")
}

#[test]
fn a_description_does_not_differ_from_itself() {
    let model = folder("../api-spec");
    assert_eq!(diff(&model, &model).changes, []);
}
