//! Published `OpenAPI` documents: YAML or JSON, of version 3.0 or 3.1.
//!
//! Takes a text; returns a [`Document`]: values with their locations and JSON pointers, resolved references, and
//! unreadable parts as problems. Knows the format of documents, but not its use in a description.

mod at;
mod operation;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use crate::names::type_name;

use super::EXTENSION;
use crate::diagnostic::{Diagnostics, FileId, SourceMap};
use crate::yaml::{self, Dialect, Node};
pub(crate) use at::{At, decoded};
pub(crate) use operation::{Content, Location, Operation, Parameter, operations};
pub(crate) use schema::{Kind, Property, Schema};

/// A published document.
#[derive(Debug)]
pub(crate) struct Document {
    root: Node,
    /// Schemas whose types would have the name of an earlier one, with their new names.
    renamed: Renamed,
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
    let mut diagnostics = Diagnostics::new();
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
        let mut document = Self { root, renamed: Renamed::new() };
        document.check()?;
        document.renamed = document.clashes();
        Ok(document)
    }

    /// Returns the names of schemas that differ from an earlier one in spelling only.
    fn clashes(&self) -> Renamed {
        let components = self.top().get("components");
        let schemas = components.and_then(|components| components.get("schemas"));
        let names: Vec<&str> = schemas
            .iter()
            .flat_map(|all| all.entries().map(|(name, _)| name).collect::<Vec<_>>())
            .collect();
        let mut taken: BTreeSet<String> =
            names.iter().map(|name| type_name(name)).collect();
        let mut seen = BTreeSet::new();
        let mut renamed = Renamed::new();
        for name in names {
            let ty = type_name(name);
            if seen.insert(ty.clone()) {
                continue;
            }
            let free = (2..).map(|number| format!("{ty}{number}"));
            let free = free.into_iter().find(|free| !taken.contains(free));
            let free = free.unwrap_or_default();
            taken.insert(free.clone());
            renamed.insert(name.to_owned(), free);
        }
        renamed
    }

    /// Iterates over the renamed schemas, each with its new name.
    pub(crate) fn renamed(&self) -> impl Iterator<Item = (At<'_>, &str)> {
        let components = self.top().get("components");
        let schemas = components.and_then(|components| components.get("schemas"));
        self.renamed.iter().filter_map(move |(name, free)| {
            Some((schemas.as_ref()?.get(name)?, free.as_str()))
        })
    }

    /// Returns true if it was exported from a description.
    pub(crate) fn is_export(&self) -> bool {
        self.top().get(EXTENSION).is_some()
    }

    /// Returns true if a schema becomes a type with this name.
    pub(crate) fn has_type(&self, name: &str) -> bool {
        let components = self.top().get("components");
        let schemas = components.and_then(|components| components.get("schemas"));
        schemas.is_some_and(|all| all.entries().any(|(it, _)| type_name(it) == name))
    }

    /// Returns the whole document.
    pub(crate) fn top(&self) -> At<'_> {
        At::top(&self.root, Some(&self.renamed))
    }

    /// Returns the whole document, mutably.
    pub(crate) fn root_mut(&mut self) -> &mut Node {
        &mut self.root
    }

    /// Checks that this is a document of a supported version.
    fn check(&self) -> Result<(), Remark> {
        let top = self.top();
        let version =
            top.get("openapi").and_then(|version| version.text().map(str::to_owned));
        match version {
            Some(version)
                if version.starts_with("3.0") || version.starts_with("3.1") =>
            {
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
