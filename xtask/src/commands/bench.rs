//! `cargo xtask bench`: runs the benchmark, a separate program, so that nothing else is built with the official client.

use crate::outcome::Outcome;
use crate::process::{cargo_run, replace};

pub(crate) fn run() -> anyhow::Result<Outcome> {
    // The arguments have been validated; the program parses them again.
    let flags = std::env::args_os().skip(2);
    let mut command = cargo_run("ngrok-bench", &["--release"]);
    command.args(flags);
    replace(command)
}
