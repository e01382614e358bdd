//! `cargo xtask ci`: every check that a change must pass, by name.

mod browser;
mod deny;
mod doc;
mod features;
mod fuzz;
mod mcp;
mod msrv;
mod package;
mod prose;
mod terraform;

use std::process::Command;
use std::time::Instant;

use crate::background::Background;
use crate::cli::{Check, Ci, Description, Format, Generate, Lint, Test};
use crate::commands::{generate, lint, schema, test};
use crate::outcome::Outcome;
use crate::process::{cargo, run as run_process};
use crate::terminal::say;

/// Those that run only if they are named: they take minutes and look for faults that no single change brings.
const ON_REQUEST: &[&str] = &["fuzz"];

/// Those that run in the background, one after the other: they leave a processor idle most of the time, because they download
/// and install, or wait for a browser, for Terraform or for Python.
const IN_BACKGROUND: &[&str] = &["deny", "browser", "terraform", "mcp"];

type Step = (&'static str, fn() -> anyhow::Result<Outcome>);

/// The checks, quickest first. `features` compiles little at the same time, so that it comes while the background needs most.
const STEPS: &[Step] = &[
    ("fmt", || run_process(words("fmt --all --check"))),
    ("lint", || lint::run(&Lint { description: spec(), format: Format::Text })),
    ("prose", prose::run_check),
    ("msrv", msrv::run),
    ("schema", || schema::run(&Check { check: true })),
    ("generate", || {
        generate::run(&Generate {
            description: spec(),
            out: None,
            check: true,
            watch: false,
        })
    }),
    ("deny", deny::run_check),
    ("features", features::run_check),
    ("clippy", || {
        let mut clippy = words("clippy --workspace --all-targets --all-features");
        // Clippy compiles the model for build scripts, which take less time than its optimisation.
        clippy.args(["--config", "profile.dev.package.ngrok-api-model.opt-level=0"]);
        run_process(clippy.args(["--", "-D", "warnings"]))
    }),
    ("package", package::run_check),
    ("browser", browser::run_check),
    ("test", || test::run(&Test { rest: Vec::new() })),
    ("fuzz", fuzz::run_check),
    ("terraform", terraform::run_check),
    ("mcp", mcp::run_check),
    ("doc", doc::run_check),
];

/// Returns the description of this repository.
fn spec() -> Description {
    Description { spec: None }
}

/// Returns a cargo command from a line of words.
fn words(line: &str) -> Command {
    cargo(line.split(' '))
}

/// Returns the names of the checks, in the order in which they run.
pub(crate) fn names() -> Vec<&'static str> {
    STEPS.iter().map(|(name, _)| *name).collect()
}

pub(crate) fn run(arguments: &Ci) -> anyhow::Result<Outcome> {
    let wanted = |name| match &*arguments.only {
        [] => !ON_REQUEST.contains(&name),
        only => only.iter().any(|it| it == name),
    };
    let wanted = STEPS.iter().copied().filter(|(name, _)| wanted(*name));
    let (background, foreground): (Vec<Step>, Vec<_>) =
        wanted.partition(|(name, _)| IN_BACKGROUND.contains(name));
    if foreground.is_empty() {
        return run_steps(&background);
    }
    let background = match &*background {
        [] => None,
        steps => Some(start(steps)?),
    };
    let outcome = run_steps(&foreground)?;
    Ok(match background {
        Some(checks) => outcome.and(checks.finish()?),
        None => outcome,
    })
}

/// Starts checks in the background: this program again, which is asked for them alone.
fn start(steps: &[Step]) -> anyhow::Result<Background> {
    let names: Vec<_> = steps.iter().map(|(name, _)| *name).collect();
    say!("in the background: {}", names.join(", "));
    let mut checks = Command::new(std::env::current_exe()?);
    checks.arg("ci").args(names);
    Background::start(checks, "checks")
}

/// Runs checks one after the other, also if one fails, and prints which failed.
fn run_steps(steps: &[Step]) -> anyhow::Result<Outcome> {
    let mut failed = Vec::new();
    for (name, step) in steps {
        say!("\n== {name}");
        let start = Instant::now();
        if step()? == Outcome::Findings {
            failed.push(*name);
        }
        say!("== {name}: {} s", start.elapsed().as_secs());
    }
    if failed.is_empty() {
        return Ok(Outcome::Fine);
    }
    say!("\nfailed: {}", failed.join(", "));
    Ok(Outcome::Findings)
}
