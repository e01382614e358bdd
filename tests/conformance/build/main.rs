//! Generates Rust that calls every operation and uses every type of the API description.
//!
//! Takes `api-spec/`; writes `model.json`, `operations.rs` (for either client), `filters.rs`, `types.rs` and `error_codes.rs` to `OUT_DIR`.
//! Contains no name of an operation or type.

mod cycles;
mod error_codes;
mod filters;
mod literals;
mod operations;
mod samples;
mod tokens;
mod types;

#[path = "../src/example.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "shared with the tests, which use all of it"
)]
mod example;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use ngrok_codegen::load;
use proc_macro2::TokenStream;

fn main() -> Result<(), Box<dyn Error>> {
    let description = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-spec");
    println!("cargo::rerun-if-changed={}", description.display());
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/example.rs");
    let model = load(&description).into_model()?;
    cycles::refuse(&model)?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    fs::write(out.join("model.json"), serde_json::to_string(&model)?)?;
    write(&out.join("operations.rs"), &operations::emit(&model))?;
    write(&out.join("filters.rs"), &filters::emit(&model))?;
    write(&out.join("types.rs"), &types::emit(&model))?;
    write(&out.join("error_codes.rs"), &error_codes::emit(&model))?;
    Ok(())
}

fn write(path: &Path, tokens: &TokenStream) -> Result<(), Box<dyn Error>> {
    let file = syn::parse2(tokens.clone())?;
    fs::write(path, prettyplease::unparse(&file))?;
    Ok(())
}
