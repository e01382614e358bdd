//! The tables of ARCHITECTURE.md name files that exist.

use std::path::Path;

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
