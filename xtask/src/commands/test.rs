//! `cargo xtask test`: runs all tests, with nextest if it is installed.

use std::num::NonZero;
use std::process::Command;
use std::thread::available_parallelism;

use crate::background::Background;
use crate::cli::Test;
use crate::outcome::Outcome;
use crate::process::{cargo, has_subcommand, run as run_process};

pub(crate) fn run(arguments: &Test) -> anyhow::Result<Outcome> {
    if !has_subcommand("nextest") {
        let mut tests = cargo(["test", "--workspace", "--all-features"]);
        return run_process(in_parallel(&mut tests).args(&arguments.rest));
    }
    let nextest = || cargo(["nextest", "run", "--workspace", "--all-features"]);
    // nextest does not know documentation tests; what chooses among its own tests does not choose among those.
    if !arguments.rest.is_empty() {
        return run_process(in_parallel(&mut nextest()).args(&arguments.rest));
    }
    if run_process(nextest().arg("--no-run"))? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    let documentation =
        cargo(["test", "--workspace", "--all-features", "--doc", "--quiet"]);
    let documentation = Background::start(documentation, "documentation tests")?;
    let tests = run_process(in_parallel(&mut nextest()))?;
    Ok(tests.and(documentation.finish()?))
}

/// Lets twice as many tests run at the same time as there are processors, because many wait for servers most of the time.
/// Options override it.
fn in_parallel(tests: &mut Command) -> &mut Command {
    let threads = 2 * available_parallelism().map_or(1, NonZero::get);
    for runner in ["NEXTEST_TEST_THREADS", "RUST_TEST_THREADS"] {
        tests.env(runner, threads.to_string());
    }
    tests
}

/// Returns a command that runs these integration tests, including those that are ignored because they need more than Rust.
///
/// It selects the features of all tests, so that it runs what they built.
pub(crate) fn with_ignored(names: &[&str]) -> Command {
    let has_nextest = has_subcommand("nextest");
    let command: &[&str] = if has_nextest { &["nextest", "run"] } else { &["test"] };
    let mut tests = cargo(command.iter().copied());
    tests.args(["--workspace", "--all-features"]);
    for name in names {
        tests.args(["--test", name]);
    }
    let ignored: &[&str] = if has_nextest {
        &["--run-ignored", "all"]
    } else {
        &["--", "--include-ignored"]
    };
    in_parallel(tests.args(ignored));
    tests
}
