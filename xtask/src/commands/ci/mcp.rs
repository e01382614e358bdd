//! `cargo xtask ci mcp`: the MCP server of the command line, used by the official Python SDK.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::outcome::Outcome;
use crate::process::{cargo, run};
use crate::workspace;

/// What is installed into the virtual environment.
const REQUIREMENTS: &str = "generated-client/cli/tests/mcp/requirements.txt";

pub(super) fn run_check() -> anyhow::Result<Outcome> {
    let python = environment()?;
    let test = "test --quiet --package ngrok-api-cli --test cli -- --exact --ignored mcp::the_python_sdk_understands_it";
    run(cargo(test.split(' ')).env("MCP_PYTHON", python))
}

/// The Python of a virtual environment with the SDK, which is made unless it is up to date.
fn environment() -> anyhow::Result<PathBuf> {
    let folder = workspace::root().join("target/mcp-venv");
    let wanted = workspace::root().join(REQUIREMENTS);
    let python =
        folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = folder.join("requirements.txt");
    let text = std::fs::read(&wanted)?;
    if std::fs::read(&stamp).is_ok_and(|installed| installed == text) {
        return Ok(python);
    }
    let system = if cfg!(windows) { "python" } else { "python3" };
    let mut make = Command::new(system);
    execute(make.args(["-m", "venv", "--clear"]).arg(&folder))
        .context("Python 3.10 or newer with venv is needed to check the MCP server")?;
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&wanted);
    execute(&mut install).context("cannot install the MCP SDK")?;
    copy(&wanted, &stamp)?;
    Ok(python)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::copy(from, to).map(drop).with_context(|| format!("{}", to.display()))
}

fn execute(command: &mut Command) -> anyhow::Result<()> {
    if run(&mut *command)? == Outcome::Findings {
        bail!("`{}` failed", command.get_program().to_string_lossy());
    }
    Ok(())
}
