//! Writes the examples as functions: those of the documentation, and those that `cargo xtask explain` shows.

mod documentation;
mod explain;

use std::path::PathBuf;
use std::{env, fs};

use ngrok_codegen::load;

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (description, client) =
        (root.join("api-spec"), root.join("generated-client/src"));
    for folder in [&description, &client] {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    let model = load(&description).model.expect("a description without errors");
    let target = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(target.join("explain.rs"), explain::requests(&model)).expect("a new file");
    let programs = documentation::programs(&client).expect("readable files");
    fs::write(target.join("documentation.rs"), programs).expect("a new file");
}
