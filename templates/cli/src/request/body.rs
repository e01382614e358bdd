//! Bodies: takes a document and flags; returns JSON, or all problems.

use clap::ArgMatches;
use ngrok_api_model::{Body, Operation, Service};
use serde_json::{Map, Value};

use super::{flag_of, problems, source, value};
use crate::app::App;
use crate::failure::{Failure, Problem};
use crate::lookup::body_type;
use crate::names;
use crate::tree::fields::{self, FieldFlag};

/// Returns the body of an operation, from its arguments; `None` if it has none.
pub(crate) fn body(
    app: &App,
    service: &'static Service,
    operation: &'static Operation,
    matches: &ArgMatches,
) -> Result<Option<Value>, Failure> {
    let name = match &operation.body {
        Body::None => return Ok(None),
        Body::Empty => {
            let flags = fields::flags(app.shell, app.model, service, operation);
            let (body, problems) =
                from_flags(app, &flags, matches, Value::Object(Map::new()));
            return invalid(problems).map(|()| Some(body));
        }
        Body::Type(name) => name,
    };
    let flags = fields::flags(app.shell, app.model, service, operation);
    let start = match matches.get_one::<String>("body") {
        Some(path) => document(path)?,
        None => Value::Object(Map::new()),
    };
    let (mut body, mut all) = from_flags(app, &flags, matches, start);
    for field in matches.get_many::<String>("unset").into_iter().flatten() {
        if let Some(flag) = flags.iter().find(|flag| names(flag, field)) {
            set(&mut body, &flag.path, Value::Null);
            continue;
        }
        let hint = crate::prose::suggestion(field, flags.iter().map(|flag| &*flag.flag));
        all.push(Problem::new("--unset", format!("there is no field `{field}`{hint}")));
    }
    if all.is_empty() {
        names::resolve_body(app, &flags, &mut body)?;
    }
    let undescribed: Vec<_> = flags
        .iter()
        .filter(|flag| {
            flag.field.is_none() && !matches!(flag.shape, crate::lookup::Shape::Named(_))
        })
        .map(|flag| flag.path.join("."))
        .collect();
    let found = problems(app.model, name, &body);
    all.extend(
        found
            .into_iter()
            .filter(|(path, _)| !undescribed.contains(path))
            .map(|(path, message)| Problem::new(&flag_of(&flags, &path), message)),
    );
    invalid(all).map(|()| Some(body))
}

fn invalid(problems: Vec<Problem>) -> Result<(), Failure> {
    if problems.is_empty() { Ok(()) } else { Err(Failure::invalid(problems)) }
}

fn document(path: &str) -> Result<Value, Failure> {
    let text = source::file(path).map_err(Failure::usage)?;
    let what = |message| Failure::usage(format!("--body {path}: {message}"));
    match source::document(&text).map_err(what)? {
        Value::Object(object) => Ok(Value::Object(object)),
        _ => Err(Failure::usage(format!("--body {path}: the body is not an object"))),
    }
}

/// Returns true if a word is the name of a flag's field, in the form of the flag or of the API.
fn names(flag: &FieldFlag<'_>, field: &str) -> bool {
    let field = field.trim_start_matches("--");
    flag.flag == field
        || flag.path.join(".") == field
        || flag.path.join(".").replace('_', "-") == field
}

/// Sets the values of flags on top of a body.
fn from_flags(
    app: &App,
    flags: &[FieldFlag<'_>],
    matches: &ArgMatches,
    mut body: Value,
) -> (Value, Vec<Problem>) {
    let mut problems = Vec::new();
    for flag in flags {
        match given(app, flag, matches) {
            None => {}
            Some(Ok(value)) => set(&mut body, &flag.path, value),
            Some(Err(what)) => {
                problems.push(Problem::new(&format!("--{}", flag.flag), what));
            }
        }
    }
    (body, problems)
}

fn given(
    app: &App,
    flag: &FieldFlag<'_>,
    matches: &ArgMatches,
) -> Option<Result<Value, String>> {
    if let Some(values) = matches.get_many::<String>(&flag.id()) {
        let values: Vec<_> = values.cloned().collect();
        return Some(value::parse(flag.shape, &values));
    }
    if !flag.is_text() {
        return None;
    }
    // Without an argument of this name, no value is given.
    let text = |id: String| matches.try_get_one::<String>(&id).ok().flatten();
    if let Some(path) = text(flag.file_id()) {
        return Some(source::file(path).map(Value::String));
    }
    let url = text(flag.url_id())?;
    Some(crate::client::fetch(app, url).map(Value::String))
}

/// Sets the value at a path of keys, creating the objects on the way.
pub(crate) fn set(body: &mut Value, path: &[&str], value: Value) {
    let mut place = body;
    for key in path {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(object) = place else { return };
        place = object.entry((*key).to_owned()).or_insert(Value::Null);
    }
    *place = value;
}

/// Sets fields of a body without a type: `a.b=1`, as JSON if it can be parsed.
pub(crate) fn untyped_fields(
    body: Option<&String>,
    given: &[String],
) -> Result<Option<Value>, Failure> {
    let mut json = match body {
        Some(path) => {
            let text = source::file(path).map_err(Failure::usage)?;
            Some(
                source::document(&text)
                    .map_err(|what| Failure::usage(format!("--body {path}: {what}")))?,
            )
        }
        None => None,
    };
    for field in given {
        let (path, text) = field.split_once('=').ok_or_else(|| {
            Failure::usage(format!("--field {field}: expected KEY=VALUE"))
        })?;
        let text = source::text(text).map_err(Failure::usage)?;
        let value = text.parse().unwrap_or(Value::String(text));
        let path: Vec<_> = path.split('.').collect();
        set(json.get_or_insert_with(|| Value::Object(Map::new())), &path, value);
    }
    Ok(json)
}

/// Returns the type of an operation's body, for validation after an edit.
pub(crate) fn type_name(operation: &Operation) -> Option<&str> {
    body_type(operation)
}
