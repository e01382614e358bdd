//! `--edit`: a body in the user's editor. For updates it starts with the current resource, and only changes are sent.

use std::env;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{self, Command};

use ngrok_api_model::{Method, Operation, Role, Service};
use serde_json::{Map, Value};

use crate::app::App;
use crate::client::Client;
use crate::failure::{Failure, Problem};
use crate::home;
use crate::lookup::{self, Shape, body_type};
use crate::output::{self, Typed, redact};
use crate::request::{Request, problems, skeleton, source};

/// Returns the edited body; `None` if it is unchanged or the user declined.
pub(super) fn run(
    app: &App,
    service: &'static Service,
    operation: &'static Operation,
    parameters: &[String],
    given: &Value,
) -> Result<Option<Value>, Failure> {
    let Some(name) = body_type(operation) else {
        return Err(Failure::usage("this command has no body to edit"));
    };
    let update = lookup::record(app.model, name)
        .is_some_and(|record| record.role == Role::Update);
    let before = if update { current(app, service, name, parameters)? } else { None };
    let text = match &before {
        Some(before) => {
            // What flags give is there already.
            let mut start = before.clone();
            if let (Some(start), Some(given)) =
                (start.as_object_mut(), given.as_object())
            {
                start.extend(given.clone());
            }
            yaml(app, name, &start)?
        }
        None if given.as_object().is_some_and(|given| !given.is_empty()) => {
            yaml(app, name, given)?
        }
        None => skeleton(app.model, name),
    };
    let edited = edit(app, name, &text)?;
    let body = match &before {
        Some(before) => changes(before, &edited),
        None => edited,
    };
    if update && body.as_object().is_none_or(Map::is_empty) {
        eprintln!("no changes");
        return Ok(None);
    }
    show(app, name, before.as_ref(), &body);
    if confirmed()? { Ok(Some(body)) } else { Err(Failure::other("nothing was sent")) }
}

/// Returns the fields of the resource that an update can change, without secrets that are not returned.
fn current(
    app: &App,
    service: &'static Service,
    name: &str,
    parameters: &[String],
) -> Result<Option<Value>, Failure> {
    let get = service.operations.iter().find(|own| {
        own.method == Method::Get
            && own.parameters.len() == parameters.len()
            && lookup::output_type(own).is_some()
    });
    let Some(get) = get else { return Ok(None) };
    let mut value =
        Client::new(app)?.send(Request::new(app, get, parameters, None)?.draft)?;
    if let (Some(ty), false) = (lookup::output_type(get), app.globals.show_secrets) {
        redact(app.model, Shape::Named(ty), None, &mut value);
    }
    let Some(record) = lookup::record(app.model, name) else { return Ok(None) };
    let mut fields = Map::new();
    for field in &record.fields {
        let value = value.get(&field.wire).filter(|value| !value.is_null());
        if let Some(value) = value.filter(|_| !field.secret) {
            fields.insert(field.wire.clone(), value.clone());
        }
    }
    Ok(Some(Value::Object(fields)))
}

fn yaml(app: &App, name: &str, value: &Value) -> Result<String, Failure> {
    output::yaml(&Typed::new(app.model, Shape::Named(name), value))
}

/// Runs the editor until the file is a valid body, or is left unchanged after an error.
fn edit(app: &App, name: &str, text: &str) -> Result<Value, Failure> {
    let file = Temporary::new(app, text)?;
    let mut previous = None;
    loop {
        file.open()?;
        let text = fs::read_to_string(&file.0)
            .map_err(|error| Failure::other(error.to_string()))?;
        let kept: Vec<_> = text.lines().filter(|line| !line.starts_with("#!")).collect();
        let plain = kept.join("\n");
        let failure = match source::document(&plain) {
            Ok(Value::Null) => return Ok(Value::Object(Map::new())),
            Ok(value) => {
                let found = problems(app.model, name, &value);
                if found.is_empty() {
                    return Ok(value);
                }
                Failure::invalid(
                    found
                        .into_iter()
                        .map(|(path, what)| Problem::new(&path, what))
                        .collect(),
                )
            }
            Err(what) => Failure::usage(what),
        };
        if previous.as_ref() == Some(&plain) || !io::stdin().is_terminal() {
            return Err(failure);
        }
        let comment = format!("#! {}\n", failure.to_string().replace('\n', "\n#! "));
        fs::write(&file.0, comment + &plain)
            .map_err(|error| Failure::other(error.to_string()))?;
        previous = Some(plain);
    }
}

/// A file that only its user can read, removed when it is dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn new(app: &App, text: &str) -> Result<Self, Failure> {
        let path =
            env::temp_dir().join(format!("{}-{}.yaml", app.shell.name, process::id()));
        let failed =
            |error: io::Error| Failure::other(format!("{}: {error}", path.display()));
        let file = home::private(&path, fs::OpenOptions::new().create_new(true));
        let mut file = file.map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)?;
        Ok(Self(path))
    }

    /// Runs `$VISUAL` or `$EDITOR`, which may have arguments.
    fn open(&self) -> Result<(), Failure> {
        let set = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
        let fallback = if cfg!(windows) { "notepad" } else { "vi" };
        let editor = set("VISUAL")
            .or_else(|| set("EDITOR"))
            .unwrap_or_else(|| fallback.to_owned());
        let mut words = editor.split_whitespace();
        let program = words.next().unwrap_or(fallback);
        let status = Command::new(program).args(words).arg(&self.0).status();
        let status = status.map_err(|error| {
            Failure::usage(format!("cannot run the editor {editor:?}: {error}"))
        })?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::other(format!("the editor {editor:?} failed")))
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let removed = fs::remove_file(&self.0);
        drop(removed);
    }
}

/// Returns the differences: changed and new fields with their current value, removed ones as null.
fn changes(before: &Value, after: &Value) -> Value {
    let mut changes = Map::new();
    let empty = Map::new();
    let before = before.as_object().unwrap_or(&empty);
    let after = after.as_object().unwrap_or(&empty);
    for (key, value) in after {
        if before.get(key) != Some(value) {
            changes.insert(key.clone(), value.clone());
        }
    }
    for key in before.keys().filter(|key| !after.contains_key(*key)) {
        changes.insert(key.clone(), Value::Null);
    }
    Value::Object(changes)
}

/// Prints the changes on standard error, as a diff.
fn show(app: &App, name: &str, before: Option<&Value>, body: &Value) {
    let terminal = io::stderr().is_terminal();
    let (red, off) = app.globals.color.pair(terminal, "31");
    let (green, _) = app.globals.color.pair(terminal, "32");
    let mut shown = body.clone();
    redact(app.model, Shape::Named(name), None, &mut shown);
    for (key, value) in shown.as_object().into_iter().flatten() {
        if let Some(old) = before.and_then(|before| before.get(key)) {
            eprintln!("{red}- {key}: {old}{off}");
        }
        if !value.is_null() {
            eprintln!("{green}+ {key}: {value}{off}");
        }
    }
}

fn confirmed() -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Ok(true);
    }
    eprint!("send this? [Y/n] ");
    let mut line = String::new();
    io::stdin()
        .read_line(&mut line)
        .map_err(|error| Failure::usage(error.to_string()))?;
    Ok(matches!(line.trim(), "" | "y" | "Y" | "yes"))
}
