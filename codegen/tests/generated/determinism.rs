//! The same description gives the same bytes.

use std::fs;
use std::path::Path;

use ngrok_codegen::load_files;

use super::{description, read, texts, tree};

#[test]
fn a_second_run_generates_the_same_files() {
    let model = read(&description());
    assert!(tree(&model) == tree(&read(&description())));
    assert!(tree(&model) == tree(&model));
}

#[test]
fn a_copy_elsewhere_generates_the_same_files() {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("copy of the description");
    let _ = fs::remove_dir_all(&copy);
    for (path, text) in texts() {
        let path = copy.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder"))
            .expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
    assert!(tree(&read(&copy)) == tree(&read(&description())));
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut files = texts();
    files.reverse();
    let model = load_files(files).into_model().expect("it is sound");
    assert!(tree(&model) == tree(&read(&description())));
}
