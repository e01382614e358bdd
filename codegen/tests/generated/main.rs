//! Output for the description of this repository.

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

/// Returns the directory of the description.
fn description() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec")
}

/// Returns the texts of a description, by their paths.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let loaded = load(folder);
    let files = loaded.sources.files();
    files.map(|(_, name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// Returns the model of the valid description in a directory.
fn read(folder: &Path) -> Model {
    load(folder).into_model().unwrap_or_else(|problems| panic!("{problems}"))
}

/// Returns everything generated from a model, and of the templates only the facts about the API.
fn tree(model: &Model) -> FileTree {
    let facts = include_str!("../../../templates/src/api.rs.j2").to_owned();
    let varying = [("src/api.rs".to_owned(), facts)].into();
    let templates = Templates { varying, ..Templates::default() };
    emit(model, &templates).expect("the template is valid")
}

#[test]
fn the_description_has_no_diagnostics() {
    let Loaded { diagnostics, sources, .. } = load(&description());
    assert_eq!(diagnostics.render(&sources, Color::Never), "");
}

#[test]
fn the_committed_files_are_up_to_date() {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client");
    for (path, text) in tree(&read(&description()))
        .iter()
        .filter(|(path, _)| !path.ends_with("md") && !path.ends_with("json"))
    {
        let committed = fs::read_to_string(client.join(path)).unwrap_or_default();
        assert!(committed == text, "{path} is stale: run `cargo xtask generate`");
    }
}
