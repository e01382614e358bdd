//! `lint`, and the common behaviour of all commands that read a description.

use std::process::Stdio;

use super::folder::Folder;
use super::{fixture, xtask};

#[test]
fn no_findings_is_success() {
    let ran = xtask(&["lint", "--spec", &fixture("keywords")]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
}

#[test]
fn the_description_of_this_repository_has_no_findings() {
    let ran = xtask(&["lint"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
}

#[test]
fn findings_go_to_standard_error_with_paths_that_can_be_opened() {
    let ran = xtask(&["lint", "--spec", &fixture("unreadable-and-wrong")]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.err);
}

#[test]
fn a_closed_standard_error_is_not_a_failure() {
    let mut command =
        super::command(&["lint", "--spec", &fixture("unreadable-and-wrong")]);
    let mut child = command.stderr(Stdio::piped()).spawn().expect("it can be run");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn findings_for_tools_go_to_standard_output() {
    let ran =
        xtask(&["lint", "--format", "json", "--spec", &fixture("unreadable-and-wrong")]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.out);
    let ran = xtask(&["lint", "--format", "json", "--spec", &fixture("keywords")]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "[]\n", ""));
}

#[test]
fn a_warning_is_a_finding_but_does_not_prevent_generation() {
    let folder = Folder::new("a_warning");
    let spec = folder.copy_of("one-operation");
    let pings = folder.read("one-operation/resources/pings.yaml");
    let described = "  get: Returns the status of the server.\n";
    folder.write(
        "one-operation/resources/pings.yaml",
        &pings.replace(described, "  get:\n"),
    );

    let ran = xtask(&["lint", "--spec", &spec]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.starts_with(
            "warning[missing-doc]: the operation `get` has no description\n"
        ),
        "{}",
        ran.err
    );
    assert!(ran.err.ends_with("\n1 warning\n"), "{}", ran.err);

    let ran = xtask(&["model", "--spec", &spec]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.starts_with('{') && ran.err.contains("missing-doc"));
}

#[test]
fn no_model_is_printed_for_an_invalid_description() {
    let ran = xtask(&["model", "--spec", &fixture("deprecated-leak")]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.ends_with("\n6 errors\n"), "{}", ran.err);
}

#[test]
fn an_empty_folder_is_a_finding() {
    let folder = Folder::new("an_empty_folder");
    let ran = xtask(&["lint", "--spec", &folder.path("")]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    for file in [
        "there is no api.yaml",
        "there is no errors.yaml",
        "there are no files below resources/",
    ] {
        assert!(
            ran.err.contains(&format!("error[missing-file]: {file}\n")),
            "{}",
            ran.err
        );
    }
    assert!(ran.err.ends_with("\n3 errors\n"), "{}", ran.err);
}
