//! How many crates a client brings, itself counted, as `cargo tree -e normal` has them.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};

use crate::measure::{Figure, Kind, Measure};
use crate::subject::Subject;
use crate::workspace::{cargo, root};

/// Counts the crates of each client.
pub(crate) fn count() -> anyhow::Result<Vec<Measure>> {
    let trees: [(Subject, &[&str]); 4] = [
        (Subject::Async, &["--package", "ngrok-client"]),
        (
            Subject::Blocking,
            &[
                "--package",
                "ngrok-client",
                "--no-default-features",
                "--features",
                "blocking,webpki-roots",
            ],
        ),
        (Subject::Both, &["--package", "ngrok-client", "--features", "blocking"]),
        (Subject::Official, &["--package", "ngrok-api"]),
    ];
    let mut figures = Vec::new();
    for (subject, arguments) in trees {
        let crates = u32::try_from(tree(arguments)?.len())?;
        figures.push(Figure { subject, rounds: vec![f64::from(crates)] });
    }
    Ok(vec![Measure { kind: Kind::Crates, figures }])
}

fn tree(arguments: &[&str]) -> anyhow::Result<BTreeSet<String>> {
    let mut tree = cargo(&root());
    tree.args([
        "tree", "--quiet", "-e", "normal", "--prefix", "none", "--format", "{p}",
    ]);
    let output = tree.args(arguments).output().context("cannot run `cargo tree`")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`cargo tree` failed: {}", errors.trim());
    let text = String::from_utf8(output.stdout)?;
    // What was shown before is marked.
    Ok(text.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect())
}
