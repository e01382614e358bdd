//! `cargo xtask demo`: generates the client, and runs the quickstart and the command line against servers on this machine,
//! or serves a web page that uses the client.

use crate::browser::toolchain::Toolchain;
use crate::browser::{PACKAGE, build};
use crate::cli::{Demo, Description, Generate};
use crate::commands::generate;
use crate::outcome::Outcome;
use crate::process::{cargo, cargo_run, replace, run as run_process};

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
    println!();
    if run_process(cargo(["run", "--quiet", "--package", "ngrok-demo"]))?
        == Outcome::Findings
    {
        return Ok(Outcome::Findings);
    }
    println!("\nWith the command line:");
    let screen = ["--package", "ngrok-api-cli", "--example", "screen"];
    let program = ["build", "--quiet", "--bins"].into_iter().chain(screen);
    if run_process(cargo(program))? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    run_process(cargo(["run", "--quiet"].into_iter().chain(screen)))
}
