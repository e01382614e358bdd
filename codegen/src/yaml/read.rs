//! Parses YAML into a tree.
//!
//! Takes the text of a file; returns its values with their locations, and YAML errors as diagnostics. Independent of the
//! meaning of keys and values.

use std::collections::BTreeMap;

use serde_yaml::granit_parser::{
    self, Event, Parser, ScalarStyle, Span as Place, StructureStyle,
};

use super::{Key, Node, NodeKind, Pairs, syntax};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span, offset};

/// A subset of YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The subset for files of a description: one document of maps, lists and scalars. Anchors, aliases, merge keys and tags
    /// are rejected, so that files are explicit and cannot expand when they are parsed.
    Description,
    /// The subset for other documents. Tags are ignored; aliases are expanded, up to a limit. Parsing stops at the first
    /// error.
    Document,
}

impl Dialect {
    /// Maximum nesting of collections, in block or flow notation.
    fn nesting_limit(self) -> usize {
        match self {
            Self::Description => 64,
            Self::Document => 128,
        }
    }
}

/// Maximum number of values of a file, after expansion of aliases.
const COUNT_LIMIT: usize = 4_000_000;
/// Maximum number of values from the expansion of aliases.
const EXPANSION_LIMIT: usize = 1_000_000;
/// Maximum nesting of collections, after expansion of aliases.
const DEPTH_LIMIT: usize = 256;

/// Parses a file. Returns `None` if it is not YAML.
pub(crate) fn read(
    file: FileId,
    text: &str,
    dialect: Dialect,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let strict = dialect == Dialect::Description;
    let options = granit_parser::options! {
        emit_comments: false,
        disallow_directives: strict,
        emit_unresolved_aliases: strict,
        flow_nesting_limit: dialect.nesting_limit(),
        block_nesting_limit: dialect.nesting_limit(),
    };
    let mut builder = Builder {
        file,
        text,
        dialect,
        diagnostics,
        open: Vec::new(),
        anchors: BTreeMap::new(),
        root: None,
        nodes: 0,
        expanded: 0,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, place)) => builder.take(event, &place)?,
            Err(error) => {
                builder.diagnostics.push(syntax::explain(file, text, &error));
                return None;
            }
        }
        if !strict && builder.diagnostics.has_errors() {
            return None;
        }
    }
    if builder.root.is_none() {
        let span = Span::start_of(file);
        builder.diagnostics.error(Code::EmptyFile, span, "this file is empty");
    }
    builder.root
}

/// Builds a tree from the events of the parser.
struct Builder<'a> {
    file: FileId,
    text: &'a str,
    dialect: Dialect,
    diagnostics: &'a mut Diagnostics,
    open: Vec<Open>,
    /// Values with an anchor, and their depths.
    anchors: BTreeMap<usize, (Node, usize)>,
    root: Option<Node>,
    nodes: usize,
    /// Values from the expansion of aliases.
    expanded: usize,
}

/// An unfinished collection.
struct Open {
    node: Node,
    anchor: usize,
    /// Maximum depth of its values.
    depth: usize,
    /// Key of the next value of a map.
    key: Option<Key>,
}

