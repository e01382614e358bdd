//! Cold builds: a program that depends on a client, with an empty target directory and all cores.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, ensure};
use tempfile::TempDir;

use crate::machine::{self, Whose};
use crate::measure::{Figure, Kind, Measure};
use crate::package::package;
use crate::subject::Subject;
use crate::workspace::cargo;

const SUBJECTS: [Subject; 3] = [Subject::Async, Subject::Blocking, Subject::Official];

/// Builds each tree the given number of times, in alternation.
pub(crate) fn measure(rounds: u32) -> anyhow::Result<Vec<Measure>> {
    let mut trees = Vec::new();
    for subject in SUBJECTS {
        trees.push((subject, package(subject)?));
    }
    let empty = |(subject, _): &(Subject, TempDir)| Figure {
        subject: *subject,
        rounds: Vec::new(),
    };
    let mut seconds: Vec<_> = trees.iter().map(empty).collect();
    let mut processor = seconds.clone();
    for round in 0..usize::try_from(rounds)? {
        eprintln!("cold builds: round {} of {rounds}", round + 1);
        for turn in 0..trees.len() {
            let index = (round + turn) % trees.len();
            let [took, busy] = build(trees[index].1.path())?;
            seconds[index].rounds.push(took);
            processor[index].rounds.push(busy);
        }
    }
    Ok(vec![
        Measure { kind: Kind::Build, figures: seconds },
        Measure { kind: Kind::BuildProcessor, figures: processor },
    ])
}

/// Builds from scratch. Returns seconds of wall-clock and of processor time.
fn build(folder: &Path) -> anyhow::Result<[f64; 2]> {
    let target = tempfile::tempdir()?;
    let mut build = cargo(folder);
    build.args(["build", "--release", "--quiet", "--offline", "--target-dir"]);
    build.arg(target.path());
    let before = machine::usage(Whose::Children)?.processor;
    let start = Instant::now();
    let output = build.output().context("cannot run `cargo build`")?;
    let seconds = start.elapsed().as_secs_f64();
    let busy = machine::usage(Whose::Children)?.processor.saturating_sub(before);
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`cargo build` failed: {}", errors.trim());
    Ok([seconds, busy.as_secs_f64()])
}
