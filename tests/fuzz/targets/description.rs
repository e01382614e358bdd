//! Description files: each leads to a model or to diagnostics that can be rendered.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ngrok_codegen::load_files;

const API: &str = include_str!("../../../codegen/tests/fixtures/one-operation/api.yaml");
const ERRORS: &str =
    include_str!("../../../codegen/tests/fixtures/one-operation/errors.yaml");

fuzz_target!(|resource: &str| {
    let files =
        [("api.yaml", API), ("errors.yaml", ERRORS), ("resources/pings.yaml", resource)];
    let loaded =
        load_files(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    if let Err(report) = loaded.into_model() {
        assert!(!report.is_empty());
    }
});
