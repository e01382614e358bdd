//! `cargo xtask ci`: every check that a change must pass, by name.

mod beside;
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

use self::beside::Beside;
use crate::cli::{Check, Ci, Description, Format, Generate, Lint, Test};
use crate::commands::{generate, lint, schema, test};
use crate::outcome::Outcome;
use crate::process::{cargo, run as run_process};
use crate::terminal::say;

/// Those that run only if they are named: they take minutes and look for faults that no single change brings.
const ON_REQUEST: &[&str] = &["fuzz"];

/// Those that run while the following checks run, one at a time: they leave a processor idle most of the time, because they
/// download and install, or wait for a browser or for Terraform.
const BESIDE_OTHERS: &[&str] = &["deny", "browser", "terraform"];

type Step = (&'static str, fn() -> anyhow::Result<Outcome>);

/// The checks, quickest first.
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
    ("clippy", || {
        run_process(words(
            "clippy --workspace --all-targets --all-features -- -D warnings",
        ))
    }),
    ("package", package::run_check),
    ("browser", browser::run_check),
    ("features", features::run_check),
    ("test", || test::run(&Test { rest: Vec::new() })),
    ("fuzz", fuzz::run_check),
    ("terraform", terraform::run_check),
    ("mcp", mcp::run_check),
    ("doc", doc::run_check),
];

/// Waits for the check that runs beside others, if there is one. Returns its name if it failed.
fn finished(beside: &mut Option<Beside>) -> anyhow::Result<Option<&'static str>> {
    beside.take().map_or(Ok(None), Beside::finish)
}

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
    let mut failed = Vec::new();
    let mut beside = None;
    // Asked now: the tests build this program again.
    let program = std::env::current_exe()?;
    let wanted = |name| match &*arguments.only {
        [] => !ON_REQUEST.contains(&name),
        only => only.iter().any(|it| it == name),
    };
    let mut steps = STEPS.iter().filter(|(name, _)| wanted(*name)).peekable();
    while let Some((name, step)) = steps.next() {
        if BESIDE_OTHERS.contains(name) && steps.peek().is_some() {
            failed.extend(finished(&mut beside)?);
            beside = Some(Beside::start(&program, name)?);
            continue;
        }
        say!("\n== {name}");
        let start = Instant::now();
        if step()? == Outcome::Findings {
            failed.push(*name);
        }
        say!("== {name}: {} s", start.elapsed().as_secs());
    }
    failed.extend(finished(&mut beside)?);
    if failed.is_empty() {
        return Ok(Outcome::Fine);
    }
    say!("\nfailed: {}", failed.join(", "));
    Ok(Outcome::Findings)
}
