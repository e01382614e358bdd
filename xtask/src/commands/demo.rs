//! `cargo xtask demo`: generates the client and runs the quickstart against a server on this machine, or serves a web page
//! that uses the client.

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
    run_process(cargo(["run", "--quiet", "--package", "ngrok-demo"]))
}
