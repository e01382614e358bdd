//! The standard library for browsers: installed with rustup, or compiled from its sources.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use super::debian;
use crate::process::cargo;
use crate::terminal::say;
use crate::workspace;

/// The target of programs that run in browsers.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The profile for programs in web pages, which must be small.
pub(super) const PROFILE: &str = "browser";

/// Returns the directory of what is built for browsers.
pub(crate) fn target_directory() -> PathBuf {
    workspace::root().join("target/browser")
}

/// The method of building for browsers on this machine.
pub(crate) enum Toolchain {
    /// The standard library is installed.
    Installed,
    /// The standard library is compiled from the sources in this directory.
    Sources(PathBuf),
}

impl Toolchain {
    /// Finds the standard library of the target. If it is not installed, installs it with rustup, or downloads its sources from
    /// the packages of Debian.
    pub(crate) fn find() -> anyhow::Result<Self> {
        if is_installed()? || add_target() && is_installed()? {
            return Ok(Self::Installed);
        }
        let component =
            rustc(&["--print", "sysroot"])? + "/lib/rustlib/src/rust/library";
        if Path::new(&component).is_dir() {
            return Ok(Self::Sources(component.into()));
        }
        let release = release()?;
        match debian::sources(&release) {
            Ok(sources) => Ok(Self::Sources(sources)),
            Err(error) => bail!(
                "there is no standard library for {TARGET}, and `rustup target add {TARGET}` does not install it; nor are \
                 there sources of Rust {release} to compile it from: {error:#}"
            ),
        }
    }

    /// Returns a cargo command that builds or checks for browsers, in a target directory of its own: it shares little with
    /// other builds, and can run beside them.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = cargo(arguments.iter().copied());
        // Checks share the macros of builds, which are compiled for each profile.
        command.args(["--target", TARGET, "--profile", PROFILE]);
        command.arg("--target-dir").arg(target_directory());
        if let Self::Sources(library) = self {
            // The flag is unstable. The variables make a stable compiler accept it, and read the sources from that directory.
            command.args(["-Z", "build-std=std,panic_abort"]);
            command.env("RUSTC_BOOTSTRAP", "1");
            command.env("__CARGO_TESTS_ONLY_SRC_ROOT", library);
        }
        command
    }
}

/// Returns true if the target has its standard library.
fn is_installed() -> anyhow::Result<bool> {
    let library = rustc(&["--print", "target-libdir", "--target", TARGET])?;
    let mut files = Path::new(&library).read_dir().into_iter().flatten().flatten();
    Ok(files.any(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
}

/// Installs the target with rustup. Returns true if it succeeded.
fn add_target() -> bool {
    say!("adding the target {TARGET}");
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]);
    rustup.status().is_ok_and(|status| status.success())
}

/// Returns the version of the compiler, such as 1.95.0.
fn release() -> anyhow::Result<String> {
    let version = rustc(&["--version", "--verbose"])?;
    let release = version.lines().find_map(|line| line.strip_prefix("release: "));
    Ok(release.context("rustc does not report its release")?.to_owned())
}

/// Returns what the compiler prints, without the line break at the end.
fn rustc(arguments: &[&str]) -> anyhow::Result<String> {
    let mut command = Command::new("rustc");
    let output = command.args(arguments).stderr(Stdio::inherit()).output();
    let output = output.context("cannot run `rustc`")?;
    ensure!(output.status.success(), "`rustc {}` failed", arguments.join(" "));
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
}
