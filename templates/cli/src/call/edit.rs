//! `edit` and `--edit`: a body in the user's editor. For updates it starts with the current resource, and only changes are sent.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::{env, process};

use clap::ArgMatches;
use ngrok_api_model::{Method, Operation, Role, Service, Shape};
use serde_json::{Map, Value};

use crate::app::{App, confirmed};
use crate::client::Client;
use crate::failure::{Failure, OrFail, Problem};
use crate::lookup::command_of;
use crate::output::{View, yaml};
use crate::request::{Request, problems, skeleton, source};
use crate::tree::strings;
use crate::{home, names, prose};

/// `edit SERVICE ID`: the update of the service, with its body in an editor.
pub(super) fn command(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let words = strings(matches, "command");
    let update = |count: usize| {
        let command = words[..count].join(" ");
        let mut services = app.model.services.iter();
        let service = services.find(|service| command_of(service) == command)?;
        let operation = service.operations.iter().find(|own| {
            matches!(own.method, Method::Patch | Method::Put)
                && own.parameters.len() == words.len() - count
        })?;
        Some((service, operation, &words[count..]))
    };
    let Some((service, operation, parameters)) = (1..words.len()).find_map(update)
    else {
        let service = words[..words.len().saturating_sub(1)].join(" ");
        let services: Vec<_> = app.model.services.iter().map(command_of).collect();
        let is_known = services.contains(&service);
        let similar = services.iter().map(String::as_str).filter(|_| !is_known);
        let similar = prose::suggestion(&service, similar);
        let what = format!("`{}` cannot be edited{similar}", words.join(" "));
        let hint = "give a service whose resources can be updated, and an ID";
        return Err(Failure::usage(what).hint(hint));
    };
    let parameters = names::resolved(app, operation, parameters)?;
    match run(app, service, operation, &parameters, &Value::Null)? {
        Some(body) => {
            let request = Request::new(app, operation, &parameters, Some(body))?;
            super::send(app, operation, request)
        }
        None => Ok(()),
    }
}

/// Returns the edited body; `None` if it is unchanged or the user declined.
pub(super) fn run(
    app: &App,
    service: &'static Service,
    operation: &'static Operation,
    parameters: &[String],
    given: &Value,
) -> Result<Option<Value>, Failure> {
    let Some(name) = operation.body_type() else {
        return Err(Failure::usage("this command has no body to edit"));
    };
    let is_update =
        app.model.record(name).is_some_and(|record| record.role == Role::Update);
    let before = if is_update { current(app, service, name, parameters)? } else { None };
    // What flags give is there already.
    let mut start = before.clone().unwrap_or_default();
    start.extend(given.as_object().cloned().unwrap_or_default());
    let text = if start.is_empty() && before.is_none() {
        skeleton(app.model, name)
    } else {
        yaml(&View::with_secrets(app, Shape::Named(name), &start.into()))?
    };
    let mut body = edit(app, name, &text)?;
    if let Some(before) = &before {
        body = changes(before, &body);
    }
    if is_update && body.as_object().is_none_or(Map::is_empty) {
        eprintln!("no changes");
        return Ok(None);
    }
    show(app, name, before.as_ref(), &body);
    if confirmed("send this?", true)? {
        return Ok(Some(body));
    }
    Err(Failure::other("nothing was sent"))
}

/// Returns the fields of the resource that an update can change, without secrets that are not returned.
fn current(
    app: &App,
    service: &'static Service,
    name: &str,
    parameters: &[String],
) -> Result<Option<Map<String, Value>>, Failure> {
    let get = service.operations.iter().find(|own| {
        own.method == Method::Get
            && own.parameters.len() == parameters.len()
            && own.output_type().is_some()
    });
    let (Some(get), Some(record)) = (get, app.model.record(name)) else {
        return Ok(None);
    };
    let request = Request::new(app, get, parameters, None)?;
    let value = Client::new(app)?.send(request.draft)?;
    let shown = View::new(app, get.output_shape(), None, &value);
    let mut shown = serde_json::to_value(shown).or_other("cannot edit the resource")?;
    let fields = record.fields.iter().filter(|field| !field.secret);
    let fields = fields.filter_map(|field| {
        let value = shown.get_mut(&field.wire).map(Value::take)?;
        (!value.is_null()).then(|| (field.wire.clone(), value))
    });
    Ok(Some(fields.collect()))
}

