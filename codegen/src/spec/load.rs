//! Files of a description.
//!
//! Takes the texts of the files; returns their contents and all errors. Does not know their meaning.

mod folder;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, SourceMap, Span};
use crate::names::is_snake_case;
use crate::parallel;
use crate::yaml::{self, Dialect, Node};

pub use self::folder::load;
use super::decode::decode;
use super::{Errors, MoreErrors, Overrides, ResourceFile, Spanned, Spec};

/// The result of reading a description.
#[derive(Debug)]
pub struct Loaded {
    /// Contents of the files, without unreadable parts. `None` if the facts about the API are unreadable.
    pub spec: Option<Spec>,
    /// Texts, for displaying locations.
    pub sources: SourceMap,
    /// Diagnostics, in the order of the texts. With an error among them, the description is incomplete.
    pub diagnostics: Diagnostics,
}

const API: &str = "api.yaml";
const ERRORS: &str = "errors.yaml";
/// Directory of further error codes.
const MORE_ERRORS: &str = "errors/";
const OVERRIDES: &str = "overrides.yaml";
const RESOURCES: &str = "resources/";
const SCHEMA: &str = "schema.json";

/// The files and directories of a description, in the order in which they are read, and the parts of the schema for them.
const PLACES: [(&str, &str); 5] = [
    (API, "#/$defs/Api"),
    (ERRORS, "#/$defs/Errors"),
    (MORE_ERRORS, "#/$defs/MoreErrors"),
    (OVERRIDES, "#/$defs/Overrides"),
    (RESOURCES, ""),
];

/// Maximum size of a file.
const SIZE_LIMIT: usize = 4 << 20;

/// Reads a description from the paths of its files, relative to its directory and with `/` as the separator, and
/// their texts. Files that are not part of a description are ignored.
#[must_use]
pub fn parse(files: Vec<(String, String)>) -> Loaded {
    let has_schema = files.iter().any(|(path, _)| path == SCHEMA);
    Reader { has_schema, ..Reader::default() }.parse(files)
}

#[derive(Default)]
struct Reader {
    sources: SourceMap,
    diagnostics: Diagnostics,
    /// The files that are YAML, until they are decoded.
    roots: BTreeMap<FileId, Node>,
    /// True if there is a schema for editors beside the files.
    has_schema: bool,
}

impl Reader {
    fn parse(mut self, mut files: Vec<(String, String)>) -> Loaded {
        files.sort();
        let mut found = Vec::new();
        let mut has_resources = false;
        for (path, text) in files {
            let Some((place, _, inside)) = place_of(&path) else { continue };
            let file = self.sources.add(path.as_str(), text);
            has_resources |= place == RESOURCES;
            let is_whole = inside.is_empty();
            match inside.strip_suffix(".yaml").or(is_whole.then_some(inside)) {
                Some(stem) => found.push((file, place, stem.to_owned())),
                None => self.diagnostics.push(wrong_ending(file, place, inside)),
            }
        }
        self.read_yaml(&found.iter().map(|(file, ..)| *file).collect::<Vec<_>>());
        let (mut api, mut errors, mut resources) = (None, None, Vec::new());
        for (file, place, stem) in found {
            match place {
                API => api = self.decode(file),
                ERRORS => errors = self.decode(file),
                OVERRIDES => self.overrides(file),
                MORE_ERRORS => self.more_errors(file, errors.as_mut()),
                _ => resources.extend(self.resource(file, &stem)),
            }
        }
        for name in [API, ERRORS] {
            if self.sources.id(name).is_none() {
                let span = Span::start_of(self.sources.add(name, ""));
                let message = format!("there is no {name}");
                self.diagnostics.error(Code::MissingFile, span, message);
            }
        }
        if !has_resources {
            let message = "there are no files below resources/";
            self.diagnostics.error(Code::MissingFile, Span::NOWHERE, message);
        }
        let whole = !self.diagnostics.has_errors();
        let spec =
            api.zip(errors).map(|(api, errors)| Spec { api, errors, resources, whole });
        Loaded { spec, sources: self.sources, diagnostics: self.diagnostics.sorted() }
    }

    /// Reads further error codes. A number in two files is reported.
    fn more_errors(&mut self, file: FileId, errors: Option<&mut Errors>) {
        let more: Option<MoreErrors> = self.decode(file);
        let (Some(errors), Some(more)) = (errors, more) else { return };
        for (key, code) in more.codes {
            match errors.codes.get_key_value(&key) {
                Some((earlier, _)) => self.diagnostics.push(repeated(earlier, &key)),
                None => _ = errors.codes.insert(key, code),
            }
        }
    }

