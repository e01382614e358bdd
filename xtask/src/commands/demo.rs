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
    let build = [
        "build",
        "--quiet",
        "--bin",
        "ngrok-demo",
        "--bin",
        "ngrok-api",
        "--example",
        "screen",
    ];
    let packages = ["--package", "ngrok-demo", "--package", "ngrok-api-cli"];
    if run_process(cargo(build.into_iter().chain(packages)))? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    say!("");
    if run_process(Command::new(program("ngrok-demo")?))? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    say!("\nWith the command line:");
    run_process(Command::new(program("examples/screen")?))
}
