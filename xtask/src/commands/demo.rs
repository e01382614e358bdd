//! `cargo xtask demo`: generates the client and runs the quickstart against a server on this machine.

use crate::cli::{Description, Generate};
use crate::commands::generate;
use crate::outcome::Outcome;
use crate::process::{cargo, run as run_process};

pub(crate) fn run() -> anyhow::Result<Outcome> {
    let arguments = Generate {
        description: Description { spec: None },
        out: None,
        check: false,
        watch: false,
    };
    if generate::run(&arguments)? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    println!();
    run_process(cargo(["run", "--quiet", "--package", "ngrok-demo"]))
}
