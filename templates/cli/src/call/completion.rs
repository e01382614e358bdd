//! Completion in shells: the script that `completion SHELL` prints, and the candidates for the script.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::time::Duration;

use clap::ArgMatches;
use clap_complete::CompletionCandidate;
use clap_complete::env::Shells;
use ngrok_api_model::{Listing, Operation, Shape, TypeRef};
use serde_json::Value;

use crate::app::{App, print};
use crate::client::Client;
use crate::failure::Failure;
use crate::home;
use crate::output::{Column, View};
use crate::request::Request;
use crate::shell::Program;
use crate::tree::{Globals, string};

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
    let shell = string(matches, "shell").unwrap_or_default();
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(shell) else {
        return Err(Failure::usage(format!("unknown shell {shell:?}")));
    };
    let name = app.shell.name;
    let mut script = Vec::new();
    let variable = variable(name);
    let written = completer.write_registration(&variable, name, name, name, &mut script);
    Failure::written(written)?;
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

/// Returns the values of a type, as far as they are known: those of an enum, or IDs from the API.
pub(crate) fn values(
    program: Program,
    ty: &'static TypeRef,
) -> Vec<CompletionCandidate> {
    match ty.element() {
        TypeRef::Id { kinds, .. } => ids(program, kinds),
        ty => {
            let values = program.model.enum_values(ty).into_iter();
            values.map(CompletionCandidate::new).collect()
        }
    }
}

/// Returns IDs of the resources that a parameter identifies, with a description; none if the API does not respond in time.
fn ids(program: Program, kinds: &[String]) -> Vec<CompletionCandidate> {
    let found =
        program.model.lists().find(|(service, ..)| kinds.contains(&service.resource));
    let Some((_, operation, listing)) = found else { return Vec::new() };
    let file = home::cache(program.shell);
    let file = file.map(|folder| folder.join(format!("ids-{}.json", operation.id)));
    let items = file.as_deref().and_then(cached).or_else(|| {
        let items = fetch(program, operation, listing)?;
        if let (Some(file), Ok(json)) = (file, serde_json::to_vec(&items)) {
            // Without the file the next completion fetches them again.
            let stored = home::replace(&file, &json);
            drop(stored);
        }
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
    program: Program,
    operation: &'static Operation,
    listing: &'static Listing,
) -> Option<Items> {
    let globals =
        Globals { timeout: Some(PATIENCE), retries: Some(0), ..Globals::default() };
    let app = App::new(program, globals);
    let request = Request::new(&app, operation, &[], None).ok()?;
    let page = Client::quiet(&app).ok()?.send(request.draft).ok()?;
    let columns = Column::of_table(program.model.record(&listing.item)?);
    let pair = |item: &Value| {
        let view = View::new(&app, Shape::Named(&listing.item), None, item);
        let mut cells = columns.iter().map(|column| column.cell(view));
        (cells.next().unwrap_or_default(), cells.next().unwrap_or_default())
    };
    Some(page.get(&listing.key)?.as_array()?.iter().map(pair).collect())
}

/// Returns recently fetched items.
fn cached(file: &Path) -> Option<Items> {
    let age = fs::metadata(file).ok()?.modified().ok()?.elapsed().ok()?;
    let text = (age < FRESH).then(|| fs::read_to_string(file).ok()).flatten()?;
    serde_json::from_str(&text).ok()
}
