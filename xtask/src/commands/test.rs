//! `cargo xtask test`: runs all tests, with nextest if it is installed.

use crate::cli::Test;
use crate::outcome::Outcome;
use crate::process::{cargo, has_subcommand, run as run_process};

pub(crate) fn run(arguments: &Test) -> anyhow::Result<Outcome> {
    if !has_subcommand("nextest") {
        return run_process(
            cargo(["test", "--workspace", "--all-features"]).args(&arguments.rest),
        );
    }
    let mut nextest = cargo(["nextest", "run", "--workspace", "--all-features"]);
    let tests = run_process(nextest.args(&arguments.rest))?;
    // nextest does not know documentation tests; what chooses among its own tests does not choose among those.
    if tests == Outcome::Findings || !arguments.rest.is_empty() {
        return Ok(tests);
    }
    run_process(cargo(["test", "--workspace", "--all-features", "--doc", "--quiet"]))
}
