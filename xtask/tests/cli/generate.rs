//! `generate`: written, unchanged, removed and rejected files.

use std::fs;

use super::folder::Folder;
use super::{Ran, fixture, xtask};

fn generate(spec: &str, out: &str) -> Ran {
    xtask(&["generate", "--spec", spec, "--out", out])
}

/// Returns the first line: the number of files by action.
fn counts(ran: &Ran) -> &str {
    let line = ran.out.lines().next().unwrap_or_default();
    line.split_once(": ").map_or(line, |(_, counts)| counts)
}

#[test]
fn a_second_run_writes_nothing() {
    let folder = Folder::new("a_second_run");
    let out = folder.path("client");
    let first = generate(&fixture("no-paging"), &out);
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""));
    let files = folder.files("client");
    assert_eq!(
        counts(&first),
        format!("{} files written, 0 unchanged, 0 removed", files.len())
    );

    let second = generate(&fixture("no-paging"), &out);
    assert_eq!((second.code, second.err.as_str()), (Some(0), ""));
    assert_eq!(
        counts(&second),
        format!("0 files written, {} unchanged, 0 removed", files.len())
    );
    assert!(folder.files("client") == files, "not even the time of a file has changed");
}

#[test]
fn each_stage_is_timed() {
    let folder = Folder::new("each_stage");
    let ran = generate(&fixture("no-paging"), &folder.path("client"));
    let stages = ran.out.lines().nth(1).expect("a second line").split(", ");
    let names: Vec<_> =
        stages.filter_map(|stage| stage.split_whitespace().next()).collect();
    assert_eq!(names, ["read", "lower", "emit", "write"]);
}

#[test]
fn the_files_of_a_small_client() {
    let folder = Folder::new("the_files");
    generate(&fixture("nested-folders"), &folder.path("client"));
    let files: Vec<String> = folder.files("client").into_keys().collect();
    let files = files.into_iter().filter(|path| !path.starts_with("src/runtime/"));
    insta::assert_snapshot!(files.collect::<Vec<_>>().join("\n"));
}

#[test]
fn stale_files_are_removed_with_their_directories() {
    let folder = Folder::new("made_no_more");
    let out = folder.path("client");
    generate(&fixture("nested-folders"), &out);
    folder.write("client/README.md", "by hand");
    folder.write("client/src/resources/stray/by_hand.rs", "");
    folder.write("client/src/.api.rs.draft", "left by a run that was interrupted");

    let ran = generate(&fixture("no-paging"), &out);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains(" 21 removed"), "{}", ran.out);
    for gone in [
        "src/resources/one",
        "src/resources/one.rs",
        "src/resources/stray",
        "src/.api.rs.draft",
    ] {
        assert!(!folder.exists(&format!("client/{gone}")), "{gone}");
    }
    assert_eq!(
        folder.read("client/README.md"),
        "by hand",
        "files beside `src` are not ours"
    );
}

#[test]
fn a_file_in_the_place_of_a_directory_is_replaced() {
    let folder = Folder::new("a_file_for_a_folder");
    let out = folder.path("client");
    generate(&fixture("no-paging"), &out);
    fs::remove_dir_all(folder.path("client/src/resources")).expect("it is there");
    folder.write("client/src/resources", "");
    let ran = generate(&fixture("no-paging"), &out);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(folder.exists("client/src/resources/things.rs"));
}

#[test]
fn an_invalid_description_leaves_the_client_unchanged() {
    let folder = Folder::new("a_wrong_description");
    let out = folder.path("client");
    generate(&fixture("no-paging"), &out);
    let before = folder.files("client");
    for wrong in ["unreadable-and-wrong", "deprecated-leak"] {
        let ran = generate(&fixture(wrong), &out);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
        assert!(ran.err.ends_with(" errors\n"), "{}", ran.err);
        assert!(folder.files("client") == before);
    }
    let ran = generate(&fixture("deprecated-leak"), &folder.path("new"));
    assert_eq!(ran.code, Some(1));
    assert!(!folder.exists("new"), "not even the directory is created");
}

#[test]
fn a_foreign_crate_is_not_replaced() {
    let folder = Folder::new("foreign_crate");
    folder.write("crate/Cargo.toml", "[package]\nname = \"mine\"\n");
    folder.write("crate/src/lib.rs", "// hand-written");
    folder.write("sources/src/lib.rs", "// hand-written");
    for out in ["crate", "sources"] {
        let before = folder.files(out);
        let ran = generate(&fixture("no-paging"), &folder.path(out));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        let expected = format!(
            "error: `{}` contains a crate that was not generated, and would be replaced; use an empty directory, or \
             one with a generated client\n",
            folder.path(out)
        );
        assert_eq!(ran.err, expected);
        assert!(folder.files(out) == before);
    }
}

#[test]
fn an_unwritable_directory_is_reported() {
    let folder = Folder::new("cannot_be_written");
    folder.write("file", "");
    let ran = generate(&fixture("no-paging"), &folder.path("file/client"));
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    let expected =
        format!("error: cannot write `{}`: ", folder.path("file/client/Cargo.toml"));
    assert!(ran.err.starts_with(&expected), "{}", ran.err);
    assert_eq!(folder.read("file"), "");
}

