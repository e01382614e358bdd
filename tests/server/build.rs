//! Reads the API description and keeps what it means as JSON, and unpacks the viewer of the reference, so that the server
//! needs no files when it runs.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use ngrok_codegen::diagnostic::Color;
use ngrok_codegen::model::Model;
use ngrok_codegen::openapi::{export, to_json};
use ngrok_codegen::{lower, spec};
use serde_json::Value;
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;
use zip::ZipArchive;

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let description = package.join("../../api-spec");
    println!("cargo::rerun-if-changed={}", description.display());
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut model = model(&description)?;
    // Wherever the document is served is where the API is.
    "/".clone_into(&mut model.api.base_url);
    fs::write(out.join("openapi.json"), to_json(&export(&model)))?;
    let mut model = serde_json::to_value(model)?;
    forget_docs(&mut model);
    fs::write(out.join("model.json"), model.to_string())?;
    unpack(&out.join("swagger-ui"))?;
    Ok(())
}

/// Empties all documentation, which is of no use to whoever serves a model, and leaves out what is null. The rest is half as
/// long, and read twice as fast.
fn forget_docs(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.retain(|_, value| !value.is_null());
            for (key, value) in entries {
                match value {
                    Value::Array(lines) if key == "docs" => lines.clear(),
                    value => forget_docs(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(forget_docs),
        _ => {}
    }
}

/// The files of Swagger UI that a page needs.
const VIEWER: [&str; 3] =
    ["swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png"];

/// Unpacks the viewer.
fn unpack(folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let mut archive = ZipArchive::new(Cursor::new(SWAGGER_UI_VENDORED))?;
    for name in VIEWER {
        let ending = format!("/dist/{name}");
        let mut paths = archive.file_names().filter_map(Result::ok);
        let path = paths.find(|path| path.ends_with(&ending));
        let path = path.ok_or_else(|| format!("the viewer has no {name}"))?.into_owned();
        drop(paths);
        let mut content = Vec::new();
        archive.by_name(&path)?.read_to_end(&mut content)?;
        fs::write(folder.join(name), content)?;
    }
    Ok(())
}

fn model(description: &Path) -> Result<Model, Box<dyn Error>> {
    let loaded = spec::load(description);
    let mut problems = loaded.diagnostics;
    let mut model = None;
    if let Some(spec) = loaded.spec.filter(|_| !problems.has_errors()) {
        let (lowered, more) = lower::lower(&spec);
        problems.extend(more);
        model = lowered;
    }
    match model {
        Some(model) => Ok(model),
        None => Err(problems.render(&loaded.sources, Color::Never).into()),
    }
}
