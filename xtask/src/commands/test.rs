//! `cargo xtask test`: all tests, with nextest where it is installed.

use crate::cli::Test;
use crate::outcome::Outcome;
use crate::process::{cargo, has_subcommand, run as run_process};

pub(crate) fn run(arguments: &Test) -> anyhow::Result<Outcome> {
    if !has_subcommand("nextest") {
        return run_process(
            cargo(["test", "--workspace", "--all-features"]).args(&arguments.rest),
        );
    }
    // nextest does not run the examples in the documentation; a test of the demonstration does, with a server.
    run_process(
        cargo(["nextest", "run", "--workspace", "--all-features"]).args(&arguments.rest),
    )
}
