//! The browser of the tests: the one named by `CHROME`, the first in `PATH`, or the system's package.

use std::process::{Command, Stdio};

use anyhow::ensure;

use crate::outcome::Outcome;
use crate::process::run;
use crate::terminal::say;

#[path = "../../../tests/browser/src/find.rs"]
mod find;

/// The package that contains it, on Debian and its derivatives.
const PACKAGE: &str = "chromium";

/// Installs Chromium if it is missing.
pub(crate) fn ensure_installed() -> anyhow::Result<()> {
    if find::chromium().is_some() {
        return Ok(());
    }
    say!("installing {PACKAGE}");
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
