//! Help texts, as snapshots.

use crate::support::{imagining_server, run};

fn help(arguments: &[&str]) -> String {
    run(imagining_server(), arguments).success()
}

#[test]
fn of_the_program() {
    insta::assert_snapshot!(help(&["--help"]));
}

#[test]
fn of_a_service() {
    insta::assert_snapshot!(help(&["ip-policies", "--help"]));
}

#[test]
fn of_a_group() {
    insta::assert_snapshot!(help(&["edges", "-h"]));
}

#[test]
fn of_a_list() {
    insta::assert_snapshot!(help(&["ip-policies", "list", "-h"]));
}

#[test]
fn of_a_body() {
    insta::assert_snapshot!(help(&["help", "endpoints", "create"]));
}

#[test]
fn of_a_deletion() {
    insta::assert_snapshot!(help(&["ip-policies", "delete", "-h"]));
}

#[test]
fn of_the_place_of_the_state() {
    for (command, place) in [
        ("plan", "beside the first file"),
        ("apply", "beside the first file"),
        ("destroy", "in the current directory"),
        ("import", "in the current directory"),
    ] {
        let text = help(&[command, "-h"]);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(place), "{command}: {text}");
    }
}

#[test]
fn the_version() {
    assert_eq!(
        help(&["--version"]),
        format!("ngrok-api {}\n", env!("CARGO_PKG_VERSION"))
    );
}