#[test]
fn an_interrupted_run_is_completed_by_the_next() {
    let folder = Folder::new("cut_short");
    let out = folder.path("client");
    generate(&fixture("no-paging"), &out);
    let whole = folder.files("client");
    // A directory in the place of a file ends the run.
    fs::remove_file(folder.path("client/src/types.rs")).expect("it is there");
    folder.write("client/src/types.rs/hidden", "");
    fs::remove_file(folder.path("client/src/types.rs/hidden")).expect("it is there");
    folder.write("client/src/lib.rs", "");
    let ran = generate(&fixture("no-paging"), &out);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.starts_with(&format!(
            "error: cannot write `{}`: ",
            folder.path("client/src/types.rs")
        )),
        "{}",
        ran.err
    );

    fs::remove_dir(folder.path("client/src/types.rs")).expect("it is empty");
    assert_eq!(generate(&fixture("no-paging"), &out).code, Some(0));
    let texts = |files: super::folder::Files| -> Vec<(String, String)> {
        files.into_iter().map(|(path, (text, _))| (path, text)).collect()
    };
    assert!(texts(folder.files("client")) == texts(whole), "no draft is left either");
}

#[test]
#[cfg(unix)]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new("links");
    let out = folder.path("client");
    generate(&fixture("no-paging"), &out);
    folder.write("elsewhere/precious.rs", "by hand");
    symlink(folder.path("elsewhere"), folder.path("client/src/linked"))
        .expect("a new link");
    fs::remove_file(folder.path("client/src/api.rs")).expect("it is there");
    symlink(folder.path("elsewhere/precious.rs"), folder.path("client/src/api.rs"))
        .expect("a new link");

    let ran = generate(&fixture("no-paging"), &out);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(folder.read("elsewhere/precious.rs"), "by hand");
    assert!(!folder.exists("client/src/linked"));
    assert!(folder.read("client/src/api.rs").starts_with("// @generated"));
}

#[test]
#[cfg(unix)]
fn nothing_is_written_through_links() {
    use std::os::unix::fs::symlink;

    for name in ["src", "Cargo.toml", "cli", "cli/api.json"] {
        let folder = Folder::new(&format!("through_{}", name.replace('/', "_")));
        let out = folder.path("client");
        generate(&fixture("no-paging"), &out);
        let target = folder.path(&format!("elsewhere/{name}"));
        let place = folder.path(&format!("client/{name}"));
        fs::create_dir_all(folder.path("elsewhere/cli")).expect("a new directory");
        fs::rename(&place, &target).expect("it is there");
        symlink(&target, &place).expect("a new link");
        folder.write("elsewhere/important.txt", "by hand");
        let before = folder.files("elsewhere");

        let ran = generate(&fixture("nested-folders"), &out);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{name}");
        let expected = format!("error: `{place}` is a symbolic link, not a ");
        assert!(ran.err.starts_with(&expected), "{}", ran.err);
        assert!(folder.files("elsewhere") == before, "{name}");
    }
}

#[test]
#[cfg(unix)]
fn temporary_files_that_are_links_are_not_written_through() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new("draft_link");
    folder.write("precious", "by hand");
    folder.write("client/unrelated", "");
    symlink(folder.path("precious"), folder.path("client/.Cargo.toml.draft"))
        .expect("a new link");
    let ran = generate(&fixture("no-paging"), &folder.path("client"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(folder.read("precious"), "by hand");
    let manifest = std::path::PathBuf::from(folder.path("client/Cargo.toml"));
    assert!(manifest.symlink_metadata().is_ok_and(|found| found.is_file()));
}

#[test]
fn removed_files_without_the_generated_header_are_listed() {
    let folder = Folder::new("named_removals");
    let out = folder.path("client");
    generate(&fixture("no-paging"), &out);
    folder.write("client/src/notes.txt", "by hand");
    folder.write("client/src/stray.rs", "// @generated by `cargo xtask generate`");
    let ran = generate(&fixture("no-paging"), &out);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let notes = folder.path("client/src/notes.txt");
    let expected = format!("removing `{notes}`, which has no generated header\n");
    assert!(ran.out.starts_with(&expected), "{}", ran.out);
    assert_eq!(ran.out.matches("removing").count(), 1, "{}", ran.out);
    assert!(ran.out.contains(" 2 removed"), "{}", ran.out);
}

#[test]
fn examples_of_the_client_are_listed_in_its_manifest() {
    let folder = Folder::new("examples");
    let out = folder.path("client");
    generate(&fixture("no-paging"), &out);
    assert!(!folder.read("client/Cargo.toml").contains("[[example]]"));
    folder.write("client/examples/list.rs", "fn main() {}");
    folder.write("client/examples/blocking_list.rs", "fn main() {}");
    generate(&fixture("no-paging"), &out);
    let manifest = folder.read("client/Cargo.toml");
    let (_, examples) = manifest.split_once("[[example]]").expect("it has examples");
    assert_eq!(
        format!("[[example]]{examples}").trim_end(),
        "[[example]]\nname = \"blocking_list\"\nrequired-features = [\"blocking\"]\n\n\
         [[example]]\nname = \"list\"\nrequired-features = [\"hyper\"]"
    );
}
