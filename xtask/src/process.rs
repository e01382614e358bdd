//! Runs cargo.

use std::borrow::BorrowMut;
use std::env::consts::EXE_EXTENSION;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::outcome::Outcome;
use crate::terminal::say;
use crate::workspace;

/// Returns the cargo that runs this program, without the variables that describe this package.
///
/// Build scripts such as ring's read those variables: with them set, calling cargo from here and from a shell in turn
/// would rebuild the script and everything that depends on it.
fn bare_cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command
}

/// Returns a command for the cargo that runs this program, in the workspace.
pub(crate) fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = bare_cargo();
    command.current_dir(workspace::root()).args(arguments);
    command
}

/// Returns what cargo knows of the workspace and its dependencies. Cargo is asked once.
pub(crate) fn metadata() -> anyhow::Result<&'static Value> {
    static METADATA: OnceLock<Value> = OnceLock::new();
    if let Some(known) = METADATA.get() {
        return Ok(known);
    }
    let mut metadata = cargo(["metadata", "--format-version", "1", "--locked"]);
    let output = metadata.output().context("cannot run `cargo metadata`")?;
    let message = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`cargo metadata` failed: {message}");
    let metadata = serde_json::from_slice(&output.stdout)?;
    Ok(METADATA.get_or_init(|| metadata))
}

/// Returns the target directory of cargo.
pub(crate) fn target_directory() -> anyhow::Result<PathBuf> {
    let metadata = metadata()?;
    let directory = metadata["target_directory"].as_str();
    Ok(directory.context("cargo reports no target directory")?.into())
}

/// Returns the path of a program that is built in the development profile.
pub(crate) fn program(path: &str) -> anyhow::Result<PathBuf> {
    let program = target_directory()?.join("debug").join(path);
    Ok(program.with_extension(EXE_EXTENSION))
}

/// Returns a command that runs a program of the workspace in the current directory, so that its paths are those of the caller.
pub(crate) fn cargo_run(package: &str, options: &[&str]) -> Command {
    let mut command = bare_cargo();
    command.args(["run", "--quiet", "--package", package]).args(options);
    command.arg("--manifest-path");
    command.arg(workspace::root().join("Cargo.toml")).arg("--");
    command
}

/// Runs a command to completion; its failure is a finding.
pub(crate) fn run(mut command: impl BorrowMut<Command>) -> anyhow::Result<Outcome> {
    let command = command.borrow_mut();
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot run `{name}`"))?;
    Ok(if status.success() { Outcome::Fine } else { Outcome::Findings })
}

/// Replaces this process by a command, if the system can do that, so that stopping one stops the other.
pub(crate) fn replace(mut command: Command) -> anyhow::Result<Outcome> {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let error = command.exec();
        Err(error).context("cannot run cargo")
    }
    #[cfg(not(unix))]
    run(command)
}

/// Returns true if cargo has a subcommand, such as `nextest`.
pub(crate) fn has_subcommand(name: &str) -> bool {
    let mut command = cargo([name, "--version"]);
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Returns a command for a subcommand of cargo; where it is not installed, installs the package that contains it below
/// `target/`, without optimisation because that takes longer than the check.
pub(crate) fn subcommand(name: &str, package: &str) -> anyhow::Result<Command> {
    if has_subcommand(name) {
        return Ok(cargo([name]));
    }
    let folder = workspace::root().join("target/tools");
    let program = folder.join("bin").join(package).with_extension(EXE_EXTENSION);
    if !program.is_file() {
        say!("installing {package} in `{}`", workspace::shown(&folder));
        let mut install = cargo(["install", package, "--locked", "--quiet", "--debug"]);
        install.arg("--root").arg(&folder).env("CARGO_PROFILE_DEV_DEBUG", "0");
        ensure!(
            run(install)? == Outcome::Fine,
            "cannot install {package}; install it with `cargo install {package}` and try again"
        );
    }
    let mut command = Command::new(program);
    command.current_dir(workspace::root()).arg(name);
    Ok(command)
}
