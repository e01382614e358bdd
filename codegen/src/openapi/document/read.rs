//! From text to values. JSON is read as the YAML that it is.
//!
//! What the format of a description refuses is taken here, since documents are written by others: keys that are
//! numbers, anchors and aliases. Aliases are written out, up to a limit.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_yaml::granit_parser::{self, Event, Parser, ScalarStyle, Span};

use super::{Node, NodeKind, Remark};

/// Texts beyond this size are no documents.
const SIZE_LIMIT: usize = 64 << 20;
/// Collections inside collections.
const NESTING_LIMIT: usize = 128;
/// Values of a document, with its aliases written out.
const COUNT_LIMIT: usize = 1_000_000;
/// Collections inside collections, with aliases written out.
const DEPTH_LIMIT: usize = 256;

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Node, Remark> {
    if text.len() > SIZE_LIMIT {
        return Err(problem(0, "this file is larger than 64 MiB"));
    }
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: NESTING_LIMIT,
        block_nesting_limit: NESTING_LIMIT,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = Builder::default();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, place) =
            event.map_err(|error| problem(error.marker().line(), error.info()))?;
        builder.take(event, &place)?;
    }
    builder.root.ok_or_else(|| problem(0, "there is nothing in this file"))
}

fn problem(line: usize, message: impl Into<String>) -> Remark {
    Remark { pointer: String::new(), line: number(line), message: message.into() }
}

fn number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// Puts the events of the parser together.
#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    /// Values with a name, and how deep they go.
    anchors: BTreeMap<usize, (Node, usize)>,
    root: Option<Node>,
    count: usize,
}

/// A collection whose end has not been seen.
struct Open {
    line: u32,
    anchor: usize,
    /// How deep its values go.
    depth: usize,
    kind: OpenKind,
}

/// How much a finished value brings.
#[derive(Debug, Clone, Copy)]
struct Size {
    /// Values that were not counted yet.
    count: usize,
    /// Collections inside of each other.
    depth: usize,
}

enum OpenKind {
    List(Vec<Node>),
    Map { entries: IndexMap<String, Node>, key: Option<String> },
}

impl Builder {
    fn take(&mut self, event: Event<'_>, place: &Span) -> Result<(), Remark> {
        let at = place.start.line();
        let line = number(at);
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                return Err(problem(at, "a second document begins here"));
            }
            Event::Scalar(text, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                let node =
                    Node::new(line, NodeKind::Scalar { text: text.into_owned(), plain });
                self.attach(node, anchor, Size { count: 1, depth: 0 }, at)?;
            }
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                let node =
                    node.ok_or_else(|| problem(at, "an alias of what it is part of"))?;
                let (node, depth) = node;
                let count = node.count();
                self.attach(node, 0, Size { count, depth }, at)?;
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open.push(Open {
                    line,
                    anchor,
                    depth: 0,
                    kind: OpenKind::List(Vec::new()),
                });
            }
            Event::MappingStart(_, anchor, _) => {
                let kind = OpenKind::Map { entries: IndexMap::new(), key: None };
                self.open.push(Open { line, anchor, depth: 0, kind });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(at)?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, at: usize) -> Result<(), Remark> {
        let Some(Open { line, anchor, depth, kind }) = self.open.pop() else {
            return Ok(());
        };
        let kind = match kind {
            OpenKind::List(items) => NodeKind::List(items),
            OpenKind::Map { entries, .. } => NodeKind::Map(entries),
        };
        self.attach(
            Node::new(line, kind),
            anchor,
            Size { count: 1, depth: depth + 1 },
            at,
        )
    }

    /// Puts a finished value where it belongs.
    fn attach(
        &mut self,
        node: Node,
        anchor: usize,
        size: Size,
        at: usize,
    ) -> Result<(), Remark> {
        self.count += size.count;
        if self.count > COUNT_LIMIT || size.depth > DEPTH_LIMIT {
            return Err(problem(at, "there is more in this file than can be read"));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), size.depth));
        }
        if let Some(open) = self.open.last_mut() {
            open.depth = open.depth.max(size.depth);
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::List(items)) => items.push(node),
            Some(OpenKind::Map { entries, key }) => match key.take() {
                None => *key = Some(new_key(&node, entries, at)?),
                Some(key) => _ = entries.insert(key, node),
            },
        }
        Ok(())
    }
}

/// A value as the next key of a map.
fn new_key(
    node: &Node,
    entries: &IndexMap<String, Node>,
    at: usize,
) -> Result<String, Remark> {
    let Some(text) = node.text() else { return Err(problem(at, "this key is no text")) };
    if entries.contains_key(text) {
        return Err(problem(at, format!("the key `{text}` is there twice")));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_keys_are_text() {
        let root = read("200: { a: 1 }\n'201': {}\n").unwrap();
        assert_eq!(
            root.get("200").and_then(|inner| inner.get("a")).and_then(Node::text),
            Some("1")
        );
        assert!(root.get("201").is_some());
    }

    #[test]
    fn json_is_read_with_lines() {
        let root = read("{\n\t\"a\": [\n\t\t{\"b\": \"\\u00e9\"}\n\t]\n}\n").unwrap();
        let item = &root.get("a").unwrap().items()[0];
        assert_eq!((item.line, item.get("b").and_then(Node::text)), (3, Some("é")));
    }

    #[test]
    fn aliases_are_written_out_up_to_a_limit() {
        let root = read("a: &a { b: 1 }\nc: *a\n").unwrap();
        assert_eq!(
            root.get("c").and_then(|alias| alias.get("b")).and_then(Node::text),
            Some("1")
        );
        let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (name, inner) in ('b'..='k').zip('a'..='j') {
            let items = vec![format!("*{inner}"); 10].join(", ");
            bomb.extend([format!("{name}: &{name} [{items}]\n")]);
        }
        assert!(read(&bomb).unwrap_err().message.contains("more in this file"));
    }

    #[test]
    fn what_cannot_be_read_has_a_line() {
        for (text, line) in [
            ("a: 1\na: 2\n", 2),
            ("a: [\n", 1),
            ("a: 1\n---\nb: 2\n", 2),
            ("a: &a [*a]\n", 1),
        ] {
            assert_eq!(read(text).unwrap_err().line, line, "{text}");
        }
        assert_eq!(read("").unwrap_err().line, 0);
    }
}
