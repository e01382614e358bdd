//! `export`: destinations and formats.

use super::folder::Folder;
use super::{fixture, xtask};

#[test]
fn yaml_goes_to_standard_output() {
    let ran = xtask(&["export", "--spec", &fixture("one-operation")]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(ran.out);
}

#[test]
fn the_extension_of_the_file_selects_the_format() {
    let folder = Folder::new("export_to_a_file");
    let file = folder.path("openapi.json");
    let ran = xtask(&["export", "--spec", &fixture("one-operation"), "--out", &file]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert!(ran.err.ends_with("openapi.json written\n"), "{}", ran.err);
    let asked =
        xtask(&["export", "--spec", &fixture("one-operation"), "--format", "json"]);
    assert!(asked.out.starts_with("{\n  \"openapi\": \"3.1.0\""), "{}", asked.out);
    assert_eq!(folder.read("openapi.json"), asked.out);
}

#[test]
fn an_invalid_description_has_no_document() {
    let ran = xtask(&["export", "--spec", &fixture("unreadable-and-wrong")]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("error["), "{}", ran.err);
}

#[test]
fn an_older_version_is_written_on_request() {
    let ran = xtask(&["export", "--openapi", "3.0"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.starts_with("openapi: 3.0.3\n"), "{}", &ran.out[..200]);
    for newer in ["const:", "propertyNames:", "\"null\"", "- null\n"] {
        let odd = ran.out.lines().find(|line| line.trim_start().starts_with(newer));
        assert_eq!(odd, None, "{newer}");
    }
}
