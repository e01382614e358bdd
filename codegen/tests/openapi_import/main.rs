//! Documents that are imported: into a description of the same API, or as a description of their own.

mod degraded;
mod editing;
mod foreign;
mod fresh;
mod guesses;
mod linear;
mod merged;
mod names;
mod never_panics;
mod overrides;
mod prose;
mod restored;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use ngrok_codegen::diagnostic::Color;
use ngrok_codegen::lower::lower;
use ngrok_codegen::model::Model;
use ngrok_codegen::openapi::import::{self, Import, Refused, Source, report};
use ngrok_codegen::spec;

/// The files of a description.
type Files = BTreeMap<String, String>;

const ORDERS: &str = include_str!("documents/orders.yaml");
const LIBRARY: &str = include_str!("documents/library.json");
const SMALL: &str = include_str!("documents/small.yaml");

/// The description of this repository.
fn own() -> Files {
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec"))
}

/// The small description.
fn small() -> Files {
    files_below(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openapi_import/small"),
    )
}

fn files_below(root: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir().expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                let name =
                    path.strip_prefix(root).expect("it is below").to_string_lossy();
                let text = std::fs::read_to_string(&path).expect("text");
                files.insert(name.replace('\\', "/"), text);
            }
        }
    }
    files
}

fn imported(document: &str, files: &Files) -> Import {
    let source = Source { name: "document.yaml", text: document };
    unrefused(import::import(source, files, false))
}

fn describe(document: &str) -> Import {
    let source = Source { name: "document.yaml", text: document };
    unrefused(import::describe(source))
}

/// Returns the import; panics with the reason if it failed.
fn unrefused(done: Result<Import, Refused>) -> Import {
    done.unwrap_or_else(|refused| match refused {
        Refused::Document(remark) => panic!("{}: {}", remark.pointer, remark.message),
        Refused::Description(diagnostics, sources) => {
            panic!("{}", diagnostics.render(&sources, Color::Never))
        }
    })
}

/// The files with what an import changes.
fn changed(files: &Files, done: &Import) -> Files {
    let mut files = files.clone();
    for (name, text) in &done.files {
        match text {
            Some(text) => files.insert(name.clone(), text.clone()),
            None => files.remove(name),
        };
    }
    files
}

/// Returns the model of valid files.
fn model(files: &Files) -> Model {
    let loaded = spec::parse(files.clone().into_iter().collect());
    let shown = loaded.diagnostics.render(&loaded.sources, Color::Never);
    let read = loaded.spec.unwrap_or_else(|| panic!("{shown}"));
    let (model, diagnostics) = lower(&read);
    let shown = diagnostics.render(&loaded.sources, Color::Never);
    model.unwrap_or_else(|| panic!("{shown}"))
}

/// Returns the effects of an import: added and removed lines of each file, and the notes.
fn told(files: &Files, done: &Import) -> String {
    let mut text = String::new();
    for (name, new) in &done.files {
        let old = files.get(name).map_or("", String::as_str);
        _ = writeln!(text, "=== {name}");
        let differences = differences(old, new.as_deref().unwrap_or_default());
        // The digest of a document that is made from the description changes with it.
        let digest = |line: &&str| !line.starts_with("+sha256: ");
        text.extend(differences.lines().filter(digest).flat_map(|line| [line, "\n"]));
    }
    text + "===\n" + &report(&done.notes, "document.yaml", "api")
}

/// The lines that differ. What is left alone is found by the longest common run of lines.
fn differences(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let mut lengths = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            let skipped = lengths[a + 1][b].max(lengths[a][b + 1]);
            lengths[a][b] =
                if old[a] == new[b] { lengths[a + 1][b + 1] + 1 } else { skipped };
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut text = String::new();
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old[a] == new[b] {
            (a, b) = (a + 1, b + 1);
        } else if b < new.len()
            && (a == old.len() || lengths[a][b + 1] >= lengths[a + 1][b])
        {
            _ = writeln!(text, "+{}", new[b]);
            b += 1;
        } else {
            _ = writeln!(text, "-{}", old[a]);
            a += 1;
        }
    }
    text
}
