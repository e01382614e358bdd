//! Diagnostics for descriptions that can be read but are invalid: one trap for each kind of problem, one snapshot for
//! each module.

mod api;
mod certain;
mod codes;
mod fields;
mod names;
mod operations;
mod paths;
mod types;

use ngrok_codegen::diagnostic::Color;
use ngrok_codegen::{Loaded, load_files};

/// A small description without errors.
const FILES: [(&str, &str); 5] = [
    ("api.yaml", include_str!("api.yaml")),
    ("errors.yaml", include_str!("errors.yaml")),
    ("resources/boxes.yaml", include_str!("boxes.yaml")),
    ("resources/old.yaml", include_str!("old.yaml")),
    ("resources/things.yaml", include_str!("things.yaml")),
];

/// Returns the diagnostics of a description.
fn report(files: &[(String, String)]) -> String {
    let Loaded { model, diagnostics, sources, .. } = load_files(files.to_vec());
    assert_eq!(
        model.is_some(),
        !diagnostics.has_errors(),
        "a model is there exactly if there is no error"
    );
    diagnostics.render(&sources, Color::Never)
}

fn files() -> Vec<(String, String)> {
    FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Returns the diagnostics of the valid description after some changes: file, old text, new text. A missing file is added.
fn changed(changes: &[(&str, &str, &str)]) -> String {
    let mut files = files();
    for (name, from, to) in changes {
        let Some(file) = files.iter_mut().find(|(path, _)| path.ends_with(name)) else {
            files.push(((*name).to_owned(), (*to).to_owned()));
            continue;
        };
        assert!(file.1.contains(from), "the change must change something: {from}");
        file.1 = file.1.replacen(from, to, 1);
    }
    report(&files)
}

/// Returns the codes of the diagnostics in a report.
fn codes_of(report: &str) -> Vec<&str> {
    let titles =
        report.lines().filter_map(|line| line.split_once('[')?.1.split_once("]: "));
    titles.map(|(code, _)| code).collect()
}

/// Returns the diagnostics of a trap, which must contain its code.
fn spring(code: &str, changes: &[(&str, &str, &str)]) -> String {
    let said = changed(changes);
    let codes = codes_of(&said);
    assert!(codes.contains(&code), "expected {code}:\n{said}");
    let helped = said.matches("= help: ").count();
    assert_eq!(helped, codes.len(), "each problem has a solution:\n{said}");
    said
}

/// Adds a report under the name of its trap.
fn add(reports: &mut String, name: &str, report: &str) {
    reports.extend(["## ", &name.replace('_', " "), "\n\n", report.trim_end(), "\n\n"]);
}

/// Defines a test that takes one snapshot of all reports of a module: for each trap its name, the code of the problem,
/// and the changes that cause it.
macro_rules! traps {
    ($($name:ident: $code:literal, [$($change:expr),* $(,)?];)*) => {
        pub(crate) const CODES: &[&str] = &[$($code),*];

        #[test]
        fn reports() {
            let mut reports = String::new();
            $(crate::add(&mut reports, stringify!($name), &crate::spring($code, &[$($change),*]));)*
            insta::assert_snapshot!(reports);
        }
    };
}
use traps;

#[test]
fn the_example_is_valid() {
    assert_eq!(report(&files()), "");
}
