//! `cargo xtask model`: prints the model of the description.

use crate::cli::Description;
use crate::outcome::Outcome;
use crate::{description, terminal};

pub(crate) fn run(arguments: &Description) -> anyhow::Result<Outcome> {
    let read = description::read(&arguments.folder())?;
    read.print_diagnostics();
    let Some(model) = &read.model else { return Ok(Outcome::Findings) };
    terminal::print(&(serde_json::to_string_pretty(model)? + "\n"))?;
    Ok(Outcome::Fine)
}
