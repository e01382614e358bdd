//! Parses YAML into a tree.
//!
//! Takes the text of a file; returns its values with their locations, and YAML errors as diagnostics. Independent of the
//! meaning of keys and values.

use std::collections::BTreeMap;

use serde_yaml::granit_parser::{
    self, Event, Parser, ScalarStyle, Span as Place, StructureStyle,
};

use super::{Key, Node, NodeKind, Pairs, syntax};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span};

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
        builder.diagnostics.push(syntax::empty_file(file));
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
    span: Span,
    line: u32,
    flow: bool,
    anchor: usize,
    /// Maximum depth of its values.
    depth: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map { entries: Vec<(Key, Node)>, key: Option<Key> },
}

impl Builder<'_> {
    /// Processes the next event. Returns `None` if the rest of the file is not parsed.
    fn take(&mut self, event: Event<'_>, place: &Place) -> Option<()> {
        let span = self.span(place);
        let line = offset(place.start.line());
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.diagnostics.push(syntax::several_documents(span));
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
            Event::SequenceStart(style, anchor, tag) => {
                self.refuse_properties(span, place, anchor, tag.is_some());
                self.begin(span, line, style, anchor, OpenKind::List(Vec::new()));
            }
            Event::MappingStart(style, anchor, tag) => {
                self.refuse_properties(span, place, anchor, tag.is_some());
                let kind = OpenKind::Map { entries: Vec::new(), key: None };
                self.begin(span, line, style, anchor, kind);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            _ => {}
        }
        Some(())
    }

    /// Rejects an alias in a description, and expands it in a document.
    fn alias(&mut self, span: Span, line: u32, anchor: usize) {
        if self.dialect == Dialect::Description {
            self.diagnostics.push(syntax::no_anchors(span));
            let node = self.node(span, line, true, NodeKind::Refused);
            return self.attach(node, 0, 0);
        }
        let Some((node, depth)) = self.anchors.get(&anchor).cloned() else {
            self.diagnostics.push(syntax::endless_alias(span));
            return;
        };
        self.expanded += node.count();
        self.attach(node, 0, depth);
    }

    fn node(&mut self, span: Span, line: u32, flow: bool, kind: NodeKind) -> Node {
        self.nodes += 1;
        Node { span, line, flow, kind }
    }

    fn begin(
        &mut self,
        span: Span,
        line: u32,
        style: StructureStyle,
        anchor: usize,
        kind: OpenKind,
    ) {
        let flow = style == StructureStyle::Flow;
        self.open.push(Open { span, line, flow, anchor, depth: 0, kind });
    }

    /// Closes the innermost collection. In block notation, it ends with its last value.
    fn end(&mut self, close: Span) {
        let Some(Open { mut span, line, flow, anchor, depth, kind }) = self.open.pop()
        else {
            return;
        };
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
        let node = self.node(self.first_line(span), line, flow, kind);
        self.attach(node, anchor, depth + 1);
    }

    /// Adds a finished value to its parent.
    fn attach(&mut self, node: Node, anchor: usize, depth: usize) {
        let count = self.nodes + self.expanded;
        if count > COUNT_LIMIT || self.expanded > EXPANSION_LIMIT || depth > DEPTH_LIMIT
        {
            self.diagnostics.push(syntax::too_large(node.span));
        }
        if anchor > 0 && self.dialect == Dialect::Document {
            self.anchors.insert(anchor, (node.clone(), depth));
        }
        if let Some(open) = self.open.last_mut() {
            open.depth = open.depth.max(depth);
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::List(items)) => items.push(node),
            Some(OpenKind::Map { entries, key }) => match key.take() {
                None => *key = Some(as_key(node, self.dialect, self.diagnostics)),
                Some(key) => entries.push(with_place(key, node)),
            },
        }
    }

    /// Returns the entries without duplicate keys. The first of several is kept.
    fn without_duplicates(&mut self, entries: Vec<(Key, Node)>) -> Pairs {
        let mut kept = Pairs::new();
        for (key, value) in entries {
            match kept.get(&key.text) {
                Some((first, _)) => {
                    let duplicate =
                        syntax::duplicate_key(&key.text, key.span, first.span);
                    self.diagnostics.push(duplicate);
                }
                None if key.refused => {}
                None => _ = kept.insert(key.text.clone(), (key, value)),
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
        if self.dialect == Dialect::Document {
            return;
        }
        if anchor > 0 {
            self.diagnostics.push(syntax::no_anchors(span));
        }
        if tag {
            let tag = place.tag_span().map_or(span, |tag| self.span(&tag));
            self.diagnostics.push(syntax::no_tags(tag));
        }
    }

    fn span(&self, place: &Place) -> Span {
        let range = place.byte_range().unwrap_or_default();
        self.first_line(Span::new(self.file, offset(range.start), offset(range.end)))
    }

    /// Returns the first line of a span, without trailing white space.
    fn first_line(&self, span: Span) -> Span {
        let text =
            self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end();
        Span { end: span.start + offset(line.len()), ..span }
    }
}

/// Converts an offset; files are far smaller than the limit.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Sets the location of an empty value to that of its key.
fn with_place(key: Key, mut value: Node) -> (Key, Node) {
    if value.span.is_empty() {
        value.span = key.span;
    }
    (key, value)
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
            refused(syntax::no_merge_keys(span), text)
        }
        NodeKind::Scalar { text, .. } => Key { text, span, line, refused: false },
        NodeKind::Refused => Key { text: String::new(), span, line, refused: true },
        NodeKind::List(_) | NodeKind::Map(_) => {
            refused(syntax::key_not_text(span), String::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Result<Node, Diagnostic> {
        let mut diagnostics = Diagnostics::new();
        let root = read(FileId(0), text, Dialect::Document, &mut diagnostics);
        root.ok_or_else(|| diagnostics.iter().next().unwrap().clone())
    }

    fn text_at<'n>(node: &'n Node, keys: &[&str]) -> Option<&'n str> {
        keys.iter().try_fold(node, |node, key| node.get(key))?.text()
    }

    #[test]
    fn numbers_as_keys_are_text() {
        let root = document("200: { a: 1 }\n'201': {}\n").unwrap();
        assert_eq!(text_at(&root, &["200", "a"]), Some("1"));
        assert!(root.get("201").is_some());
    }

    #[test]
    fn json_is_read_with_lines() {
        let text = "{\n\t\"a\": [\n\t\t{\"b\": \"\\u00e9\"}\n\t]\n}\n";
        let root = document(text).unwrap();
        let item = &root.get("a").unwrap().items()[0];
        assert_eq!((item.line, text_at(item, &["b"])), (3, Some("é")));
    }

    #[test]
    fn aliases_of_documents_are_written_out_up_to_a_limit() {
        let root = document("a: &a { b: 1 }\nc: *a\n").unwrap();
        assert_eq!(text_at(&root, &["c", "b"]), Some("1"));
        let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (name, inner) in ('b'..='k').zip('a'..='j') {
            let items = vec![format!("*{inner}"); 10].join(", ");
            bomb.extend([format!("{name}: &{name} [{items}]\n")]);
        }
        let error = document(&bomb).unwrap_err();
        assert!(error.message.contains("exceeds the maximum"), "{}", error.message);
        assert!(document("a: &a [*a]\n").is_err());
    }

    #[test]
    fn documents_may_have_more_values_than_aliases_may_add() {
        let text = format!("[{}1]", "1,".repeat(EXPANSION_LIMIT));
        assert_eq!(document(&text).unwrap().items().len(), EXPANSION_LIMIT + 1);
    }
}
