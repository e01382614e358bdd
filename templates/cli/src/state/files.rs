//! Files of desired resources: paths go in; checked documents come out, or every problem with its file, line and column.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use ngrok_api_model::check::Violation;
use ngrok_state_core::{Documents, Kind, Kinds, references};
use serde_json::{Map, Value};

use super::yaml::{self, Document, Position, Positions};
use crate::app::App;
use crate::failure::{Failure, Problem};
use crate::prose;
use crate::request::{problems, source};

/// The contents of the files.
pub(super) struct Files {
    pub(super) documents: Documents,
    /// Number of files that were read.
    pub(super) count: usize,
}

/// Handling of placeholders for unset environment variables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unset {
    Allowed,
    Refused,
}

/// Reads files and directories, and checks what they state.
pub(super) fn read(
    app: &App,
    kinds: &Kinds,
    paths: &[String],
    unset: Unset,
) -> Result<Files, Failure> {
    let paths = expand(paths)?;
    let mut reader = Reader {
        app,
        kinds,
        unset,
        documents: Documents::default(),
        places: BTreeMap::new(),
        problems: Vec::new(),
    };
    for path in &paths {
        let text = source::file(path).map_err(Failure::usage)?;
        reader.file(path, &text);
    }
    reader.finish(paths.len())
}

/// The files of directories, in the order of their names; hidden ones and those that are not YAML are left out, but no link that leads
/// nowhere: its resources would be taken for removed ones.
fn expand(paths: &[String]) -> Result<Vec<String>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path == "-" || !Path::new(path).is_dir() {
            files.push(path.clone());
            continue;
        }
        let fail = |error| Failure::usage(format!("cannot read {path}: {error}"));
        let entries = fs::read_dir(path).map_err(fail)?;
        let entries: Result<Vec<_>, _> =
            entries.map(|entry| entry.map(|entry| entry.path())).collect();
        let mut found: Vec<_> =
            entries.map_err(fail)?.into_iter().filter(|it| is_yaml(it)).collect();
        if found.is_empty() {
            return Err(Failure::usage(format!("{path} contains no YAML file")));
        }
        found.sort();
        files.extend(found.iter().map(|it| it.display().to_string()));
    }
    files.dedup();
    Ok(files)
}

fn is_yaml(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = path.extension().and_then(|it| it.to_str());
    !name.starts_with('.')
        && matches!(ending, Some("yaml" | "yml"))
        && (path.is_file() || !path.exists())
}

struct Reader<'a> {
    app: &'a App,
    kinds: &'a Kinds,
    unset: Unset,
    documents: Documents,
    /// Returns the locations of the resources of an origin.
    places: BTreeMap<String, Place>,
    /// Problems with the position that they are sorted by.
    problems: Vec<(String, Option<Position>, Problem)>,
}

/// The document that states a resource.
#[derive(Clone)]
struct Place {
    file: String,
    positions: std::rc::Rc<Positions>,
}

impl Place {
    /// `FILE:LINE:COLUMN` of a path.
    fn of(&self, path: &str) -> String {
        match self.positions.find(path) {
            Some(at) => format!("{}:{}:{}", self.file, at.line, at.column),
            None => self.file.clone(),
        }
    }
}

