//! Files of a description.
//!
//! Takes the texts of the files; returns their contents and all errors. Does not know their meaning.

mod folder;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, SourceMap, Span};
use crate::yaml::{self, Dialect};

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
const MORE_ERRORS: &str = "errors";
const OVERRIDES: &str = "overrides.yaml";
const RESOURCES: &str = "resources";
const SCHEMA: &str = "schema.json";

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
    /// True if there is a schema for editors beside the files.
    has_schema: bool,
}

impl Reader {
    fn parse(mut self, mut files: Vec<(String, String)>) -> Loaded {
        files.sort();
        let files: Vec<_> =
            files.into_iter().filter_map(|(path, text)| self.add(path, text)).collect();
        let api = self.single(API, &files);
        let errors = self.errors(&files);
        let resources = self.resources(&files);
        self.overrides(&files);
        let whole = !self.diagnostics.has_errors();
        let spec =
            api.zip(errors).map(|(api, errors)| Spec { api, errors, resources, whole });
        Loaded { spec, sources: self.sources, diagnostics: self.diagnostics.sorted() }
    }

    /// Adds a file, unless it is not part of a description.
    fn add(&mut self, path: String, text: String) -> Option<(FileId, String)> {
        let concerns_us = [API, ERRORS, OVERRIDES].contains(&path.as_str())
            || below(MORE_ERRORS, &path).is_some()
            || below(RESOURCES, &path).is_some();
        concerns_us.then(|| (self.sources.add(path.as_str(), text), path))
    }

    /// Reads the only file with a name.
    fn single<T: DeserializeOwned + JsonSchema>(
        &mut self,
        name: &str,
        files: &[(FileId, String)],
    ) -> Option<T> {
        if let Some((file, _)) = files.iter().find(|(_, path)| path == name) {
            return self.read(*file);
        }
        if self.sources.id(name).is_none() {
            let file = self.sources.add(name, "");
            let message = format!("there is no {name}");
            self.diagnostics.push(Diagnostic::error(
                Code::MissingFile,
                Span::start_of(file),
                message,
            ));
        }
        None
    }

    /// Reads the error codes of all files. A number in two files is reported.
    fn errors(&mut self, files: &[(FileId, String)]) -> Option<Errors> {
        let mut errors: Option<Errors> = self.single(ERRORS, files);
        for (file, path) in files {
            let Some(path) = below(MORE_ERRORS, path) else { continue };
            if path.rsplit_once('.').is_none_or(|(_, it)| it != "yaml") {
                self.diagnostics.push(wrong_ending(*file, MORE_ERRORS, path));
                continue;
            }
            let more: Option<MoreErrors> = self.read(*file);
            let (Some(errors), Some(more)) = (&mut errors, more) else { continue };
            for entry in more.codes {
                match errors.codes.entry(&entry.key) {
                    Some(earlier) => {
                        self.diagnostics.push(repeated(&earlier.key, &entry.key));
                    }
                    None => errors.codes.push(entry.key, entry.value),
                }
            }
        }
        errors
    }

    /// Validates the corrections of a published document, if there are any. The import applies them.
    fn overrides(&mut self, files: &[(FileId, String)]) {
        if let Some((file, _)) = files.iter().find(|(_, path)| path == OVERRIDES) {
            let overrides: Option<Overrides> = self.read(*file);
            self.diagnostics.extend(overrides.iter().flat_map(Overrides::problems));
        }
    }

    fn resources(&mut self, files: &[(FileId, String)]) -> Vec<ResourceFile> {
        let resources: Vec<_> = files
            .iter()
            .filter_map(|(file, path)| Some((*file, below(RESOURCES, path)?)))
            .collect();
        if resources.is_empty() {
            let message = "there are no files below resources/";
            self.diagnostics.push(Diagnostic::error(
                Code::MissingFile,
                Span::NOWHERE,
                message,
            ));
        }
        resources
            .into_iter()
            .filter_map(|(file, path)| self.resource(file, path))
            .collect()
    }

