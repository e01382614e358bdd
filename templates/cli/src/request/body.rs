//! Bodies: takes a document and flags; returns JSON, or all problems, with suggestions for misspelt fields and values.

use clap::ArgMatches;
use ngrok_api_model::check::{self, Violation, ViolationKind};
use ngrok_api_model::{Body, Model, Operation, Service, Shape};
use serde_json::{Map, Value};

use super::source;
use crate::app::App;
use crate::failure::{Failure, OrFail, Problem};
use crate::tree::fields::{self, FieldFlag};
use crate::tree::{string, strings};
use crate::{names, prose};

/// Returns the body of an operation, from its arguments; `None` if it has none.
pub(crate) fn body(
    app: &App,
    service: &'static Service,
    operation: &'static Operation,
    matches: &ArgMatches,
) -> Result<Option<Value>, Failure> {
    let flags = fields::flags(app.program(), service, operation);
    let mut body = Value::Object(Map::new());
    let name = match &operation.body {
        Body::None => return Ok(None),
        Body::Empty => {
            let found = set_flags(app, &flags, matches, &mut body);
            return Failure::check(found).map(|()| Some(body));
        }
        Body::Type(name) => name,
    };
    if let Some(path) = string(matches, "body") {
        body = document(path)?;
        if !body.is_object() {
            return Err(Failure::usage(format!("--body {path}: is not an object")));
        }
    }
    let mut all = set_flags(app, &flags, matches, &mut body);
    for field in strings(matches, "unset") {
        if let Some(flag) = flags.iter().find(|flag| names(flag, &field)) {
            set(&mut body, &flag.path, Value::Null);
            continue;
        }
        let hint = prose::suggestion(&field, flags.iter().map(|flag| &*flag.flag));
        all.push(Problem::new("--unset", format!("there is no field `{field}`{hint}")));
    }
    let is_described = |path: &str| {
        let mut undescribed =
            flags.iter().filter(|flag| flag.field.is_none() && !flag.is_object());
        undescribed.all(|flag| flag.path.join(".") != path)
    };
    let found = problems(app.model, name, &body).into_iter();
    let found = found.filter(|it| is_described(&it.path));
    let found = found.map(|it| Problem::new(&flag_of(&flags, &it.path), it.message));
    // A value that cannot be read is not missing.
    let found: Vec<_> =
        found.filter(|it| !all.iter().any(|own| own.is_at(it))).collect();
    Failure::check(all.into_iter().chain(found).collect())?;
    names::resolve_body(app, Shape::Named(name), &mut body)?;
    Ok(Some(body))
}

/// Reads the document of `--body`: the argument itself if it is an object, otherwise a file, with or without `@`.
fn document(given: &str) -> Result<Value, Failure> {
    if given.trim_start().starts_with('{') {
        return source::document(given).or_usage("--body");
    }
    let text = source::file(given.strip_prefix('@').unwrap_or(given));
    let text = text.map_err(Failure::usage)?;
    source::document(&text).or_usage(format_args!("--body {given}"))
}

/// Returns true if a word is the name of a flag's field, in the form of the flag or of the API.
fn names(flag: &FieldFlag, field: &str) -> bool {
    let field = field.trim_start_matches("--");
    let path = flag.path.join(".");
    flag.flag == field || path == field || path.replace('_', "-") == field
}

/// Sets the values of flags on top of a body, and returns the problems.
fn set_flags(
    app: &App,
    flags: &[FieldFlag],
    matches: &ArgMatches,
    body: &mut Value,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for flag in flags {
        match given(app, flag, matches) {
            None => {}
            Some(Ok(value)) => set(body, &flag.path, value),
            Some(Err(what)) => {
                problems.push(Problem::new(&format!("--{}", flag.flag), what));
            }
        }
    }
    problems
}

fn given(
    app: &App,
    flag: &FieldFlag,
    matches: &ArgMatches,
) -> Option<Result<Value, String>> {
    let values = strings(matches, &flag.id());
    if !values.is_empty() {
        return Some(source::parse(flag.shape, &values));
    }
    if !flag.is_text() {
        return None;
    }
    if let Some(path) = string(matches, &flag.source_id("file")) {
        return Some(source::file(path).map(Value::String));
    }
    let url = string(matches, &flag.source_id("url"))?;
    Some(crate::client::fetch(app, url).map(Value::String))
}

/// Sets the value at a path of keys, creating the objects on the way.
fn set(body: &mut Value, path: &[&str], value: Value) {
    let mut place = body;
    for key in path {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = &mut place[*key];
    }
    *place = value;
}

/// Returns a body without a type: a document, and fields such as `a.b=1`, as JSON if it can be parsed.
pub(crate) fn untyped_fields(
    body: Option<&str>,
    given: &[String],
) -> Result<Option<Value>, Failure> {
    let mut json = body.map(document).transpose()?;
    for field in given {
        let (path, text) = field.split_once('=').ok_or_else(|| {
            Failure::usage(format!("--field {field}: expected KEY=VALUE"))
        })?;
        let text = source::text(text).map_err(Failure::usage)?;
        let value = text.parse().unwrap_or(Value::String(text));
        let path: Vec<_> = path.split('.').collect();
        set(json.get_or_insert_default(), &path, value);
    }
    Ok(json)
}

/// Returns the problems of a body of a type, except names in place of IDs; the messages end with suggestions.
pub(crate) fn problems(
    model: &'static Model,
    name: &str,
    body: &Value,
) -> Vec<Violation<'static>> {
    let mut violations = check::validate(model, name, body);
    violations.retain(|violation| !names::is_name(model, body, violation));
    for violation in &mut violations {
        violation.message += &hint(model, name, body, violation);
    }
    violations
}

/// Returns the flag that sets the field at a path; the path itself if there is none.
fn flag_of(flags: &[FieldFlag], path: &str) -> String {
    let plain = path.split('[').next().unwrap_or_default();
    match flags.iter().find(|flag| flag.path.join(".") == plain) {
        Some(flag) => format!("--{}{}", flag.flag, &path[plain.len()..]),
        None if path.is_empty() => "the body".to_owned(),
        None => path.to_owned(),
    }
}

/// Returns a suggestion for a misspelt key or value of an enum.
fn hint(model: &Model, name: &str, body: &Value, violation: &Violation<'_>) -> String {
    let path = violation.path.replace('[', ".").replace(']', "");
    if violation.kind == ViolationKind::UnknownField {
        let (parent, key) = path.rsplit_once('.').unwrap_or(("", &path));
        let mut object = Shape::Named(name);
        for part in parent.split('.').filter(|part| !part.is_empty()) {
            object = match object.element() {
                Shape::Unknown => object.member(model, part).shape,
                element => element,
            };
        }
        let keys = object.members(model).into_iter().map(|member| member.key);
        return prose::suggestion(key, keys);
    }
    let values = violation.field.map(|field| model.enum_values(&field.ty));
    match body.pointer(&violation.pointer) {
        Some(Value::String(text)) => prose::suggestion(text, values.unwrap_or_default()),
        // YAML reads `yes` and `0123` as other types.
        Some(Value::Bool(_) | Value::Number(_))
            if violation.message == "is not a string" =>
        {
            "; write it in quotes".to_owned()
        }
        _ => String::new(),
    }
}
