//! OpenAPI documents: each is described or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ngrok_codegen::openapi::import::{Source, describe};

fuzz_target!(|text: &str| {
    let _ = describe(Source { name: "openapi.yaml", text });
});
