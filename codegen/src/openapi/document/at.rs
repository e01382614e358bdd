//! Locations in a document: a value, its path, and the references from there.

use super::{Remark, Renamed};
use crate::yaml::{Node, NodeKind, Tree};

/// Maximum length of a chain of references.
const CHAIN_LIMIT: usize = 32;

/// A value and its path.
#[derive(Debug, Clone)]
pub(crate) struct At<'d> {
    top: &'d Node,
    renamed: Option<&'d Renamed>,
    node: &'d Node,
    pointer: String,
}

impl<'d> At<'d> {
    /// Returns the whole document.
    pub(super) fn top(root: &'d Node, renamed: Option<&'d Renamed>) -> Self {
        Self { top: root, renamed, node: root, pointer: String::new() }
    }

    /// Returns the name of the schema at this location, if it is a named one.
    pub(crate) fn schema_name(&self) -> Option<&str> {
        let name = self.pointer.strip_prefix("/components/schemas/")?;
        let renamed = self.renamed.and_then(|renamed| renamed.get(name));
        (!name.contains('/')).then(|| renamed.map_or(name, String::as_str))
    }

    /// Returns the value of a key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| self.inner(node, key))
    }

    /// Iterates over the entries of a map, in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'d str, Self)> {
        self.node
            .entries()
            .map(|(key, node)| (key.text.as_str(), self.inner(node, &key.text)))
    }

    /// Iterates over the items of a list.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> {
        self.node
            .items()
            .iter()
            .enumerate()
            .map(|(index, node)| self.inner(node, &index.to_string()))
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

    /// Returns the string under a key.
    pub(crate) fn text_of(&self, key: &str) -> Option<&'d str> {
        self.node.get(key).filter(|node| !node.is_null()).and_then(Node::text)
    }

    /// Returns true if the boolean under a key is set.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::flag).unwrap_or(false)
    }

    /// Returns the number under a key.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        self.node
            .get(key)?
            .plain()?
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
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

    /// Returns true if it is null.
    pub(crate) fn is_null(&self) -> bool {
        self.node.is_null()
    }

    /// Returns true if it is a map.
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

    /// Returns the JSON pointer.
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
        let mut at = Self::top(self.top, self.renamed);
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
        let key = key.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{}/{key}", self.pointer);
        Self { top: self.top, renamed: self.renamed, node, pointer }
    }
}

/// Decodes a part of a pointer.
pub(crate) fn decoded(part: &str) -> String {
    let part = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
    part.replace("~1", "/").replace("~0", "~")
}
