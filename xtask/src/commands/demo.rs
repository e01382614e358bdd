//! `cargo xtask demo`: generates the client, and runs the quickstart and the command line against servers on this machine,
//! or serves a web page that uses the client.

use std::process::Command;

use crate::browser::toolchain::Toolchain;
use crate::browser::{PACKAGE, build};
use crate::cli::{Demo, Description, Generate};
use crate::commands::generate;
use crate::outcome::Outcome;
use crate::process::{cargo, cargo_run, program, replace, run as run_process};
use crate::terminal::say;

/// The programs of the demo: the client, and the command line.
const CLIENT: &str = "ngrok-demo";
const COMMAND_LINE: &str = "ngrok-demo-command-line";

pub(crate) fn run(demo: &Demo) -> anyhow::Result<Outcome> {
    let arguments = Generate {
        description: Description { spec: None },
        out: None,
        check: false,
        watch: false,
    };
    if generate::run(&arguments)? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    if demo.browser {
        let site = build(&Toolchain::find()?, &["ngrok-browser-example"])?;
        let mut serve = cargo_run(PACKAGE, &[]);
        serve.arg(site);
        return replace(serve);
    }
    say!("building the programs of the demo");
    let mut build = cargo(["build", "--quiet"]);
    build.args(["--package", "ngrok-demo", "--package", "ngrok-api-cli"]);
    for program in [CLIENT, COMMAND_LINE, "ngrok-api"] {
        build.args(["--bin", program]);
    }
    if run_process(build)? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    say!("");
    if run_process(Command::new(program(CLIENT)?))? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    say!("\nWith the command line:");
    run_process(Command::new(program(COMMAND_LINE)?))
}
