//! The description of this repository, for tests.

use std::path::Path;

use crate::model::Model;

/// Returns its model.
pub(super) fn model() -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec");
    let spec = crate::spec::load(&folder).spec.expect("it can be read");
    crate::lower::lower(&spec).0.expect("it has a model")
}
