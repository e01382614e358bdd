//! The facts about the API for a new description.
//!
//! Takes a document; returns `api.yaml` and `errors.yaml`, with a note on everything that was guessed, and on every
//! convention that a client does not support.

mod conventions;

use super::super::document::{At, Document, Location, Operation, operations};
use super::super::{Map, text};
use super::{naming, unsupported};
use crate::reconcile::{Note, NoteKind, Texts};
use crate::spec::schema_text;

/// Describes the facts about the API as a whole.
pub(in super::super) fn files(document: &Document) -> (Texts, Vec<Note>) {
    let operations = operations(&document.top(), &mut Vec::new());
    let mut scaffold = Scaffold { document, operations, notes: Vec::new() };
    (scaffold.files(), scaffold.notes)
}

struct Scaffold<'d> {
    document: &'d Document,
    operations: Vec<Operation<'d>>,
    notes: Vec<Note>,
}

/// Name of the file.
const FILE: &str = "api.yaml";

/// Conventions by operation name.
const OPERATIONS: &str = "\
# What the well-known operation names mean. A resource file lists the ones it has and describes them; `path` is
# relative to the resource's own.
operations:
  create: { method: POST, path: collection, body: create, returns: resource, status: 201 }
  get: { method: GET, path: item, returns: resource, status: 200 }
  list: { method: GET, path: collection, returns: list, status: 200 }
  update: { method: PATCH, path: item, body: update, returns: resource, status: 200, instance: true }
  replace: { method: PUT, path: item, body: request, returns: resource, status: 200 }
  delete: { method: DELETE, path: item, returns: nothing, status: 204, instance: true }

