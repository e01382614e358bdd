//! Diagnostics for descriptions that cannot be read: one snapshot for each module.

mod files;
mod forms;
mod lists;
mod never_panics;
mod shown;
mod together;
mod values;
mod yaml;

use ngrok_codegen::diagnostic::Color;
use ngrok_codegen::spec::{self, Loaded};

const API: &str = include_str!("api.yaml");
const ERRORS: &str = include_str!("errors.yaml");
const THINGS: &str = include_str!("things.yaml");

/// Reads a description with one resource.
fn read(things: &str) -> Loaded {
    read_files(&[
        ("api.yaml", API),
        ("errors.yaml", ERRORS),
        ("resources/things.yaml", things),
    ])
}

fn read_files(files: &[(&str, &str)]) -> Loaded {
    spec::parse(
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect(),
    )
}

/// Returns the diagnostics of a resource file.
fn report(things: &str) -> String {
    shown(&read(things))
}

/// Returns the diagnostics of the valid file after one change.
fn report_change(from: &str, to: &str) -> String {
    assert!(THINGS.contains(from), "the change must change something: {from}");
    report(&THINGS.replacen(from, to, 1))
}

fn shown(loaded: &Loaded) -> String {
    loaded.diagnostics.render(&loaded.sources, Color::Never)
}

/// Adds a report under the name of its trap.
fn add(reports: &mut String, name: &str, report: &str) {
    reports.extend(["## ", &name.replace('_', " "), "\n\n", report.trim_end(), "\n\n"]);
}

/// Defines a test that takes one snapshot of all reports of a module: for each trap its name, and the expression that
/// returns the report.
macro_rules! traps {
    ($($name:ident: $report:expr,)*) => {
        #[test]
        fn reports() {
            let mut reports = String::new();
            $(crate::add(&mut reports, stringify!($name), &$report);)*
            insta::assert_snapshot!(reports);
        }
    };
}
use traps;

#[test]
fn the_example_is_valid() {
    let loaded = read(THINGS);
    assert_eq!(shown(&loaded), "");
    assert!(loaded.spec.is_some());
}
