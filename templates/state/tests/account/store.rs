//! Files that are replaced as a whole.

use std::fs;

use ngrok_state_core::write_private;

#[test]
fn a_file_that_cannot_be_replaced_leaves_no_other_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taken");
    fs::create_dir(&path).unwrap();
    fs::write(path.join("content"), "").unwrap();
    assert!(write_private(&path, b"text").is_err());
    let names = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["taken"]);
}
