//! `cargo xtask bench`: runs the benchmark, a program of its own, since nothing else is to be built with the official client.

use crate::outcome::Outcome;
use crate::process::{cargo_run, replace};

pub(crate) fn run() -> anyhow::Result<Outcome> {
    // The flags are right, or this was not reached; the program reads them as they were typed.
    let flags = std::env::args_os().skip(2);
    let mut command = cargo_run("ngrok-bench", &["--release"]);
    command.args(flags);
    replace(command)
}
