//! `cargo xtask model`: prints what the description means.

use crate::cli::Description;
use crate::description;
use crate::outcome::Outcome;

pub(crate) fn run(arguments: &Description) -> anyhow::Result<Outcome> {
    let read = description::read(&arguments.folder())?;
    read.print_diagnostics();
    let Some(model) = &read.model else { return Ok(Outcome::Findings) };
    println!("{}", serde_json::to_string_pretty(model)?);
    Ok(Outcome::Fine)
}
