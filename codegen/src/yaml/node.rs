//! Values with their locations.
//!
//! Plain scalars follow the core schema of YAML 1.2, without what JSON cannot represent.

use indexmap::IndexMap;
use serde_json::Number;

use crate::diagnostic::Span;

use super::{Map, Tree};

/// A value.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Location of its first line. For an empty value, the key.
    pub(crate) span: Span,
    /// First line, counted from 1.
    pub(crate) line: u32,
    /// True in flow notation.
    pub(crate) flow: bool,
    pub(crate) kind: NodeKind,
}

#[derive(Debug, Clone)]
pub(crate) enum NodeKind {
    /// A scalar. In quotes or as a block it is a string; plain, it may be a number, a boolean or null.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Pairs),
    /// A value whose error has been reported.
    Refused,
}

/// The entries of a map by key, in order.
pub(crate) type Pairs = IndexMap<String, (Key, Node)>;

/// A key of a map. It is always a string, even if it looks like a number.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) span: Span,
    /// Line, counted from 1.
    pub(crate) line: u32,
    /// True if its error has been reported.
    pub(super) refused: bool,
}

impl Key {
    /// Creates a key without a file.
    pub(crate) fn new(text: String, line: u32) -> Self {
        Self { text, span: Span::NOWHERE, line, refused: false }
    }
}

impl Node {
    /// Returns the value of a key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            NodeKind::Map(entries) => entries.get(key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Returns the entries of a map; none for other values.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &(Key, Self)> {
        let entries = match &self.kind {
            NodeKind::Map(entries) => Some(entries.values()),
            _ => None,
        };
        entries.into_iter().flatten()
    }

    /// Returns the items of a list; none for other values.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.kind {
            NodeKind::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the text of a scalar of any type.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Returns the text of a plain scalar.
    pub(crate) fn plain(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, plain: true } => Some(text),
            _ => None,
        }
    }

    /// Returns the text of a scalar, and its value.
    pub(crate) fn scalar(&self) -> Option<(&str, Scalar)> {
        match &self.kind {
            NodeKind::Scalar { text, plain: true } => Some((text, resolve(text))),
            NodeKind::Scalar { text, plain: false } => Some((text, Scalar::Text)),
            _ => None,
        }
    }

    /// Returns true for null.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self.scalar(), Some((_, Scalar::Null)))
    }

    /// Returns a boolean.
    pub(crate) fn flag(&self) -> Option<bool> {
        match self.scalar() {
            Some((_, Scalar::Flag(flag))) => Some(flag),
            _ => None,
        }
    }

    /// Converts the value to a tree without locations.
    pub(crate) fn tree(&self) -> Tree {
        match (&self.kind, self.scalar()) {
            (NodeKind::List(items), _) => items.iter().map(Self::tree).collect(),
            (NodeKind::Map(entries), _) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, (_, value))| (key, value.tree()));
                Tree::Map(entries.collect::<Map>())
            }
            (_, Some((text, Scalar::Text))) => Tree::from(text),
            (_, Some((_, Scalar::Flag(flag)))) => Tree::Bool(flag),
            (_, Some((_, Scalar::Number(number)))) => Tree::Number(number),
            (_, Some((_, Scalar::Null)) | None) => Tree::Null,
        }
    }

    /// Number of values in it, including itself.
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

/// The value of a scalar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Flag(bool),
    Number(Number),
    Text,
}

/// Returns the value of a plain scalar.
pub(crate) fn resolve(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Flag(true),
        "false" | "False" | "FALSE" => Scalar::Flag(false),
        _ => number(text).map_or(Scalar::Text, Scalar::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let radix = |prefix, radix| {
        let digits =
            text.strip_prefix(prefix).filter(|digits| !digits.starts_with('+'))?;
        u64::from_str_radix(digits, radix).ok()
    };
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return Some(number.into());
    }
    if let Ok(number) = text.parse::<i64>() {
        return Some(number.into());
    }
    if let Ok(number) = text.parse::<u64>() {
        return Some(number.into());
    }
    let looks_right = text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    text.parse().ok().filter(|_| looks_right).and_then(Number::from_f64)
}
