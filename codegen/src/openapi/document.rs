//! Published `OpenAPI` documents: YAML or JSON, of version 3.0 or 3.1.
//!
//! Takes a text; returns a [`Document`]: values with their locations and JSON pointers, resolved references, and
//! unreadable parts as problems. Knows the format of documents, but not its use in a description.

mod at;
mod operation;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use super::EXTENSION;
use crate::diagnostic::{Diagnostics, FileId, SourceMap};
use crate::names::type_name;
use crate::yaml::{self, Dialect, Node};
pub(crate) use at::{At, decoded};
pub(crate) use operation::{Location, Operation, Parameter, operations};
pub(crate) use schema::{Kind, Property, Schema};

/// A published document.
#[derive(Debug)]
pub(crate) struct Document {
    root: Node,
    /// Schemas whose types would have the name of an earlier one, with their new names.
    renamed: Renamed,
    /// Names of the types that schemas become.
    types: BTreeSet<String>,
}

/// Names of schemas by their names in the document.
pub(super) type Renamed = BTreeMap<String, String>;

/// A location in a document, with a message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// JSON pointer.
    pub pointer: String,
    /// Line in the text, counted from 1; 0 if unknown.
    pub line: u32,
    /// Message.
    pub message: String,
}

/// Maximum size of a document.
const SIZE_LIMIT: usize = 64 << 20;

/// Parses a text as YAML.
fn parse(text: &str) -> Result<Node, Remark> {
    let remark = |line, message| Remark { pointer: String::new(), line, message };
    if text.len() > SIZE_LIMIT {
        return Err(remark(0, "this file is larger than 64 MiB".to_owned()));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut diagnostics = Diagnostics::default();
    let root = yaml::read(FileId(0), text, Dialect::Document, &mut diagnostics);
    root.ok_or_else(|| {
        let mut sources = SourceMap::new();
        sources.add("", text);
        let Some(error) = diagnostics.iter().next() else {
            return remark(0, String::new());
        };
        let position = sources.position(error.span());
        let message = match &error.help {
            Some(help) => format!("{}; {help}", error.message),
            None => error.message.clone(),
        };
        remark(position.map_or(0, |position| position.line), message)
    })
}

impl Document {
    /// Parses a text. The error contains the problem and its location.
    pub(crate) fn read(text: &str) -> Result<Self, Remark> {
        let root = parse(text)?;
        let mut document =
            Self { root, renamed: Renamed::new(), types: BTreeSet::new() };
        document.check()?;
        let schemas = document.schemas();
        let names: Vec<String> =
            schemas.into_iter().map(|(name, _)| name.to_owned()).collect();
        document.name_types(names);
        Ok(document)
    }

    fn schemas(&self) -> Vec<(&str, At<'_>)> {
        let components = self.top().get("components");
        components.map(|components| components.entries_of("schemas")).unwrap_or_default()
    }

    /// Names the types, differently if names differ from an earlier one in spelling only.
    fn name_types(&mut self, names: Vec<String>) {
        self.types = names.iter().map(|name| type_name(name)).collect();
        let mut taken = self.types.clone();
        let mut seen = BTreeSet::new();
        for name in names {
            let ty = type_name(&name);
            if seen.insert(ty.clone()) {
                continue;
            }
            let mut free = (2..).map(|number| format!("{ty}{number}"));
            let free = free.find(|free| !taken.contains(free)).unwrap_or_default();
            taken.insert(free.clone());
            self.renamed.insert(name, free);
        }
    }

    /// Iterates over the renamed schemas, each with its new name.
    pub(crate) fn renamed(&self) -> impl Iterator<Item = (At<'_>, &str)> {
        let schemas = self.schemas().into_iter();
        schemas.filter_map(|(name, at)| Some((at, self.renamed.get(name)?.as_str())))
    }

    /// Returns true if it was exported from a description.
    pub(crate) fn is_export(&self) -> bool {
        self.top().get(EXTENSION).is_some()
    }

    /// Returns true if a schema becomes a type with this name.
    pub(crate) fn has_type(&self, name: &str) -> bool {
        self.types.contains(name)
    }

    /// Returns the whole document.
    pub(crate) fn top(&self) -> At<'_> {
        At::top(&self.root, Some(&self.renamed))
    }

    /// Returns a text of `info`.
    pub(crate) fn info(&self, key: &str) -> Option<&str> {
        self.top().get("info")?.text_of(key)
    }

    /// Returns the whole document, mutably.
    pub(crate) fn root_mut(&mut self) -> &mut Node {
        &mut self.root
    }

    /// Checks that this is a document of a supported version.
    fn check(&self) -> Result<(), Remark> {
        let top = self.top();
        match top.get("openapi").and_then(|version| version.text()) {
            Some(version) if ["3.0", "3.1"].iter().any(|it| version.starts_with(it)) => {
                Ok(())
            }
            Some(version) => Err(top.remark(format!(
                "this is OpenAPI {version}; 3.0 and 3.1 are understood"
            ))),
            None if top.get("swagger").is_some() => {
                Err(top.remark("this is Swagger 2; convert it to OpenAPI 3 first"))
            }
            None => {
                Err(top.remark("this is no OpenAPI document: it has no key `openapi`"))
            }
        }
    }
}
