//! Published `OpenAPI` documents: YAML or JSON, of version 3.0 or 3.1.
//!
//! Takes a text; returns a [`Document`]: values with their locations and JSON pointers, resolved references, and
//! unreadable parts as problems. Knows the format of documents, but not its use in a description.

mod operation;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use super::EXTENSION;
use crate::diagnostic::{Diagnostics, FileId, SourceMap};
use crate::model::pointer;
use crate::names::type_name;
use crate::yaml::{self, Dialect, Node, NodeKind, Tree};
pub(crate) use operation::{Location, Operation, Parameter, operations};
pub(crate) use schema::{Kind, Property, Schema};

/// A published document.
#[derive(Debug)]
pub(crate) struct Document {
    root: Node,
    /// Schemas whose types would have the name of an earlier one, with their new names.
    renamed: BTreeMap<String, String>,
    /// Names of the types that schemas become.
    types: BTreeSet<String>,
}

/// A location in a document, with a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
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
        let (renamed, types) = (BTreeMap::new(), BTreeSet::new());
        let mut document = Self { root, renamed, types };
        document.check()?;
        document.name_types();
        Ok(document)
    }

    fn schemas(&self) -> Vec<(&str, At<'_>)> {
        let components = self.top().get("components");
        components.map(|components| components.entries_of("schemas")).unwrap_or_default()
    }

    /// Names the types, differently if names differ from an earlier one in spelling only.
    fn name_types(&mut self) {
        let schemas = self.schemas().into_iter();
        let names: Vec<String> = schemas.map(|(name, _)| name.to_owned()).collect();
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

    pub(crate) fn top(&self) -> At<'_> {
        At { document: self, node: &self.root, pointer: String::new() }
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

/// Maximum length of a chain of references.
const CHAIN_LIMIT: usize = 32;

/// A value and its path.
#[derive(Debug, Clone)]
pub(crate) struct At<'d> {
    document: &'d Document,
    node: &'d Node,
    pointer: String,
}

impl<'d> At<'d> {
    /// Returns the name of the schema at this location, if it is a named one.
    pub(crate) fn schema_name(&self) -> Option<&str> {
        let name = self.pointer.strip_prefix("/components/schemas/")?;
        let renamed = self.document.renamed.get(name);
        (!name.contains('/')).then(|| renamed.map_or(name, String::as_str))
    }

    /// Returns the value of a key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| self.inner(node, key))
    }

    /// Iterates over the entries of a map, in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'d str, Self)> {
        let entries = self.node.entries();
        entries.map(|(key, node)| (key.text.as_str(), self.inner(node, &key.text)))
    }

    pub(crate) fn items(&self) -> impl Iterator<Item = Self> {
        let items = self.node.items().iter().enumerate();
        items.map(|(index, node)| self.inner(node, &index.to_string()))
    }

    /// Returns the entries of the map under a key.
    pub(crate) fn entries_of(&self, key: &str) -> Vec<(&'d str, Self)> {
        self.get(key).map(|map| map.entries().collect()).unwrap_or_default()
    }

    /// Returns the items of the list under a key.
    pub(crate) fn items_of(&self, key: &str) -> Vec<Self> {
        self.get(key).map(|list| list.items().collect()).unwrap_or_default()
    }

    /// Returns the text of a scalar, of any type.
    pub(crate) fn text(&self) -> Option<&'d str> {
        self.node.text().filter(|_| !self.node.is_null())
    }

    /// Returns the string under a key, unless it is blank.
    pub(crate) fn text_of(&self, key: &str) -> Option<&'d str> {
        let text =
            self.node.get(key).filter(|node| !node.is_null()).and_then(Node::text);
        text.filter(|text| !text.trim().is_empty())
    }

    /// Returns true if the boolean under a key is set.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::flag).unwrap_or(false)
    }

    /// Returns the number under a key.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        let number: f64 = self.node.get(key)?.plain()?.parse().ok()?;
        number.is_finite().then_some(number)
    }

    /// Returns the number under a key, if it is a count.
    pub(crate) fn count(&self, key: &str) -> Option<u32> {
        self.node.get(key)?.plain()?.parse().ok()
    }

    /// Returns the strings of the list under a key; a single string is a list of one.
    pub(crate) fn texts(&self, key: &str) -> Vec<&'d str> {
        let Some(node) = self.node.get(key) else { return Vec::new() };
        match node.text() {
            Some(text) => vec![text],
            None => node.items().iter().filter_map(Node::text).collect(),
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.node.is_null()
    }

    pub(crate) fn is_map(&self) -> bool {
        matches!(self.node.kind, NodeKind::Map(_))
    }

    /// Returns the value with its contents.
    pub(crate) fn tree(&self) -> Tree {
        self.node.tree()
    }

    /// Resolves a reference; other values are returned unchanged. The error describes an unresolved reference.
    pub(crate) fn follow(&self) -> Result<Self, Remark> {
        let mut at = self.clone();
        for _ in 0..CHAIN_LIMIT {
            let Some(reference) = at.text_of("$ref") else { return Ok(at) };
            at = at.target(reference)?;
        }
        Err(self.remark("this reference leads round in a circle"))
    }

    pub(crate) fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Creates a message about this location.
    pub(crate) fn remark(&self, message: impl Into<String>) -> Remark {
        let pointer =
            if self.pointer.is_empty() { "/".to_owned() } else { self.pointer.clone() };
        Remark { pointer, line: self.node.line, message: message.into() }
    }

    fn target(&self, reference: &str) -> Result<Self, Remark> {
        let Some(pointer) = reference.strip_prefix('#') else {
            return Err(self.remark(format!(
                "`{reference}` leads to another file, and only this one is read"
            )));
        };
        let mut at = self.document.top();
        for part in pointer.split('/').skip(1) {
            let part = decoded(part);
            let next = match &at.node.kind {
                NodeKind::List(_) => {
                    part.parse().ok().and_then(|index: usize| at.items().nth(index))
                }
                _ => at.get(&part),
            };
            at =
                next.ok_or_else(|| self.remark(format!("`{reference}` leads nowhere")))?;
        }
        Ok(at)
    }

    fn inner(&self, node: &'d Node, key: &str) -> Self {
        let pointer = pointer::join(&self.pointer, key);
        Self { document: self.document, node, pointer }
    }
}

/// Decodes a part of a pointer.
pub(crate) fn decoded(part: &str) -> String {
    let part = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
    pointer::unescape(&part)
}
