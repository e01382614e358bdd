//! `cargo xtask lint`: checks the description.

use crate::cli::{Format, Lint};
use crate::description;
use crate::outcome::Outcome;

pub(crate) fn run(arguments: &Lint) -> anyhow::Result<Outcome> {
    let read = description::read(&arguments.description.folder())?;
    match arguments.format {
        Format::Text => read.print_diagnostics(),
        Format::Json => println!(
            "{}",
            serde_json::to_string_pretty(&read.diagnostics.records(&read.sources))?
        ),
    }
    Ok(if read.diagnostics.is_empty() { Outcome::Fine } else { Outcome::Findings })
}
