//! Running git, which is a command like any other.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, ensure};

/// A git command in a repository.
pub(crate) fn git(repository: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(repository).args(arguments);
    command
}

/// Runs git; what it says of a failure is not shown.
pub(crate) fn run(repository: &Path, arguments: &[&str]) -> anyhow::Result<Output> {
    git(repository, arguments).stderr(Stdio::null()).output().context("cannot run git")
}

/// What git prints. A failure is told in its own words.
pub(crate) fn text(repository: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = git(repository, arguments).output().context("cannot run git")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git cannot tell: {}", said.trim());
    String::from_utf8(output.stdout).context("git prints what is not UTF-8")
}
