//! The values of a document, with their lines.

use indexmap::IndexMap;
use serde_json::Number;

use super::super::{Map, Tree};

/// A value.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The line it begins in, counted from 1.
    pub(crate) line: u32,
    pub(crate) kind: NodeKind,
}

#[derive(Debug, Clone)]
pub(crate) enum NodeKind {
    /// Text. Plain, it may be a number, a flag or nothing.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(IndexMap<String, Node>),
}

impl Node {
    pub(crate) fn new(line: u32, kind: NodeKind) -> Self {
        Self { line, kind }
    }

    /// What a key of a map stands for.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            NodeKind::Map(entries) => entries.get(key),
            _ => None,
        }
    }

    /// The entries of a map; none for what is no map.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&String, &Self)> {
        let entries = match &self.kind {
            NodeKind::Map(entries) => Some(entries),
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
        self.plain()
            .is_some_and(|text| matches!(text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// A flag.
    pub(crate) fn flag(&self) -> Option<bool> {
        match self.plain()? {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    /// The value with all in it, without its lines.
    pub(crate) fn tree(&self) -> Tree {
        match &self.kind {
            NodeKind::List(items) => items.iter().map(Self::tree).collect(),
            NodeKind::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| (key.as_str(), value.tree()));
                Tree::Map(entries.collect::<Map>())
            }
            NodeKind::Scalar { text, plain: false } => Tree::from(text),
            NodeKind::Scalar { plain: true, .. } if self.is_null() => Tree::Null,
            NodeKind::Scalar { text, plain: true } => match self.flag() {
                Some(flag) => Tree::Bool(flag),
                None => number(text).map_or_else(|| Tree::from(text), Tree::Number),
            },
        }
    }

    /// Number of values in it, itself included.
    pub(crate) fn count(&self) -> usize {
        let inner: usize = match &self.kind {
            NodeKind::Scalar { .. } => 0,
            NodeKind::List(items) => items.iter().map(Self::count).sum(),
            NodeKind::Map(entries) => entries.values().map(Self::count).sum(),
        };
        inner + 1
    }
}

fn number(text: &str) -> Option<Number> {
    let begins =
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    if !begins {
        return None;
    }
    let whole = text.parse().ok().map(|number: i64| Number::from(number));
    whole.or_else(|| Number::from_f64(text.parse().ok()?))
}
