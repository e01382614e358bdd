//! The same description gives the same bytes.

use std::fs;
use std::path::{Path, PathBuf};

use ngrok_codegen::load_files;

use super::{description, read, texts, tree};

#[test]
fn the_same_description_generates_the_same_files() {
    let model = read(&description());
    let expected = tree(&model);
    assert!(tree(&model) == expected, "a second run");
    assert!(tree(&read(&copy())) == expected, "a copy elsewhere");
    let mut files = texts(&description());
    files.reverse();
    let reversed = load_files(files).into_model().expect("it is sound");
    assert!(tree(&reversed) == expected, "files in another order");
}

/// Copies the description to another directory.
fn copy() -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("copy of the description");
    let _ = fs::remove_dir_all(&copy);
    for (path, text) in texts(&description()) {
        let path = copy.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder"))
            .expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
    copy
}
