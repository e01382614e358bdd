//! The tables of ARCHITECTURE.md name files that exist, and cargo runs all tests.

use std::path::{Path, PathBuf};
use std::{fs, io};

const PAGE: &str = include_str!("../../../ARCHITECTURE.md");

/// Returns the path in backticks, up to the first part that is a pattern.
fn path(text: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/_-.*".contains(c);
    let is_path = text.contains('/') && text.chars().all(plain);
    let fixed = text.split('*').next().filter(|_| is_path)?;
    Some(if fixed == text { text } else { fixed.rsplit_once('/')?.0 })
}

#[test]
fn the_paths_of_all_tables_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let rows = PAGE.lines().filter(|line| line.starts_with('|'));
    let spans = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    let paths: Vec<&str> = spans.filter_map(path).collect();
    let missing: Vec<_> =
        paths.iter().filter(|path| !root.join(path).exists()).collect();
    assert!(paths.len() > 12 && missing.is_empty(), "{missing:?}");
}

/// Collects the files below a folder, without those that are built.
fn files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.is_dir() {
            found.push(path);
        } else if !path.ends_with("target") && !path.ends_with(".git") {
            files(&path, found)?;
        }
    }
    Ok(())
}

/// Returns true if a manifest excludes the tests of its library.
fn excludes_tests(manifest: &Path) -> bool {
    let text = fs::read_to_string(manifest).unwrap_or_default();
    let library = text.split_once("[lib]\n").map_or("", |(_, library)| library);
    library
        .lines()
        .take_while(|line| !line.starts_with('['))
        .any(|it| it == "test = false")
}

#[test]
fn libraries_without_a_test_target_have_no_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = Vec::new();
    files(&root, &mut all).expect("readable folders");
    let manifests = all.iter().filter(|it| it.ends_with("Cargo.toml"));
    let sources: Vec<_> = manifests
        .filter(|it| excludes_tests(it))
        .map(|it| it.with_file_name("src"))
        .collect();
    assert!(sources.contains(&root.join("codegen/src")), "{sources:?}");
    let hidden = all.iter().filter(|path| {
        let is_source = path.extension().is_some_and(|it| it == "rs");
        let is_excluded = sources.iter().any(|folder| path.starts_with(folder));
        is_source
            && is_excluded
            && fs::read_to_string(path).is_ok_and(|it| it.contains("#[test]"))
    });
    let hidden: Vec<_> = hidden.collect();
    assert!(hidden.is_empty(), "cargo does not run the tests in {hidden:?}");
}
