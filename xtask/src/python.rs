//! Python packages that some checks need, each in a virtual environment below `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::outcome::Outcome;
use crate::process::run;
use crate::terminal::say;
use crate::workspace;

/// A virtual environment with the packages of a check.
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// Creates the environment `target/python/<name>` with the given packages, such as `typos==1.52.0`; reuses the one
    /// that an earlier run created with the same packages.
    ///
    /// Fails with an explanation where Python or the package index cannot be used.
    pub(crate) fn with_packages(name: &str, packages: &[&str]) -> anyhow::Result<Self> {
        let folder = workspace::root().join("target/python").join(name);
        let installed = folder.join("installed.txt");
        let wanted = packages.join("\n");
        let environment = Self { folder };
        if fs::read_to_string(&installed).is_ok_and(|it| it == wanted) {
            return Ok(environment);
        }
        say!("installing {} from PyPI", packages.join(", "));
        create(&environment.folder)?;
        let mut pip = environment.program("python");
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        let outcome = run(pip.args(packages))?;
        ensure!(
            outcome == Outcome::Fine,
            "cannot install {}; check that the package index can be reached and try again",
            packages.join(", ")
        );
        fs::write(&installed, wanted)?;
        Ok(environment)
    }

    /// Returns a command for a program of the environment, run in the workspace.
    pub(crate) fn program(&self, name: &str) -> Command {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        let mut command = Command::new(self.folder.join(folder).join(name));
        command.current_dir(workspace::root());
        command
    }
}

/// Creates an empty virtual environment.
fn create(folder: &Path) -> anyhow::Result<()> {
    let python = ["python3", "python"].into_iter().find(|it| is_python(it));
    let python = python.context(
        "this check needs Python 3.9 or newer; install it with the packages of your system, such as `python3` and \
         `python3-venv`",
    )?;
    let mut venv = Command::new(python);
    let outcome = run(venv.args(["-m", "venv", "--clear"]).arg(folder))?;
    ensure!(
        outcome == Outcome::Fine,
        "`{python} -m venv` failed; on Debian and Ubuntu, install the package `python3-venv`"
    );
    Ok(())
}

/// Returns whether a program is a Python that has virtual environments.
fn is_python(program: &str) -> bool {
    let mut command = Command::new(program);
    command.args(["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
