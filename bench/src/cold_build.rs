//! What it costs to build a tree from nothing, as a program does that depends on a client: a package with no code of its
//! own, the versions of this workspace's lock file, an empty target folder, all cores.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, ensure};
use tempfile::TempDir;

use crate::machine::{self, Whose};
use crate::measure::{Figure, Kind, Measure};
use crate::subject::Subject;
use crate::workspace::{cargo, root};

const SUBJECTS: [Subject; 3] = [Subject::Async, Subject::Blocking, Subject::Official];

/// Builds each tree so many times, in turns.
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

/// A package that depends on the subject and on nothing else, everything downloaded.
fn package(subject: Subject) -> anyhow::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let manifest = format!(
        "[package]\nname = \"cold-build\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [lib]\npath = \"lib.rs\"\n\n[workspace]\n\n[dependencies]\n{}\n",
        dependency(subject)?
    );
    fs::write(folder.path().join("Cargo.toml"), manifest)?;
    fs::write(folder.path().join("lib.rs"), "")?;
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock"))
        .context("no Cargo.lock in the workspace")?;
    let output = cargo(folder.path()).arg("fetch").output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`cargo fetch` failed: {}", errors.trim());
    Ok(folder)
}

fn dependency(subject: Subject) -> anyhow::Result<String> {
    let client = root().join("generated-client");
    // A TOML string is quoted and escaped as a JSON string is.
    let client = serde_json::to_string(&client.to_str().context("an odd path")?)?;
    Ok(match subject {
        Subject::Official => "ngrok-api = \"=0.12.1\"".to_owned(),
        Subject::Blocking => format!(
            "ngrok-client = {{ path = {client}, default-features = false, \
             features = [\"blocking\", \"webpki-roots\"] }}"
        ),
        _ => format!("ngrok-client = {{ path = {client} }}"),
    })
}

/// Builds from nothing: seconds of the clock, and of processors.
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
