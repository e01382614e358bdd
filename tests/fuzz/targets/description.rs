//! Description files: each leads to a model or to diagnostics that can be rendered.
#![cfg_attr(fuzzing, no_main)]

use ngrok_codegen::load_files;

const API: &str = include_str!("../../../codegen/tests/fixtures/one-operation/api.yaml");
const ERRORS: &str =
    include_str!("../../../codegen/tests/fixtures/one-operation/errors.yaml");

ngrok_fuzz::target!(|resource: &str| {
    let files =
        [("api.yaml", API), ("errors.yaml", ERRORS), ("resources/pings.yaml", resource)];
    let loaded =
        load_files(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    if let Err(report) = loaded.into_model() {
        assert!(!report.is_empty());
    }
});