impl Builder<'_> {
    /// Processes the next event. Returns `None` if the rest of the file is not parsed.
    fn take(&mut self, event: Event<'_>, place: &Place) -> Option<()> {
        let span = self.span(place);
        let line = offset(place.start.line());
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.diagnostics.push(syntax::DOCUMENTS.at(span));
                return None;
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_properties(span, place, anchor, tag.is_some());
                let plain = style == ScalarStyle::Plain;
                let kind = NodeKind::Scalar { text: text.into_owned(), plain };
                let node = self.node(span, line, true, kind);
                self.attach(node, anchor, 0);
            }
            Event::Alias(anchor) => self.alias(span, line, anchor),
            Event::UnresolvedAlias(_) => self.alias(span, line, 0),
            Event::SequenceStart(style, anchor, ref tag)
            | Event::MappingStart(style, anchor, ref tag) => {
                self.refuse_properties(span, place, anchor, tag.is_some());
                let kind = match event {
                    Event::MappingStart(..) => NodeKind::Map(Pairs::new()),
                    _ => NodeKind::List(Vec::new()),
                };
                let node = self.node(span, line, style == StructureStyle::Flow, kind);
                self.open.push(Open { node, anchor, depth: 0, key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            _ => {}
        }
        Some(())
    }

    /// Rejects an alias in a description, and expands it in a document.
    fn alias(&mut self, span: Span, line: u32, anchor: usize) {
        if self.dialect == Dialect::Description {
            self.diagnostics.push(syntax::ANCHORS.at(span));
            let node = self.node(span, line, true, NodeKind::Refused);
            return self.attach(node, 0, 0);
        }
        let Some((node, depth)) = self.anchors.get(&anchor).cloned() else {
            self.diagnostics.error(Code::Anchor, span, "an alias of its own parent");
            return;
        };
        self.expanded += node.count();
        self.attach(node, 0, depth);
    }

    fn node(&mut self, span: Span, line: u32, flow: bool, kind: NodeKind) -> Node {
        self.nodes += 1;
        Node { span, line, flow, kind }
    }

    /// Closes the innermost collection. In block notation, it ends with its last value.
    fn end(&mut self, close: Span) {
        let Some(Open { mut node, anchor, depth, .. }) = self.open.pop() else { return };
        let last = match &node.kind {
            NodeKind::List(items) => items.last(),
            NodeKind::Map(entries) => entries.last().map(|(_, (_, value))| value),
            _ => None,
        };
        let last = last.map(|last| last.span.end);
        let end = if node.flow { Some(close.end) } else { last };
        node.span.end = end.unwrap_or(node.span.end).max(node.span.start);
        node.span = self.first_line(node.span);
        self.attach(node, anchor, depth + 1);
    }

    /// Adds a finished value to its parent.
    fn attach(&mut self, node: Node, anchor: usize, depth: usize) {
        let count = self.nodes + self.expanded;
        if count > COUNT_LIMIT || self.expanded > EXPANSION_LIMIT || depth > DEPTH_LIMIT
        {
            let message = "the size of this file exceeds the maximum";
            self.diagnostics.error(Code::BadYaml, node.span, message);
        }
        if anchor > 0 && self.dialect == Dialect::Document {
            self.anchors.insert(anchor, (node.clone(), depth));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.depth = open.depth.max(depth);
        match (&mut open.node.kind, open.key.take()) {
            (NodeKind::List(items), _) => items.push(node),
            (NodeKind::Map(entries), Some(key)) => {
                self.diagnostics.extend(insert(entries, key, node));
            }
            _ => open.key = Some(as_key(node, self.dialect, self.diagnostics)),
        }
    }

    fn refuse_properties(
        &mut self,
        span: Span,
        place: &Place,
        anchor: usize,
        tag: bool,
    ) {
        if self.dialect == Dialect::Document {
            return;
        }
        if anchor > 0 {
            self.diagnostics.push(syntax::ANCHORS.at(span));
        }
        if tag {
            let tag = place.tag_span().map_or(span, |tag| self.span(&tag));
            self.diagnostics.push(syntax::TAGS.at(tag));
        }
    }

    fn span(&self, place: &Place) -> Span {
        let range = place.byte_range().unwrap_or_default();
        self.first_line(Span::of(self.file, range))
    }

    /// Returns the first line of a span, without trailing white space.
    fn first_line(&self, span: Span) -> Span {
        let text =
            self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end();
        Span { end: span.start + offset(line.len()), ..span }
    }
}

/// Adds an entry. Of several with the same key, the first is kept.
fn insert(entries: &mut Pairs, key: Key, mut value: Node) -> Option<Diagnostic> {
    if value.span.is_empty() {
        value.span = key.span;
    }
    if let Some((first, _)) = entries.get(&key.text) {
        return Some(syntax::duplicate_key(&key.text, key.span, first.span));
    }
    if !key.refused {
        entries.insert(key.text.clone(), (key, value));
    }
    None
}

fn as_key(node: Node, dialect: Dialect, diagnostics: &mut Diagnostics) -> Key {
    let (span, line) = (node.span, node.line);
    let mut refused = |diagnostic: Diagnostic, text| {
        diagnostics.push(diagnostic);
        Key { text, span, line, refused: true }
    };
    match node.kind {
        NodeKind::Scalar { text, plain: true }
            if text == "<<" && dialect == Dialect::Description =>
        {
            refused(syntax::MERGE_KEYS.at(span), text)
        }
        NodeKind::Scalar { text, .. } => Key { text, span, line, refused: false },
        NodeKind::Refused => Key { text: String::new(), span, line, refused: true },
        NodeKind::List(_) | NodeKind::Map(_) => {
            refused(syntax::COLLECTIONS_AS_KEYS.at(span), String::new())
        }
    }
}
