//! `cargo xtask schema`: writes the JSON Schema of the description's format.

use std::fs;

use ngrok_codegen::spec::schema_text;

use crate::cli::Check;
use crate::outcome::Outcome;
use crate::terminal::say;
use crate::{client_files, workspace};

pub(crate) fn run(arguments: &Check) -> anyhow::Result<Outcome> {
    let path = workspace::spec().join("schema.json");
    let text = schema_text();
    if fs::read_to_string(&path).is_ok_and(|present| present == text) {
        say!("{} is up to date", workspace::shown(&path));
        return Ok(Outcome::Fine);
    }
    if arguments.check {
        say!("{} is stale: run `cargo xtask schema`", workspace::shown(&path));
        return Ok(Outcome::Findings);
    }
    client_files::write(&path, &text)?;
    say!("{} written", workspace::shown(&path));
    Ok(Outcome::Fine)
}
