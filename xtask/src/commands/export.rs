//! `cargo xtask export`: writes the description as an `OpenAPI` document.

use ngrok_codegen::openapi::{export, to_json, to_openapi_3_0, to_yaml};

use crate::cli::{DocumentFormat, Export, OpenApi};
use crate::outcome::Outcome;
use crate::{client_files, description, terminal, workspace};

pub(crate) fn run(arguments: &Export) -> anyhow::Result<Outcome> {
    let read = description::read(&arguments.description.folder())?;
    read.print_diagnostics();
    let Some(model) = &read.model else { return Ok(Outcome::Findings) };
    let document = match arguments.openapi {
        OpenApi::V3_1 => export(model),
        OpenApi::V3_0 => to_openapi_3_0(&export(model)),
    };
    let text = match format(arguments) {
        DocumentFormat::Yaml => to_yaml(&document),
        DocumentFormat::Json => to_json(&document),
    };
    match &arguments.out {
        Some(path) => {
            client_files::write(path, &text)?;
            terminal::report(&format!("{} written\n", workspace::shown(path)));
        }
        None => terminal::print(&text)?,
    }
    Ok(Outcome::Fine)
}

fn format(arguments: &Export) -> DocumentFormat {
    let ending = arguments.out.as_ref().and_then(|path| path.extension());
    let json = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let by_ending = if json { DocumentFormat::Json } else { DocumentFormat::Yaml };
    arguments.format.unwrap_or(by_ending)
}
