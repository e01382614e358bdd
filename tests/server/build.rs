//! Reads the API description and keeps what it means as JSON, so that the server needs no files when it runs.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use ngrok_codegen::diagnostic::Color;
use ngrok_codegen::{lower, spec};

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let description = package.join("../../api-spec");
    println!("cargo::rerun-if-changed={}", description.display());
    let json = model(&description)?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("model.json"), json)?;
    Ok(())
}

fn model(description: &Path) -> Result<String, Box<dyn Error>> {
    let loaded = spec::load(description);
    let mut problems = loaded.diagnostics;
    let mut model = None;
    if let Some(spec) = loaded.spec.filter(|_| !problems.has_errors()) {
        let (lowered, more) = lower::lower(&spec);
        problems.extend(more);
        model = lowered;
    }
    match model {
        Some(model) => Ok(serde_json::to_string(&model)?),
        None => Err(problems.render(&loaded.sources, Color::Never).into()),
    }
}
