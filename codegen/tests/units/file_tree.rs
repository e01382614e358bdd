//! Differences between generated files and a directory.

use std::collections::BTreeMap;

use ngrok_codegen::file_tree::{Changes, FileTree};

/// Returns the changes of a directory for a tree, both of paths and texts.
fn changes(tree: &[(&str, &str)], present: &[(&str, &str)]) -> Changes {
    let mut files = FileTree::default();
    for (path, text) in tree {
        files.insert(path, (*text).to_owned());
    }
    let bytes =
        |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
    files.changes(&present.iter().map(bytes).collect::<BTreeMap<_, _>>())
}

#[test]
fn lines_may_end_with_crlf() {
    for (present, text, same) in [
        ("a\r\nb\r\n", "a\nb\n", true),
        ("a\nb\r\n", "a\nb\n", true),
        ("a\r\nb", "a\nb\n", false),
        ("a\r\n", "a\r\n", true),
        ("a\n", "a\nb", false),
        ("", "", true),
    ] {
        let changes = changes(&[("a", text)], &[("a", present)]);
        assert_eq!(changes.is_empty(), same, "{present:?}");
    }
}

#[test]
fn a_tree_owns_its_directory() {
    let changes = changes(
        &[("same", "1"), ("changed", "2"), ("new", "3")],
        &[("same", "1"), ("changed", "other"), ("stray", "4")],
    );
    assert_eq!(changes.written, ["changed", "new"]);
    assert_eq!(changes.unchanged, ["same"]);
    assert_eq!(changes.removed, ["stray"]);
    assert!(!changes.is_empty());
}
