//! `cargo xtask mock`: runs the test server as a program of its own, so that no other command has to be built with it, nor
//! fails to build where the description has errors.

use crate::outcome::Outcome;
use crate::process::{cargo_run, replace};

pub(crate) fn run() -> anyhow::Result<Outcome> {
    // The flags are right, or this was not reached; the program reads them as they were typed.
    let flags = std::env::args_os().skip(2);
    let mut command = cargo_run("ngrok-mock", &[]);
    command.args(flags);
    replace(command)
}
