//! The number of crates in the tree of a client, including itself, according to `cargo tree -e normal`.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};

use crate::measure::{Figure, Kind, Measure};
use crate::package::{NAME, package};
use crate::subject::Subject;
use crate::workspace::cargo;

const SUBJECTS: [Subject; 4] =
    [Subject::Async, Subject::Blocking, Subject::Both, Subject::Official];

/// Counts the crates of each client.
pub(crate) fn count() -> anyhow::Result<Vec<Measure>> {
    let mut figures = Vec::new();
    for subject in SUBJECTS {
        let crates = u32::try_from(tree(subject)?.len())?;
        figures.push(Figure { subject, rounds: vec![f64::from(crates)] });
    }
    Ok(vec![Measure { kind: Kind::Crates, figures }])
}

fn tree(subject: Subject) -> anyhow::Result<BTreeSet<String>> {
    let package = package(subject)?;
    let mut tree = cargo(package.path());
    tree.args(["tree", "--quiet", "--offline", "-e", "normal", "--prefix", "none"]);
    let output = tree.output().context("cannot run `cargo tree`")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`cargo tree` failed: {}", errors.trim());
    let text = String::from_utf8(output.stdout)?;
    // Repeated crates are marked.
    let crates = text.lines().map(|line| line.trim_end_matches(" (*)").to_owned());
    Ok(crates.filter(|name| !name.starts_with(NAME)).collect())
}
