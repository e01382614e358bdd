//! The browser of the tests: the one that `CHROME` names, the first in the path, or the system's package.

use std::process::{Command, Stdio};

use anyhow::ensure;

use crate::outcome::Outcome;
use crate::process::run;

#[path = "../../../tests/browser/src/find.rs"]
mod find;

/// The package that contains it, on Debian and its relatives.
const PACKAGE: &str = "chromium";

/// Installs Chromium unless there is one.
pub(crate) fn ensure_installed() -> anyhow::Result<()> {
    if find::chromium().is_some() {
        return Ok(());
    }
    println!("installing {PACKAGE}");
    let installed =
        apt(&["update"]) && apt(&["install", "--no-install-recommends", PACKAGE]);
    ensure!(
        installed && find::chromium().is_some(),
        "there is no Chromium, and `apt-get install {PACKAGE}` does not install it: install Chromium or Chrome, or set \
         CHROME to the path of its program"
    );
    Ok(())
}

fn apt(arguments: &[&str]) -> bool {
    let mut apt = Command::new("apt-get");
    apt.args(["--quiet", "--quiet", "--yes"]).args(arguments);
    apt.env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
    matches!(run(apt), Ok(Outcome::Fine))
}
