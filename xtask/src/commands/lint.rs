//! `cargo xtask lint`: checks the description.

use crate::cli::{Format, Lint};
use crate::outcome::Outcome;
use crate::{description, terminal};

pub(crate) fn run(arguments: &Lint) -> anyhow::Result<Outcome> {
    let read = description::read(&arguments.description.folder())?;
    match arguments.format {
        Format::Text => read.print_diagnostics(),
        Format::Json => {
            let records = read.diagnostics.records(&read.sources);
            terminal::print(&(serde_json::to_string_pretty(&records)? + "\n"))?;
        }
    }
    Ok(if read.diagnostics.is_empty() { Outcome::Fine } else { Outcome::Findings })
}
