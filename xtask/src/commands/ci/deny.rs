//! `cargo xtask ci deny`: licences, banned crates and sources of the dependencies, as `deny.toml` allows them.
//!
//! Advisories change independently of this repository, so a scheduled workflow checks them instead.

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
