//! `cargo xtask ci deny`: licences, banned crates and sources of the dependencies, as `deny.toml` allows them.
//!
//! Advisories change without this repository changing, so that a scheduled workflow checks them, not this step.

use crate::outcome::Outcome;
use crate::process::{run, subcommand};

pub(super) fn run_check() -> anyhow::Result<Outcome> {
    let mut deny = subcommand("deny", "cargo-deny")?;
    run(deny.args([
        "--all-features",
        "--log-level",
        "error",
        "check",
        "licenses",
        "bans",
        "sources",
    ]))
}
