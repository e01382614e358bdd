//! What comes of the description of this repository.

mod determinism;
mod files;
mod model;
mod mutations;
mod pages;

use std::fs;
use std::path::{Path, PathBuf};

use ngrok_codegen::diagnostic::{Color, Diagnostics};
use ngrok_codegen::emit::{Templates, emit};
use ngrok_codegen::file_tree::FileTree;
use ngrok_codegen::lower::lower;
use ngrok_codegen::model::Model;
use ngrok_codegen::spec::{self, Loaded};

/// The folder of the description.
fn description() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec")
}

/// The texts of the description, by their paths.
fn texts() -> Vec<(String, String)> {
    let loaded = spec::load(&description());
    let files = loaded.sources.files();
    files.map(|(_, name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// What a description means, or everything that is wrong with it.
fn meaning(loaded: &Loaded) -> Result<Model, Diagnostics> {
    let mut diagnostics = loaded.diagnostics.clone();
    let (model, more) = match &loaded.spec {
        Some(spec) => lower(spec),
        None => (None, Diagnostics::new()),
    };
    diagnostics.extend(more);
    model.ok_or(diagnostics)
}

/// What the description of this repository means.
fn read(folder: &Path) -> Model {
    let loaded = spec::load(folder);
    let model = meaning(&loaded);
    model.unwrap_or_else(|problems| {
        panic!("{}", problems.render(&loaded.sources, Color::Never))
    })
}

/// Everything that is generated from a model.
fn tree(model: &Model) -> FileTree {
    emit(model, &Templates::default()).expect("there are no templates to fail")
}

#[test]
fn there_is_nothing_to_say_about_the_description() {
    let loaded = spec::load(&description());
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(loaded.spec.as_ref().map(lower).expect("it can be read").1);
    assert_eq!(diagnostics.render(&loaded.sources, Color::Never), "");
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