# Fields that most resources have. A resource file names them, and says only what is different there.
# `{noun}` and `{nouns}` stand for the resource's own words.
fields:
  id: { type: id, in: [response], doc: \"Names this {noun} in every call about it.\" }
";

/// Beginning of `api.yaml`.
const API: &str = "\
# yaml-language-server: $schema=schema.json#/$defs/Api
# What holds for the whole API. A resource file says only what departs from this.
";

const CLIENT: &str = "# The generated crate, and the variables of its `from_env`.\n";

/// Words of a title without a meaning.
const EMPTY_WORDS: &[&str] = &["api", "openapi", "rest", "specification", "the"];

/// Parts of the names of headers with the ID of an operation.
const ID_HEADERS: &[&str] =
    &["request-id", "requestid", "operation-id", "correlation-id", "trace-id"];

impl<'d> Scaffold<'d> {
    fn files(&mut self) -> Texts {
        unsupported::of_document(&self.document.top(), &mut self.notes);
        Texts::from([
            (FILE.to_owned(), self.api()),
            ("errors.yaml".to_owned(), self.errors()),
            ("schema.json".to_owned(), schema_text()),
        ])
    }

    /// Adds a note on a key of the file.
    fn note(&mut self, kind: NoteKind, key: &str, at: &At, message: impl Into<String>) {
        let note = Note::new(kind, at.remark(message));
        self.notes.push(note.in_file(FILE, &[key]));
    }

    /// Adds a note on a missing fact.
    fn guessed(&mut self, key: &str, what: &str) {
        let message = format!("the document does not contain {what}; check `{key}`");
        self.note(NoteKind::Undecided, key, &self.document.top(), message);
    }

    fn api(&mut self) -> String {
        let (about, client) = self.about();
        let version = self.version();
        let operation_id = self.operation_id();
        let headers = Map::new()
            .with("auth", self.auth())
            .with_some("version", version)
            .with_some("operation_id", operation_id);
        let paging = Map::new().with("paging", self.paging().section());
        let error_body = Map::new().with("error_body", self.error_body());
        // Facts that documents never contain are omitted: filters, rate limits, the form of IDs.
        let sections = [
            ("", about),
            (CLIENT, client),
            ("# Headers of every request and response.\n", headers),
            ("# How lists are cut into pages, and filtered.\n", paging),
            ("# The keys of an error body, and limits.\n", error_body),
        ];
        let printed =
            sections.map(|(comment, map)| comment.to_owned() + &text::house(&map, 0));
        format!("{API}{}\n{OPERATIONS}", printed.join("\n"))
    }

    /// Returns the name of the API, and of the crate.
    fn about(&mut self) -> (Map, Map) {
        let name = self.name();
        let base_url = self.base_url();
        let docs = self.docs().unwrap_or_else(|| base_url.clone());
        let words = naming::kebab(&name);
        let variable = words.replace('-', "_").to_uppercase();
        let environment = Map::new()
            .with("api_key", format!("{variable}_API_KEY"))
            .with("base_url", format!("{variable}_API_URL"));
        let client = Map::new()
            .with("crate", format!("{words}-client"))
            .with("environment", environment);
        let about =
            Map::new().with("name", name).with("base_url", base_url).with("docs", docs);
        (about, Map::new().with("client", client.section()))
    }

    fn errors(&self) -> String {
        let docs = self.docs().unwrap_or_else(|| "https://example.com".to_owned());
        let facts = Map::new()
            .with("format", "ERR_{number}")
            .with("docs", format!("{}/errors/{{number}}", docs.trim_end_matches('/')));
        format!(
            "# yaml-language-server: $schema=schema.json#/$defs/Errors\n{}\ncodes: {{}}\n",
            text::house(&facts, 0)
        )
    }

    /// Returns the title without meaningless words.
    fn name(&mut self) -> String {
        let title = self.document.info("title").unwrap_or_default();
        let plain = |c: &char| c.is_alphanumeric() || " .-_&+".contains(*c);
        let title: String = title.chars().filter(plain).collect();
        let words = title
            .split_whitespace()
            .filter(|word| !EMPTY_WORDS.contains(&word.to_lowercase().as_str()));
        let name = words.collect::<Vec<_>>().join(" ");
        if name.chars().any(|c| c.is_ascii_alphabetic()) {
            return name;
        }
        self.guessed("name", "the name of the API");
        "example".to_owned()
    }

    /// Returns the first address of a server, with the defaults of its variables.
    fn base_url(&mut self) -> String {
        let servers = self.document.top().items_of("servers");
        let Some(server) = servers.first() else {
            self.guessed("base_url", "the base URL");
            return "https://api.example.com".to_owned();
        };
        let mut url = server.text_of("url").unwrap_or_default().to_owned();
        for (name, variable) in server.entries_of("variables") {
            let usual = variable.text_of("default").unwrap_or_default();
            url = url.replace(&format!("{{{name}}}"), usual);
        }
        let wanted = naming::address(&url);
        if wanted != url.trim_end_matches('/') {
            let message = format!("the address `{url}` was written as `{wanted}`");
            self.note(NoteKind::Undecided, "base_url", server, message);
        }
        wanted
    }

    /// Returns the address of the documentation.
    fn docs(&self) -> Option<String> {
        let url = self.document.top().get("externalDocs")?.text_of("url")?.to_owned();
        let odd =
            |c: char| c.is_whitespace() || c.is_control() || "\"<>()\\".contains(c);
        (url.starts_with("http") && url.contains("://") && !url.contains(odd))
            .then_some(url)
    }

    /// Returns the header with the version of the API, if there is one.
    fn version(&mut self) -> Option<Map> {
        let headers = |operation: &Operation<'d>| {
            let mut headers = operation.parameters_in(Location::Header);
            headers.find(|it| it.name.to_ascii_lowercase().contains("version")).cloned()
        };
        let parameter = self.operations.iter().find_map(headers)?;
        let schema = parameter.schema.as_ref().and_then(|schema| schema.follow().ok());
        let stated = schema.and_then(|it| it.text_of("default").or(it.text_of("const")));
        let stated = stated.or(self.document.info("version")).unwrap_or_default();
        let plain = |c: &char| c.is_ascii_graphic() || *c == ' ';
        let value: String = stated.chars().filter(plain).collect();
        let value = if value.trim().is_empty() { "1" } else { value.trim() };
        let message =
            format!("`{}` names the version of the API, here `{value}`", parameter.name);
        self.note(NoteKind::Inferred, "version", &parameter.at, message);
        let header = parameter.name.to_ascii_lowercase();
        Some(Map::new().with("header", header).with("value", value))
    }

    /// Returns the response header with the operation ID, if there is one.
    fn operation_id(&self) -> Option<Map> {
        let responses =
            self.operations.iter().flat_map(|it| it.at.entries_of("responses"));
        let responses = responses.filter_map(|(_, response)| response.follow().ok());
        let names = responses.flat_map(|response| response.entries_of("headers"));
        let mut names = names.map(|(name, _)| name.to_ascii_lowercase());
        let is_id = |name: &String| ID_HEADERS.iter().any(|word| name.contains(word));
        Some(Map::new().with("header", names.find(is_id)?))
    }
}
