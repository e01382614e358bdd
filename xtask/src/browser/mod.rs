//! Programs for browsers. Takes a package of the workspace; returns the files of a web page.
//!
//! Installs missing requirements if possible: the standard library of the target
//! ([`toolchain`]) and, for the tests, [`chromium`].

pub(crate) mod chromium;
mod debian;
pub(crate) mod toolchain;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::ensure;

use crate::outcome::Outcome;
use crate::process::{cargo, program, run, target_directory};
use toolchain::{PROFILE, TARGET, Toolchain};

/// The program that writes the JavaScript of a page.
const BINDGEN: &str = "ngrok-browser-bindgen";

/// The package with the tests in browsers, and with the server of the demo.
pub(crate) const PACKAGE: &str = "ngrok-browser";

/// Builds packages for browsers, and writes a JavaScript module and its `.wasm` file for each. Returns their directory.
pub(crate) fn build(
    toolchain: &Toolchain,
    packages: &[&str],
) -> anyhow::Result<PathBuf> {
    let mut build = toolchain.cargo(&["build"]);
    for package in packages {
        build.args(["--package", package]);
    }
    ensure_success(build, "cannot build for browsers")?;
    let programs = toolchain::target_directory().join(TARGET).join(PROFILE);
    let site = target_directory()?.join("site");
    // With the features of the tests, which need most of what it consists of.
    let features = ["--workspace", "--all-features"];
    let build = ["build", "--quiet", "--bin", BINDGEN].into_iter().chain(features);
    ensure_success(cargo(build), "cannot build what writes the JavaScript")?;
    let mut bindgen = Command::new(program(BINDGEN)?);
    bindgen.arg(&site);
    bindgen
        .args(packages.iter().map(|package| programs.join(format!("{package}.wasm"))));
    ensure_success(bindgen, "cannot write the JavaScript of the page")?;
    Ok(site)
}

/// Runs a command that must succeed.
fn ensure_success(command: Command, problem: &str) -> anyhow::Result<()> {
    let name = command.get_program().to_owned();
    let outcome = run(command)?;
    let name = Path::new(&name).file_stem().unwrap_or_default().display();
    ensure!(outcome == Outcome::Fine, "{problem}: `{name}` failed, see above");
    Ok(())
}
