//! Values with their places.

use indexmap::IndexMap;

use super::scalar::{Scalar, resolve};
use super::{Map, Tree};
use crate::diagnostic::Span;

/// A value.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Tells it from all others of the file.
    pub(crate) id: usize,
    /// Where it was written, as far as its first line goes. For a value that is left empty, the key.
    pub(crate) span: Span,
    /// The line it begins in, counted from 1.
    pub(crate) line: u32,
    /// It stands between brackets.
    pub(crate) flow: bool,
    pub(crate) kind: NodeKind,
}

#[derive(Debug, Clone)]
pub(crate) enum NodeKind {
    /// Text. In quotes or as a block it is a string; plain, it may be a number, a flag or nothing.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Pairs),
    /// Something that was complained about already.
    Refused,
}

/// The entries of a map by key, in order.
pub(crate) type Pairs = IndexMap<String, (Key, Node)>;

/// A key of a map. It is always text, even where it looks like a number.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) span: Span,
    /// The line it stands in, counted from 1.
    pub(crate) line: u32,
    /// It was complained about already.
    pub(super) refused: bool,
}

impl Key {
    /// A key that was not read from a file.
    pub(crate) fn new(text: String, line: u32) -> Self {
        Self { text, span: Span::NOWHERE, line, refused: false }
    }
}

impl Node {
    /// A value that was not read from a file.
    pub(crate) fn new(line: u32, kind: NodeKind) -> Self {
        Self { id: 0, span: Span::NOWHERE, line, flow: true, kind }
    }

    /// What a key of a map stands for.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            NodeKind::Map(entries) => entries.get(key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The entries of a map; none for what is no map.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &(Key, Self)> {
        let entries = match &self.kind {
            NodeKind::Map(entries) => Some(entries.values()),
            _ => None,
        };
        entries.into_iter().flatten()
    }

    /// The items of a list; none for what is no list.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.kind {
            NodeKind::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a scalar, whatever it stands for.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar that has no quotes.
    pub(crate) fn plain(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, plain: true } => Some(text),
            _ => None,
        }
    }

    /// Whether it stands for nothing.
    pub(crate) fn is_null(&self) -> bool {
        self.plain().is_some_and(|text| resolve(text) == Scalar::Null)
    }

    /// A flag.
    pub(crate) fn flag(&self) -> Option<bool> {
        match resolve(self.plain()?) {
            Scalar::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// The value with all in it, without its places.
    pub(crate) fn tree(&self) -> Tree {
        match &self.kind {
            NodeKind::List(items) => items.iter().map(Self::tree).collect(),
            NodeKind::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, (_, value))| (key, value.tree()));
                Tree::Map(entries.collect::<Map>())
            }
            NodeKind::Scalar { text, plain: false } => Tree::from(text),
            NodeKind::Scalar { text, plain: true } => match resolve(text) {
                Scalar::Null => Tree::Null,
                Scalar::Flag(flag) => Tree::Bool(flag),
                Scalar::Number(number) => Tree::Number(number),
                Scalar::Text => Tree::from(text),
            },
            NodeKind::Refused => Tree::Null,
        }
    }

    /// Number of values in it, itself included.
    pub(super) fn count(&self) -> usize {
        let inner: usize = match &self.kind {
            NodeKind::Scalar { .. } | NodeKind::Refused => 0,
            NodeKind::List(items) => items.iter().map(Self::count).sum(),
            NodeKind::Map(entries) => {
                entries.values().map(|(_, value)| value.count()).sum()
            }
        };
        inner + 1
    }
}
