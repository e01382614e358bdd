//! Exports the API description as an `OpenAPI` document, and unpacks the viewer of the reference, so that the program needs no files at run
//! time.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use ngrok_codegen::load;
use ngrok_codegen::openapi::{export, to_json};
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;
use zip::ZipArchive;

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let description = package.join("../../api-spec");
    println!("cargo::rerun-if-changed={}", description.display());
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut model = load(&description).into_model()?;
    // The API has the same origin as the document.
    "/".clone_into(&mut model.api.base_url);
    fs::write(out.join("openapi.json"), to_json(&export(&model)))?;
    unpack(&out.join("swagger-ui"))?;
    Ok(())
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
