//! `cargo xtask ci browser`: the client in browsers. Builds it with the features that browsers support, checks that features
//! that need sockets are rejected, and runs the tests in Chromium, which is installed if it is missing.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::browser::toolchain::{TARGET, Toolchain};
use crate::browser::{self, chromium};
use crate::commands::test;
use crate::outcome::Outcome;
use crate::process::{cargo, run};
use crate::terminal::say;

/// The combinations of the client's features that must build for browsers.
const FEATURES: &[&str] = &[
    "async",
    "fetch",
    "fetch,testing",
    "fetch,tracing",
    "fetch,chrono,deprecated-resources,jiff,testing,time,tracing",
];

/// Features that builds for browsers reject.
const REJECTED: &[&str] =
    &["default", "blocking", "hyper", "http2", "native-roots", "webpki-roots"];

/// Beginning of the error that rejects them.
const REJECTION: &str = "error: the features `blocking`, `hyper`,";

/// Maximum number of crates that the client needs in browsers, besides those that it needs elsewhere without a transport.
const MAX_CRATES: usize = 25;

/// Programs that run in a page: the example, and the scenarios of the tests.
const PROGRAMS: &[&str] = &["ngrok-browser-example", "ngrok-browser-scenarios"];

/// The tests in browsers: of the client, of the example, and of the reference of the fake API server.
const TESTS: &[&str] = &["browser", "client", "example"];

pub(super) fn run_check() -> anyhow::Result<Outcome> {
    let toolchain = Toolchain::find()?;
    chromium::ensure_installed()?;
    for features in FEATURES {
        say!("client for browsers with features `{features}`");
        let mut clippy = client(&toolchain, "clippy", features);
        clippy.args(["--", "-D", "warnings"]);
        if run(clippy)? == Outcome::Findings {
            return Ok(Outcome::Findings);
        }
    }
    if !needs_few_crates()? {
        return Ok(Outcome::Findings);
    }
    for features in REJECTED {
        if !rejects(&toolchain, features)? {
            return Ok(Outcome::Findings);
        }
    }
    for program in PROGRAMS {
        let mut clippy = toolchain.cargo(&["clippy", "--quiet", "--package", program]);
        clippy.args(["--", "-D", "warnings"]);
        if run(clippy)? == Outcome::Findings {
            return Ok(Outcome::Findings);
        }
    }
    let site = browser::build(&toolchain, PROGRAMS)?;
    run(test::with_ignored(TESTS).env("NGROK_BROWSER_SITE", site))
}

/// Returns a command for only the client, for browsers.
fn client(toolchain: &Toolchain, command: &str, features: &str) -> Command {
    let mut command =
        toolchain.cargo(&[command, "--quiet", "--package", "ngrok-client"]);
    command.args(["--no-default-features", "--features", features]);
    command
}

/// Returns whether the client needs no more crates in browsers than it may.
fn needs_few_crates() -> anyhow::Result<bool> {
    let elsewhere = crates("async", &[])?;
    let additional = crates("fetch", &["--target", TARGET])?;
    let additional = additional.difference(&elsewhere).count();
    say!("crates for browsers: {additional} of at most {MAX_CRATES}");
    Ok(additional <= MAX_CRATES)
}

/// Returns the crates that the client needs with these features.
fn crates(features: &str, target: &[&str]) -> anyhow::Result<BTreeSet<String>> {
    let mut tree = cargo(["tree", "--package", "ngrok-client", "--edges", "normal"]);
    tree.args(["--prefix", "none", "--format", "{p}"]).args(target);
    tree.args(["--no-default-features", "--features", features]);
    let output = tree.output().context("cannot run `cargo tree`")?;
    ensure!(output.status.success(), "`cargo tree` failed");
    let lines = String::from_utf8(output.stdout)?;
    Ok(lines.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect())
}

/// Returns whether a build for browsers with these features fails, and first of all says why.
fn rejects(toolchain: &Toolchain, features: &str) -> anyhow::Result<bool> {
    let mut check = client(toolchain, "check", features);
    let output = check.output().context("cannot run `cargo check`")?;
    let messages = String::from_utf8_lossy(&output.stderr);
    let first = messages.lines().find(|line| line.starts_with("error"));
    let rejected = !output.status.success()
        && first.is_some_and(|line| line.starts_with(REJECTION));
    if !rejected {
        let first = first.unwrap_or("it builds");
        say!("the features `{features}` are not rejected for browsers: {first}");
    }
    Ok(rejected)
}
