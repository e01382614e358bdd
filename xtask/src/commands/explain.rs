//! `cargo xtask explain`: explains one name.

use ngrok_codegen::explain::explain;

use crate::cli::Explain;
use crate::outcome::Outcome;
use crate::{description, terminal};

pub(crate) fn run(arguments: &Explain) -> anyhow::Result<Outcome> {
    let read = description::read(&arguments.description.folder())?;
    let Some(described) = read.described() else {
        read.print_diagnostics();
        return Ok(Outcome::Findings);
    };
    match explain(described, &arguments.name) {
        Ok(page) => {
            terminal::print(&page)?;
            Ok(Outcome::Fine)
        }
        Err(unknown) => {
            terminal::report(&format!("error: {unknown}\n"));
            Ok(Outcome::Findings)
        }
    }
}