impl Reader<'_> {
    fn report(&mut self, place: &Place, path: &str, message: &str) {
        let text = if path.is_empty() {
            message.to_owned()
        } else {
            format!("{path}: {message}")
        };
        let problem = Problem::new(&format!("{}:", place.of(path)), text);
        self.problems.push((place.file.clone(), place.positions.find(path), problem));
    }

    fn file(&mut self, path: &str, text: &str) {
        let name = if path == "-" { "standard input" } else { path };
        match yaml::read(text) {
            Ok(documents) => {
                for document in documents {
                    self.document(name, document);
                }
            }
            Err(error) => {
                let at = error.position.map(|at| format!(":{}:{}", at.line, at.column));
                let place = format!("{name}{}:", at.unwrap_or_default());
                let problem = Problem::new(&place, error.message);
                self.problems.push((name.to_owned(), error.position, problem));
            }
        }
    }

    /// Adds each resource of a document, with its position as origin.
    fn document(&mut self, file: &str, document: Document) {
        let place =
            Place { file: file.to_owned(), positions: document.positions.into() };
        let Value::Object(groups) = document.value else {
            let message = "a document is an object of kinds of resources";
            return self.report(&place, "", message);
        };
        for (name, resources) in groups {
            let Some(kind) = self.kinds.get(&name) else {
                let known = self.kinds.iter().map(|it| it.name.as_str());
                let hint = prose::suggestion(&name, known);
                let hint = if hint.is_empty() {
                    let known: Vec<_> = self.kinds.iter().map(|it| &*it.name).collect();
                    format!("; known are {}", known.join(", "))
                } else {
                    hint
                };
                let message = format!("unknown kind of resource{hint}");
                self.report(&place, &name, &message);
                continue;
            };
            match resources {
                Value::Object(resources) => {
                    for (name, fields) in resources {
                        self.resource(&place, kind, &name, fields);
                    }
                }
                Value::Null => {}
                _ => self.report(&place, &name, "expected an object of names"),
            }
        }
    }

    fn resource(&mut self, place: &Place, kind: &Kind, name: &str, mut fields: Value) {
        let path = format!("{}.{name}", kind.name);
        let folder = Path::new(&place.file).parent().map(Path::to_owned);
        let mut found = Vec::new();
        self.fill(&mut fields, &path, &folder.unwrap_or_default(), &mut found);
        let violations = self.violations(kind, &path, &fields);
        let origin = place.of(&path);
        self.places.insert(origin.clone(), place.clone());
        let problems = self.documents.add(kind, name, &origin, fields);
        found.extend(problems.into_iter().map(|it| (it.path, it.message)));
        found.extend(violations);
        for (path, message) in found {
            self.report(place, &path, &message);
        }
    }

    /// Validates the values of a resource, except for those with references.
    fn violations(
        &self,
        kind: &Kind,
        path: &str,
        fields: &Value,
    ) -> Vec<(String, String)> {
        let Some(body_type) = kind.create.body_type() else { return Vec::new() };
        let none = Map::new();
        let fields = match fields {
            Value::Object(fields) => fields,
            Value::Null => &none,
            _ => return Vec::new(),
        };
        let body = fields.iter().filter(|(key, _)| {
            !key.starts_with('$') && kind.field(key).is_none_or(|it| !it.in_path)
        });
        let body: Map<_, _> =
            body.map(|(key, value)| (key.clone(), value.clone())).collect();
        let body = Value::Object(body);
        problems(self.app.model, body_type, &body)
            .into_iter()
            .filter(|it| !is_open(self.kinds, &body, &it.pointer))
            .map(|Violation { path: at, field, message, .. }| {
                let is_secret = field.is_some_and(|field| field.secret);
                let message = if is_secret && message.contains('"') {
                    "the value of this secret is not valid".to_owned()
                } else {
                    message
                };
                let path =
                    if at.is_empty() { path.to_owned() } else { format!("{path}.{at}") };
                (path, message)
            })
            .collect()
    }

    /// Replaces `${env:NAME}` and `${file:PATH}` in strings.
    fn fill(
        &self,
        value: &mut Value,
        path: &str,
        folder: &Path,
        problems: &mut Vec<(String, String)>,
    ) {
        match value {
            Value::String(text) if text.contains("${") => {
                match filled(self.kinds, text, folder, self.unset) {
                    Ok(text) => *value = Value::String(text),
                    Err(message) => problems.push((path.to_owned(), message)),
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter_mut().enumerate() {
                    self.fill(item, &format!("{path}[{at}]"), folder, problems);
                }
            }
            Value::Object(fields) => {
                for (key, field) in fields.iter_mut() {
                    self.fill(field, &format!("{path}.{key}"), folder, problems);
                }
            }
            _ => {}
        }
    }

    /// Checks references between resources, and returns the documents if nothing is wrong.
    fn finish(mut self, count: usize) -> Result<Files, Failure> {
        for problem in self.documents.check(self.kinds) {
            if let Some(place) = self.places.get(&problem.origin).cloned() {
                self.report(&place, &problem.path, &problem.message);
            }
        }
        if self.problems.is_empty() {
            return Ok(Files { documents: self.documents, count });
        }
        self.problems.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        let problems: Vec<_> = self.problems.into_iter().map(|it| it.2).collect();
        let what =
            format!("the files have {} problems; nothing was sent", problems.len());
        Err(Failure::with_problems(what, problems))
    }
}

/// Returns true if the value at a JSON pointer into a body is not yet known.
fn is_open(kinds: &Kinds, body: &Value, pointer: &str) -> bool {
    let value = body.pointer(pointer);
    value.is_some_and(|it| !references(kinds, it).is_empty() || has_placeholder(it))
}

/// Returns true if a value has an unreplaced placeholder.
fn has_placeholder(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains("${env:"),
        Value::Array(items) => items.iter().any(has_placeholder),
        Value::Object(fields) => fields.values().any(has_placeholder),
        _ => false,
    }
}

/// A string with its placeholders replaced.
fn filled(
    kinds: &Kinds,
    text: &str,
    folder: &Path,
    unset: Unset,
) -> Result<String, String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let (before, placeholder) = rest.split_at(start);
        filled.push_str(before);
        let end = placeholder.find('}').map(|end| end + 1);
        if end.is_none() && is_meant(kinds, &placeholder[2..]) {
            return Err("`${` has no closing `}`".to_owned());
        }
        let (placeholder, after) =
            placeholder.split_at(end.unwrap_or(placeholder.len()));
        let inner =
            placeholder.trim_start_matches("${").trim_end_matches('}').split_once(':');
        match inner {
            Some(("env", name)) => match env::var(name) {
                Ok(value) if !value.is_empty() => filled.push_str(&value),
                _ if unset == Unset::Allowed => filled.push_str(placeholder),
                found => {
                    let state = if found.is_ok() { "empty" } else { "not set" };
                    return Err(format!("the environment variable {name} is {state}"));
                }
            },
            Some(("file", path)) => {
                let path: PathBuf = folder.join(path);
                let content = fs::read_to_string(&path);
                filled.push_str(&content.map_err(|error| {
                    format!("cannot read {}: {error}", path.display())
                })?);
            }
            _ => filled.push_str(placeholder),
        }
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// Returns true if what follows `${` begins as a placeholder or a reference does; other texts, such as expressions of policies, may have it.
fn is_meant(kinds: &Kinds, text: &str) -> bool {
    let is_kind = |it: &Kind| {
        text.strip_prefix(&it.name).is_some_and(|rest| rest.starts_with('.'))
    };
    text.starts_with("env:") || text.starts_with("file:") || kinds.iter().any(is_kind)
}