/// Runs the editor until the file is a valid body, or is left unchanged after an error.
fn edit(app: &App, name: &str, text: &str) -> Result<Value, Failure> {
    let file = Temporary::new(app, text)?;
    let mut previous = None;
    loop {
        file.open()?;
        let text = fs::read_to_string(&file.0).or_other(file.0.display())?;
        let kept: Vec<_> = text.lines().filter(|line| !line.starts_with("#!")).collect();
        let plain = kept.join("\n");
        let checked = match source::document(&plain).map_err(Failure::usage) {
            Ok(Value::Null) => Ok(Value::Object(Map::new())),
            Ok(mut value) => {
                let found = problems(app.model, name, &value).into_iter();
                let found = found.map(|it| Problem::new(&it.path, it.message));
                let checked = Failure::check(found.collect());
                let shape = Shape::Named(name);
                let resolved =
                    checked.and_then(|()| names::resolve_body(app, shape, &mut value));
                resolved.map(|()| value)
            }
            Err(failure) => Err(failure),
        };
        let failure = match checked {
            Ok(value) => return Ok(value),
            Err(failure) => failure,
        };
        if previous.as_ref() == Some(&plain) || !io::stdin().is_terminal() {
            return Err(failure);
        }
        let comment = format!("#! {}\n", failure.to_string().replace('\n', "\n#! "));
        fs::write(&file.0, comment + &plain).or_other(file.0.display())?;
        previous = Some(plain);
    }
}

/// A file that only its user can read, removed when it is dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn new(app: &App, text: &str) -> Result<Self, Failure> {
        let name = format!("{}-{}.yaml", app.shell.name, process::id());
        let path = env::temp_dir().join(name);
        let file = home::private(&path, fs::OpenOptions::new().create_new(true));
        let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
        written.or_other(path.display())?;
        Ok(Self(path))
    }

    /// Runs `$VISUAL` or `$EDITOR`, which may have arguments.
    fn open(&self) -> Result<(), Failure> {
        let set = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
        let usual = || if cfg!(windows) { "notepad" } else { "vi" }.to_owned();
        let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(usual);
        let mut words = editor.split_whitespace();
        let program = words.next().unwrap_or_default();
        let status = process::Command::new(program).args(words).arg(&self.0).status();
        let status = status.or_usage(format!("cannot run the editor {editor:?}"))?;
        if status.success() {
            return Ok(());
        }
        Err(Failure::other(format!("the editor {editor:?} failed")))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let removed = fs::remove_file(&self.0);
        drop(removed);
    }
}

/// Returns the differences: changed and new fields with their current value, removed ones as null.
fn changes(before: &Map<String, Value>, after: &Value) -> Value {
    let mut changes = after.as_object().cloned().unwrap_or_default();
    for (key, old) in before {
        match changes.get(key) {
            Some(new) if new == old => drop(changes.remove(key)),
            Some(_) => {}
            None => drop(changes.insert(key.clone(), Value::Null)),
        }
    }
    Value::Object(changes)
}

/// Prints the changes on standard error, as a diff.
fn show(app: &App, name: &str, before: Option<&Map<String, Value>>, body: &Value) {
    let terminal = io::stderr().is_terminal();
    let (red, off) = app.globals.color.pair(terminal, "31");
    let (green, _) = app.globals.color.pair(terminal, "32");
    for (key, view) in View::new(app, Shape::Named(name), None, body).members() {
        if let Some(old) = before.and_then(|before| before.get(key)) {
            eprintln!("{red}- {key}: {old}{off}");
        }
        if !view.value.is_null() {
            let new = serde_json::to_string(&view).unwrap_or_default();
            eprintln!("{green}+ {key}: {new}{off}");
        }
    }
}
