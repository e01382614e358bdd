//! Completion in shells: the script that `completion SHELL` prints, and the candidates that the script asks for.

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

/// A completion takes no longer than this.
const PATIENCE: Duration = Duration::from_secs(2);

/// IDs are asked for again after this time.
const FRESH: Duration = Duration::from_secs(60);

/// Environment variable by which the script asks for candidates: the name of its shell.
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

/// The candidates for an unfinished command line, as the script of a shell expects them.
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
    // A completion that fails offers nothing, and prints nothing into the line.
    let written =
        completer.write_complete(&mut command, arguments, folder.as_deref(), &mut text);
    if written.is_ok() { text } else { Vec::new() }
}

/// IDs of the resources that a parameter identifies, with a description; none if the API cannot be asked quickly.
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

/// What was fetched a short time ago.
fn cached(shell: &Shell, operation: &Operation) -> Option<Items> {
    let file = file(shell, operation)?;
    let age = fs::metadata(&file).ok()?.modified().ok()?.elapsed().ok()?;
    let text = (age < FRESH).then(|| fs::read_to_string(&file).ok()).flatten()?;
    serde_json::from_str(&text).ok()
}

/// Keeps what was fetched, readable by its user alone.
fn store(shell: &Shell, operation: &Operation, items: &Items) {
    let Some(file) = file(shell, operation) else { return };
    let made = file.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
    let Ok(json) = serde_json::to_vec(items) else { return };
    let mut options = fs::OpenOptions::new();
    if made
        && let Ok(mut file) = home::private(&file, options.create(true).truncate(true))
    {
        // Without the file the next completion asks again.
        let _ = file.write_all(&json);
    }
}
