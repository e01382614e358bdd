//! A report in its three formats.

use std::fs;
use std::path::{Path, PathBuf};

use ngrok_codegen::diff::{Heading, Report, diff, rules};
use ngrok_codegen::load_files;

use super::folder;

const SHELVES: &str = "resources/shelves.yaml";
const BOOKS: &str = "resources/books.yaml";

/// A selection of all changes of an API.
const EDITS: &[(&str, &str, &str)] = &[
    (
        SHELVES,
        "room: { type: string, in: [response, create!]",
        "room: { type: string, in: [response, create]",
    ),
    (SHELVES, "doc: What is written on it.", "doc: What stands on it."),
    (SHELVES, "doc: Who looks after it.", "doc: Who dusts it."),
    (SHELVES, "  delete: Takes a shelf down. Fails while it holds books.\n", ""),
    (
        BOOKS,
        "  title:",
        "  isbn: { type: string, in: [response, create], doc: Its number. }\n  title:",
    ),
    (BOOKS, "max_bytes: 200", "max_bytes: 100"),
    (BOOKS, "poetry: Verses.", "drama: For the stage."),
    (BOOKS, "pages: { type: int64,", "pages: { type: int64, deprecated: { use: isbn },"),
    ("api.yaml", "value: \"2\"", "value: \"3\""),
    ("errors.yaml", "TitleTaken", "TitleInUse"),
];

fn report() -> Report {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library");
    let mut files = files(&root);
    for (file, from, to) in EDITS {
        let (_, text) = files.iter_mut().find(|(path, _)| path == file).expect("a file");
        assert!(text.contains(from), "{file} has no {from:?}");
        *text = text.replacen(from, to, 1);
    }
    let changed = load_files(files).model.expect("a description without errors");
    diff(&folder("tests/library"), &changed)
}

fn files(root: &Path) -> Vec<(String, String)> {
    let (mut files, mut open) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(root.join(&folder)).expect("a folder") {
            let path = folder.join(entry.expect("an entry").file_name());
            match fs::read_to_string(root.join(&path)) {
                Ok(text) => files.push((path.to_string_lossy().into_owned(), text)),
                Err(_) => open.push(path),
            }
        }
    }
    files
}

#[test]
fn for_a_terminal() {
    insta::assert_snapshot!(report().text());
    assert_eq!(Report::default().text(), "no changes\n");
}

#[test]
fn for_a_changelog() {
    insta::assert_snapshot!(report().markdown());
    assert_eq!(Report::default().markdown(), "");
}

#[test]
fn for_the_section_of_a_release() {
    let sections = report().changelog();
    let shown: Vec<_> = sections
        .iter()
        .map(|(heading, text)| format!("### {}\n\n{text}", heading.word()))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
    assert_eq!(Report::default().changelog(), []);
}

#[test]
fn every_rule_is_below_the_heading_of_its_name() {
    let under = |heading: Heading| -> Vec<&str> {
        rules().filter(|rule| rule.heading() == heading).map(|rule| rule.id).collect()
    };
    assert!(under(Heading::Added).contains(&"operation-added"));
    assert!(under(Heading::Removed).contains(&"enum-value-removed"));
    assert_eq!(
        under(Heading::Deprecated),
        [
            "field-deprecated",
            "operation-deprecated",
            "query-parameter-deprecated",
            "service-deprecated"
        ]
    );
    for id in under(Heading::Changed) {
        let told = ["new", "added", "removed", "gone"];
        assert!(!id.split('-').any(|word| told.contains(&word)), "{id}");
    }
}

#[test]
fn for_tools() {
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&report()).expect("plain values")
    );
}

#[test]
fn the_same_every_time() {
    let (one, other) = (report(), report());
    assert_eq!(one, other);
    assert!(one.is_breaking());
}