    fn resource(&mut self, file: FileId, path: &str) -> Option<ResourceFile> {
        let Some(stem) = path.strip_suffix(".yaml") else {
            self.diagnostics.push(wrong_ending(file, RESOURCES, path));
            return None;
        };
        // The contents of a file with an invalid name are checked nevertheless.
        let resource = self.read(file);
        if !stem.split('/').all(is_snake_case) {
            self.diagnostics.push(bad_file_name(file, path));
            return None;
        }
        let accessor = stem.split('/').map(str::to_owned).collect();
        Some(ResourceFile { accessor, span: Span::start_of(file), resource: resource? })
    }

    fn read<T: DeserializeOwned + JsonSchema>(&mut self, file: FileId) -> Option<T> {
        let text = self.sources.text(file)?;
        if text.len() > SIZE_LIMIT {
            let message = "this file is larger than 4 MiB";
            self.diagnostics.push(Diagnostic::error(
                Code::TooLarge,
                Span::start_of(file),
                message,
            ));
            return None;
        }
        if self.has_schema {
            self.diagnostics.extend(schema_line(file, &self.sources));
        }
        match yaml::read(file, text, Dialect::Description, &mut self.diagnostics) {
            Some(root) => decode(root, &mut self.diagnostics),
            None => None,
        }
    }
}

/// Returns the path below a directory, if the file is in it.
fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

fn wrong_ending(file: FileId, folder: &str, path: &str) -> Diagnostic {
    let message = format!("{folder}/{path} is not part of a description");
    Diagnostic::error(Code::WrongFileEnding, Span::start_of(file), message)
        .help(format!("files below {folder}/ have names that end in `.yaml`"))
}

fn repeated(earlier: &Spanned<String>, key: &Spanned<String>) -> Diagnostic {
    let message = format!("the error `{}` is described twice", **key);
    Diagnostic::error(Code::RepeatedError, key.span, message)
        .related(earlier.span, "the first description")
        .help("remove one of them")
}

fn bad_file_name(file: FileId, path: &str) -> Diagnostic {
    let message =
        format!("resources/{path} cannot be turned into the name of a service");
    Diagnostic::error(Code::BadFileName, Span::start_of(file), message)
        .help("files and folders have names in snake case: `ip_policies.yaml`")
}

/// Returns true if a part of a path can become the name of a method.
fn is_snake_case(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('_').all(word)
}

/// Beginning of the line, for editors with the YAML language server.
const MARK: &str = "# yaml-language-server: $schema=";

/// Reports a file whose first line does not contain its schema.
fn schema_line(file: FileId, sources: &SourceMap) -> Option<Diagnostic> {
    let (name, text) = (sources.name(file)?, sources.text(file)?);
    let wanted = wanted_line(name);
    let (at, first) = match text.strip_prefix('\u{feff}') {
        Some(rest) => (text.len() - rest.len(), rest.lines().next()),
        None => (0, text.lines().next()),
    };
    let first = first.unwrap_or_default().trim_end();
    if first == wanted {
        return None;
    }
    let span = if first.starts_with(MARK) {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(file, offset(at), offset(at + first.len()))
    } else {
        Span::start_of(file)
    };
    let message =
        format!("the first line of {name} does not name its schema to editors");
    Some(
        Diagnostic::warning(Code::SchemaLine, span, message)
            .help(format!("write `{wanted}`")),
    )
}

/// Returns the line of a file.
fn wanted_line(name: &str) -> String {
    let part = match name {
        API => "#/$defs/Api",
        ERRORS => "#/$defs/Errors",
        name if below(MORE_ERRORS, name).is_some() => "#/$defs/MoreErrors",
        OVERRIDES => "#/$defs/Overrides",
        _ => "",
    };
    format!("{MARK}{}{SCHEMA}{part}", "../".repeat(name.matches('/').count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake_case_is_words_with_single_underscores() {
        for name in ["a", "ip_policies", "https", "a1_b2"] {
            assert!(is_snake_case(name), "{name}");
        }
        for name in ["", "_a", "a_", "a__b", "A", "1a", "a-b", "a.b", "ä"] {
            assert!(!is_snake_case(name), "{name}");
        }
    }
}
