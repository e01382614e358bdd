//! The minimum supported Rust version: checks that no crate of the dependency tree requires a newer one. Clippy (`incompatible_msrv`)
//! checks the use of the standard library, and the resolver selects crates by it.

use anyhow::Context;
use serde_json::Value;

use crate::count::count;
use crate::outcome::Outcome;
use crate::process::metadata;
use crate::terminal::say;

/// Checks the Rust version of all crates in the lock file.
pub(super) fn run() -> anyhow::Result<Outcome> {
    let metadata = metadata()?;
    let packages = metadata["packages"].as_array().context("no packages are listed")?;
    let ours = packages.iter().find(|it| it["name"] == env!("CARGO_PKG_NAME"));
    let promised = ours.and_then(wanted).context("xtask states no Rust version")?;
    let mut outcome = Outcome::Fine;
    for package in packages {
        if wanted(package).is_some_and(|it| it > promised) {
            let (name, version) = (&package["name"], &package["rust_version"]);
            say!("{name} requires Rust {version}");
            outcome = Outcome::Findings;
        }
    }
    let Version(major, minor, _) = promised;
    say!("{}, and Rust {major}.{minor} is promised", count(packages.len(), "crate"));
    Ok(outcome)
}

/// A version of Rust.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Version(u32, u32, u32);

/// Returns the version that a package requires, if it states one.
fn wanted(package: &Value) -> Option<Version> {
    let mut numbers = package["rust_version"].as_str()?.split('.').map(str::parse);
    let mut next = || numbers.next().and_then(Result::ok).unwrap_or(0);
    Some(Version(next(), next(), next()))
}
