//! YAML text as a tree.
//!
//! Enters the text of a file; leaves its values with their places, and what is wrong with them as YAML. Does not know
//! which keys and values a description may have.
//!
//! Only what a description needs is taken: one document of maps, lists and scalars. Anchors, aliases, merge keys and
//! tags are refused, so a file means what it shows and cannot grow when it is read.

use std::collections::BTreeMap;

use serde_yaml::granit_parser::{
    self, Event, Parser, ScalarStyle, Span as Place, StructureStyle,
};

use super::{refuse, syntax};
use crate::diagnostic::{Diagnostics, FileId, Span};

/// A value.
#[derive(Debug)]
pub(crate) struct Node {
    /// Tells it from all others of the file.
    pub(crate) id: usize,
    /// Where it was written, as far as its first line goes. For a value that is left empty, the key.
    pub(crate) span: Span,
    pub(crate) kind: NodeKind,
}

#[derive(Debug)]
pub(crate) enum NodeKind {
    /// Text. In quotes or as a block it is a string; plain, it may be a number, a flag or nothing.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
    /// Something that was complained about already.
    Refused,
}

/// A key of a map. It is always text, even where it looks like a number.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) span: Span,
    /// It was complained about already.
    refused: bool,
}

/// Collections inside collections, of either notation.
const NESTING_LIMIT: usize = 64;

/// Reads a file. Nothing comes back where it is not YAML at all.
pub(crate) fn read(
    file: FileId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let options = granit_parser::options! {
        emit_comments: false,
        disallow_directives: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: NESTING_LIMIT,
        block_nesting_limit: NESTING_LIMIT,
    };
    let mut builder =
        Builder { file, text, diagnostics, open: Vec::new(), root: None, nodes: 0 };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, place)) => builder.take(event, &place)?,
            Err(error) => {
                builder.diagnostics.push(syntax::explain(file, text, &error));
                return None;
            }
        }
    }
    if builder.root.is_none() {
        builder.diagnostics.push(refuse::empty_file(file));
    }
    builder.root
}

/// Puts the events of the parser together.
struct Builder<'a> {
    file: FileId,
    text: &'a str,
    diagnostics: &'a mut Diagnostics,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
}

/// A collection whose end has not been seen.
struct Open {
    span: Span,
    flow: bool,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map { entries: Vec<(Key, Node)>, key: Option<Key> },
}

impl Builder<'_> {
    /// Takes the next event; nothing where the rest of the file is not worth reading.
    fn take(&mut self, event: Event<'_>, place: &Place) -> Option<()> {
        let span = self.span(place);
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.diagnostics.push(refuse::several_documents(span));
                return None;
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_properties(span, place, anchor, tag.is_some());
                let plain = style == ScalarStyle::Plain;
                self.attach(span, NodeKind::Scalar { text: text.into_owned(), plain });
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.diagnostics.push(refuse::no_anchors(span));
                self.attach(span, NodeKind::Refused);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.refuse_properties(span, place, anchor, tag.is_some());
                self.begin(span, style, OpenKind::List(Vec::new()));
            }
            Event::MappingStart(style, anchor, tag) => {
                self.refuse_properties(span, place, anchor, tag.is_some());
                self.begin(
                    span,
                    style,
                    OpenKind::Map { entries: Vec::new(), key: None },
                );
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            _ => {}
        }
        Some(())
    }

    fn begin(&mut self, span: Span, style: StructureStyle, kind: OpenKind) {
        self.open.push(Open { span, flow: style == StructureStyle::Flow, kind });
    }

    /// Closes the innermost collection. In block notation it ends where its last value does.
    fn end(&mut self, close: Span) {
        let Some(Open { mut span, flow, kind }) = self.open.pop() else { return };
        let (kind, last) = match kind {
            OpenKind::List(items) => {
                let last = items.last().map(|item| item.span.end);
                (NodeKind::List(items), last)
            }
            OpenKind::Map { entries, .. } => {
                let last = entries.last().map(|(_, value)| value.span.end);
                (NodeKind::Map(self.without_duplicates(entries)), last)
            }
        };
        let end = if flow { Some(close.end) } else { last };
        span.end = end.unwrap_or(span.end).max(span.start);
        self.attach(self.first_line(span), kind);
    }

    /// Puts a finished value where it belongs.
    fn attach(&mut self, span: Span, kind: NodeKind) {
        self.nodes += 1;
        let node = Node { id: self.nodes, span, kind };
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::List(items)) => items.push(node),
            Some(OpenKind::Map { entries, key }) => match key.take() {
                None => *key = Some(as_key(node, self.diagnostics)),
                Some(key) => entries.push(with_place(key, node)),
            },
        }
    }

    /// The first of the entries with the same key is kept.
    fn without_duplicates(&mut self, entries: Vec<(Key, Node)>) -> Vec<(Key, Node)> {
        let mut seen = BTreeMap::new();
        let mut kept = Vec::new();
        for (key, value) in entries {
            match seen.get(&key.text) {
                Some(first) => {
                    self.diagnostics
                        .push(refuse::duplicate_key(&key.text, key.span, *first));
                }
                None if key.refused => {}
                None => {
                    seen.insert(key.text.clone(), key.span);
                    kept.push((key, value));
                }
            }
        }
        kept
    }

    fn refuse_properties(
        &mut self,
        span: Span,
        place: &Place,
        anchor: usize,
        tag: bool,
    ) {
        if anchor > 0 {
            self.diagnostics.push(refuse::no_anchors(span));
        }
        if tag {
            let tag = place.tag_span().map_or(span, |tag| self.span(&tag));
            self.diagnostics.push(refuse::no_tags(tag));
        }
    }

    fn span(&self, place: &Place) -> Span {
        let range = place.byte_range().unwrap_or_default();
        self.first_line(Span::new(self.file, offset(range.start), offset(range.end)))
    }

    /// The place as far as its first line goes, without white space at its end.
    fn first_line(&self, span: Span) -> Span {
        let text =
            self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end();
        Span { end: span.start + offset(line.len()), ..span }
    }
}

/// Files are far smaller than this can count.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A value that is left empty is complained about at its key.
fn with_place(key: Key, mut value: Node) -> (Key, Node) {
    if value.span.is_empty() {
        value.span = key.span;
    }
    (key, value)
}

fn as_key(node: Node, diagnostics: &mut Diagnostics) -> Key {
    let span = node.span;
    match node.kind {
        NodeKind::Scalar { text, plain: true } if text == "<<" => {
            diagnostics.push(refuse::no_merge_keys(span));
            Key { text, span, refused: true }
        }
        NodeKind::Scalar { text, .. } => Key { text, span, refused: false },
        NodeKind::Refused => Key { text: String::new(), span, refused: true },
        NodeKind::List(_) | NodeKind::Map(_) => {
            diagnostics.push(refuse::key_not_text(span));
            Key { text: String::new(), span, refused: true }
        }
    }
}
