//! `commands`: every command with its path parameters and flags, for scripts and agents.

use ngrok_api_model::{Listing, Shape};
use serde_json::{Value, json};

use crate::app::{App, print};
use crate::failure::Failure;
use crate::lookup::{command_line, word};
use crate::output::{Format, print_single};
use crate::prose;
use crate::tree::fields;

/// Prints every command: a line each, or JSON with all details.
pub(super) fn run(app: &App) -> Result<(), Failure> {
    let columns = &app.globals.columns;
    match app.format() {
        Format::Table if columns.is_empty() => return print(&table(app)),
        Format::Name if columns.is_empty() => return print(&names(app)),
        _ => {}
    }
    let commands = app.model.operations().map(|(service, operation)| {
        let flags = fields::flags(app.program(), service, operation);
        let flags = flags.iter().map(|flag| format!("--{}", flag.flag));
        let parameters = operation.parameters.iter().map(|own| word(&own.wire));
        json!({
            "command": command_line(service, operation),
            "summary": prose::summary(&operation.docs),
            "arguments": parameters.collect::<Vec<_>>(),
            "flags": flags.collect::<Vec<_>>(),
            "method": operation.method.as_str(),
            "path": operation.path.to_string(),
            "deprecated": service.deprecated.is_some() || operation.deprecated.is_some(),
        })
    });
    let commands: Value = json!({ "commands": commands.collect::<Vec<_>>() });
    let listing = Listing {
        item: String::new(),
        key: "commands".to_owned(),
        paged: false,
        filter: Vec::new(),
    };
    print_single(app, Shape::Page(&listing), None, commands)
}

fn names(app: &App) -> String {
    let names = app.model.operations();
    names.map(|(service, operation)| command_line(service, operation) + "\n").collect()
}

fn table(app: &App) -> String {
    let lines = app.model.operations().map(|(service, operation)| {
        let parameters = operation.parameters.iter();
        let parameters = parameters.map(|own| format!(" <{}>", word(&own.wire)));
        let command = command_line(service, operation) + &parameters.collect::<String>();
        (command, prose::summary(&operation.docs))
    });
    prose::aligned("", &lines.collect::<Vec<_>>())
}
