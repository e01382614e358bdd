//! Runs git.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, ensure};

/// Returns a git command in a repository.
pub(crate) fn git(repository: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(repository).args(arguments);
    command
}

/// Runs git without printing its error messages.
pub(crate) fn run(repository: &Path, arguments: &[&str]) -> anyhow::Result<Output> {
    git(repository, arguments).stderr(Stdio::null()).output().context("cannot run git")
}

/// Returns the output of git. A failure contains git's own message.
pub(crate) fn text(repository: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = git(repository, arguments).output().context("cannot run git")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git failed: {}", said.trim());
    String::from_utf8(output.stdout).context("the output of git is not UTF-8")
}