    /// Validates the corrections of a published document. The import applies them.
    fn overrides(&mut self, file: FileId) {
        let overrides: Option<Overrides> = self.decode(file);
        self.diagnostics.extend(overrides.iter().flat_map(Overrides::problems));
    }

    fn resource(&mut self, file: FileId, stem: &str) -> Option<ResourceFile> {
        // The contents of a file with an invalid name are checked nevertheless.
        let resource = self.decode(file);
        if !stem.split('/').all(is_method_name) {
            self.diagnostics.push(bad_file_name(file, stem));
            return None;
        }
        let accessor = stem.split('/').map(str::to_owned).collect();
        Some(ResourceFile { accessor, span: Span::start_of(file), resource: resource? })
    }

    /// Parses files on all processors.
    fn read_yaml(&mut self, files: &[FileId]) {
        let read = parallel::map(files, |file| self.root(*file));
        for (file, (root, diagnostics)) in files.iter().zip(read) {
            self.diagnostics.extend(diagnostics);
            self.roots.extend(root.map(|root| (*file, root)));
        }
    }

    /// Parses a file. Returns nothing if it is not YAML.
    fn root(&self, file: FileId) -> (Option<Node>, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let text = self.sources.text(file).unwrap_or_default();
        if text.len() > SIZE_LIMIT {
            let message = "this file is larger than 4 MiB";
            diagnostics.error(Code::TooLarge, Span::start_of(file), message);
            return (None, diagnostics);
        }
        if self.has_schema {
            diagnostics.extend(schema_line(file, &self.sources));
        }
        let root = yaml::read(file, text, Dialect::Description, &mut diagnostics);
        (root, diagnostics)
    }

    fn decode<T: DeserializeOwned + JsonSchema>(&mut self, file: FileId) -> Option<T> {
        decode(self.roots.remove(&file)?, &mut self.diagnostics)
    }
}

/// Returns the place of a path, the schema there, and the path below it; `None` if the file is not part of a description.
fn place_of(path: &str) -> Option<(&'static str, &'static str, &str)> {
    PLACES.iter().find_map(|(place, schema)| {
        let inside = path.strip_prefix(place)?;
        (inside.is_empty() != place.ends_with('/')).then_some((*place, *schema, inside))
    })
}

fn wrong_ending(file: FileId, folder: &str, path: &str) -> Diagnostic {
    let message = format!("{folder}{path} is not part of a description");
    Diagnostic::error(Code::WrongFileEnding, Span::start_of(file), message)
        .help(format!("files below {folder} have names that end in `.yaml`"))
}

fn repeated(earlier: &Spanned<String>, key: &Spanned<String>) -> Diagnostic {
    let message = format!("the error `{}` is described twice", **key);
    Diagnostic::error(Code::RepeatedError, key.span, message)
        .related(earlier.span, "the first description")
        .help("remove one of them")
}

fn bad_file_name(file: FileId, stem: &str) -> Diagnostic {
    let message =
        format!("resources/{stem}.yaml cannot be turned into the name of a service");
    Diagnostic::error(Code::BadFileName, Span::start_of(file), message)
        .help("files and folders have names in snake case: `ip_policies.yaml`")
}

/// Returns true if a part of a path can become the name of a method.
fn is_method_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && is_snake_case(name)
}

/// Beginning of the line, for editors with the YAML language server.
const MARK: &str = "# yaml-language-server: $schema=";

/// Reports a file whose first line does not contain its schema.
fn schema_line(file: FileId, sources: &SourceMap) -> Option<Diagnostic> {
    let (name, text) = (sources.name(file)?, sources.text(file)?);
    let (_, part, _) = place_of(name)?;
    let wanted =
        format!("{MARK}{}{SCHEMA}{part}", "../".repeat(name.matches('/').count()));
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = text[start..].lines().next().unwrap_or_default().trim_end();
    let span = match first {
        first if first == wanted => return None,
        first if first.starts_with(MARK) => Span::of(file, start..start + first.len()),
        _ => Span::start_of(file),
    };
    let message =
        format!("the first line of {name} does not name its schema to editors");
    let problem = Diagnostic::warning(Code::SchemaLine, span, message);
    Some(problem.help(format!("write `{wanted}`")))
}
