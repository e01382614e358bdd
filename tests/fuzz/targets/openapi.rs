//! OpenAPI documents: each is described or refused.
#![cfg_attr(fuzzing, no_main)]

use ngrok_codegen::openapi::import::{Source, describe};

ngrok_fuzz::target!(|text: &str| {
    let _ = describe(Source { name: "openapi.yaml", text });
});
