//! `cargo xtask explain`: explains one name, or lists all of them.

use ngrok_codegen::explain::{explain, names};

use crate::cli::Explain;
use crate::outcome::Outcome;
use crate::{description, terminal};

pub(crate) fn run(arguments: &Explain) -> anyhow::Result<Outcome> {
    let read = description::read(&arguments.description.folder())?;
    let Some(described) = read.described() else {
        read.print_diagnostics();
        return Ok(Outcome::Findings);
    };
    let Some(name) = &arguments.name else {
        let lines = names(described.model).flat_map(|name| [name, "\n".to_owned()]);
        terminal::print(&lines.collect::<String>())?;
        return Ok(Outcome::Fine);
    };
    match explain(described, name) {
        Ok(page) => {
            terminal::print(&page)?;
            Ok(Outcome::Fine)
        }
        Err(unknown) => {
            let help = match unknown.near.as_slice() {
                [] => "; `cargo xtask explain` lists all names",
                _ => "",
            };
            terminal::report(&format!("error: {unknown}{help}\n"));
            Ok(Outcome::Findings)
        }
    }
}
