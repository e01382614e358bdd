//! `cargo xtask mock`: runs the test server as a separate program, so that other commands build without it, and work when the description
//! has errors.

use crate::outcome::Outcome;
use crate::process::{cargo_run, replace};

pub(crate) fn run() -> anyhow::Result<Outcome> {
    // The arguments have been validated; the program parses them again.
    let flags = std::env::args_os().skip(2);
    let mut command = cargo_run("ngrok-mock", &[]);
    command.args(flags);
    replace(command)
}
