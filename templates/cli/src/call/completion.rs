//! Completion in shells: the script that `completion SHELL` prints, and the candidates for the script.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::ArgMatches;
use clap_complete::CompletionCandidate;
use clap_complete::env::Shells;
use ngrok_api_model::{Model, Operation, Output, Service};
use serde_json::Value;

use crate::app::{App, print};
use crate::client::Client;
use crate::failure::Failure;
use crate::home;
use crate::lookup::Shape;
use crate::output::Column;
use crate::request::Request;
use crate::shell::Shell;
use crate::tree::Globals;

/// Timeout of a completion.
const PATIENCE: Duration = Duration::from_secs(2);

/// Lifetime of cached IDs.
const FRESH: Duration = Duration::from_secs(60);

/// Returns the environment variable by which the script requests candidates: it contains the name of its shell.
pub(crate) fn variable(name: &str) -> String {
    format!("{}_COMPLETE", name.replace('-', "_").to_uppercase())
}

/// Prints the script for a shell.
pub(super) fn run(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let shell =
        matches.get_one::<String>("shell").map(String::as_str).unwrap_or_default();
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(shell) else {
        return Err(Failure::usage(format!("unknown shell {shell:?}")));
    };
    let name = app.shell.name;
    let mut script = Vec::new();
    completer
        .write_registration(&variable(name), name, name, name, &mut script)
        .map_err(|error| Failure::output(&error))?;
    print(&String::from_utf8_lossy(&script))
}

/// Returns the candidates for an incomplete command line, in the form that the script of a shell expects.
pub(crate) fn candidates(
    shell: &str,
    mut command: clap::Command,
    arguments: Vec<OsString>,
) -> Vec<u8> {
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(shell) else { return Vec::new() };
    let mut text = Vec::new();
    command.build();
    let folder = std::env::current_dir().ok();
    // A failed completion has no candidates, and prints nothing into the line.
    let written =
        completer.write_complete(&mut command, arguments, folder.as_deref(), &mut text);
    if written.is_ok() { text } else { Vec::new() }
}

/// Returns IDs of the resources that a parameter identifies, with a description; none if the API does not respond in time.
pub(crate) fn ids(
    shell: &'static Shell,
    model: &'static Model,
    kinds: &[String],
) -> Vec<CompletionCandidate> {
    let lists = |service: &&'static Service| kinds.contains(&service.resource);
    let operation = model.services.iter().filter(lists).find_map(|service| {
        service.operations.iter().find(|operation| {
            operation.parameters.is_empty()
                && matches!(operation.output, Output::List(_))
        })
    });
    let Some(operation) = operation else { return Vec::new() };
    let items = cached(shell, operation).or_else(|| {
        let items = fetch(shell, model, operation)?;
        store(shell, operation, &items);
        Some(items)
    });
    let candidate = |(id, help): (String, String)| {
        CompletionCandidate::new(id).help((!help.is_empty()).then(|| help.into()))
    };
    items.unwrap_or_default().into_iter().map(candidate).collect()
}

/// Pairs of an ID and a description.
type Items = Vec<(String, String)>;

fn fetch(
    shell: &'static Shell,
    model: &'static Model,
    operation: &'static Operation,
) -> Option<Items> {
    let globals =
        Globals { timeout: Some(PATIENCE), retries: Some(0), ..Globals::default() };
    let app = App::new(shell, model, globals);
    let page = Client::quiet(&app)
        .ok()?
        .send(Request::new(&app, operation, &[], None).ok()?.draft)
        .ok()?;
    let Output::List(listing) = &operation.output else { return None };
    let columns = Column::of_table(model, Shape::Named(&listing.item));
    let pair = |item: &Value| {
        let mut cells = columns.iter().map(|column| column.cell(item));
        (cells.next().unwrap_or_default(), cells.next().unwrap_or_default())
    };
    Some(page.get(&listing.key)?.as_array()?.iter().map(pair).collect())
}

fn file(shell: &Shell, operation: &Operation) -> Option<PathBuf> {
    Some(home::cache(shell)?.join(format!("ids-{}.json", operation.id)))
}

/// Returns recently fetched items.
fn cached(shell: &Shell, operation: &Operation) -> Option<Items> {
    let file = file(shell, operation)?;
    let age = fs::metadata(&file).ok()?.modified().ok()?.elapsed().ok()?;
    let text = (age < FRESH).then(|| fs::read_to_string(&file).ok()).flatten()?;
    serde_json::from_str(&text).ok()
}

/// Stores fetched items in a file that only its user can read.
fn store(shell: &Shell, operation: &Operation, items: &Items) {
    let Some(file) = file(shell, operation) else { return };
    let made = file.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
    let Ok(json) = serde_json::to_vec(items) else { return };
    let mut options = fs::OpenOptions::new();
    if made
        && let Ok(mut file) = home::private(&file, options.create(true).truncate(true))
    {
        // Without the file the next completion fetches them again.
        let _ = file.write_all(&json);
    }
}
