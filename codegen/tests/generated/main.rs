//! What comes of the description of this repository.

mod determinism;
mod files;
mod model;
mod mutations;
mod pages;

use std::fs;
use std::path::{Path, PathBuf};

use ngrok_codegen::diagnostic::Color;
use ngrok_codegen::emit::{Templates, emit};
use ngrok_codegen::file_tree::FileTree;
use ngrok_codegen::model::Model;
use ngrok_codegen::{Loaded, load};

/// The folder of the description.
fn description() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec")
}

/// The texts of the description, by their paths.
fn texts() -> Vec<(String, String)> {
    let loaded = load(&description());
    let files = loaded.sources.files();
    files.map(|(_, name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// The model of the description in a folder, which has no errors.
fn read(folder: &Path) -> Model {
    load(folder).into_model().unwrap_or_else(|problems| panic!("{problems}"))
}

/// Everything that is generated from a model.
fn tree(model: &Model) -> FileTree {
    emit(model, &Templates::default()).expect("there are no templates to fail")
}

#[test]
fn there_is_nothing_to_say_about_the_description() {
    let Loaded { diagnostics, sources, .. } = load(&description());
    assert_eq!(diagnostics.render(&sources, Color::Never), "");
}

#[test]
fn what_is_committed_is_what_is_generated() {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client");
    for (path, text) in tree(&read(&description()))
        .iter()
        .filter(|(path, _)| !path.ends_with("md") && !path.ends_with("json"))
    {
        let committed = fs::read_to_string(client.join(path)).unwrap_or_default();
        assert!(committed == text, "{path} is stale: run `cargo xtask generate`");
    }
}
