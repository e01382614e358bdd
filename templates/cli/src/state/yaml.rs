//! YAML text: the values of each document, and where each of them is written.
//!
//! The text of a file goes in; documents with positions come out, or the first error of the syntax. What the values mean
//! is not known here.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_yaml::granit_parser::{Event, Options, Parser, ScalarStyle};

/// A line and a column, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// An error of the syntax.
#[derive(Debug)]
pub(super) struct SyntaxError {
    pub(super) position: Option<Position>,
    pub(super) message: String,
}

/// A document that is not empty.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) value: Value,
    pub(super) positions: Positions,
}

/// Locations of the values of a document, by path: `a.b[0].c`.
#[derive(Debug, Default)]
pub(super) struct Positions(BTreeMap<String, Position>);

impl Positions {
    /// The position of a path, or of the innermost value around it that has one.
    pub(super) fn find(&self, path: &str) -> Option<Position> {
        let mut path = path;
        loop {
            if let Some(position) = self.0.get(path) {
                return Some(*position);
            }
            if path.is_empty() {
                return None;
            }
            path = &path[..path.rfind(['.', '[']).unwrap_or(0)];
        }
    }
}

/// Reads all documents of a text.
pub(super) fn read(text: &str) -> Result<Vec<Document>, SyntaxError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options = serde_yaml::options! { with_snippet: false };
    let values: Vec<Value> = serde_yaml::from_multiple_with_options(text, options)
        .map_err(|error| {
            let at = error.location().and_then(|at| {
                let (line, column) = (at.line().try_into(), at.column().try_into());
                Some(Position { line: line.ok()?, column: column.ok()? })
            });
            let line = at.and_then(|at| text.lines().nth(at.line.checked_sub(1)?));
            SyntaxError { position: at, message: message(&error.to_string(), line) }
        })?;
    let positions = positions(text);
    let mut positions = positions.into_iter();
    let documents = values.into_iter().map(|value| Document {
        value,
        positions: positions.next().unwrap_or_default(),
    });
    Ok(documents.collect())
}

/// The first line of a message, without the position that is printed before it, and advice for a frequent mistake.
fn message(text: &str, line: Option<&str>) -> String {
    let first = text.lines().next().unwrap_or_default();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    let what = &first[..first.rfind(" at line ").unwrap_or(first.len())];
    // Advice for programs that call the parser.
    let what = &what[..what.find(", set ").unwrap_or(what.len())];
    if what.starts_with("budget breached") {
        return "too large or too deeply nested for one file; split it into several"
            .to_owned();
    }
    let unquoted = |line: &str| line.contains("${") && line.contains(['{', '[']);
    if line.is_some_and(unquoted) {
        return format!(
            "{what}; within {{ }} and [ ], write references and placeholders in quotes"
        );
    }
    what.to_owned()
}

/// The positions of each document that is not empty.
fn positions(text: &str) -> Vec<Positions> {
    let mut finder = Finder::default();
    for event in Parser::new_from_str_with_options(text, Options::default()) {
        // The values were read, so that there is no error here.
        let Ok((event, span)) = event else { break };
        let start = span.start;
        finder.take(event, Position { line: start.line(), column: start.col() + 1 });
    }
    finder.documents
}

/// Follows the events of the parser.
#[derive(Default)]
struct Finder {
    documents: Vec<Positions>,
    current: Positions,
    open: Vec<Open>,
    /// True if the current document has a value.
    filled: bool,
}

/// A collection whose end has not been seen, and its path.
struct Open {
    path: String,
    kind: OpenKind,
}

enum OpenKind {
    List(usize),
    Map { key: Option<(String, Position)> },
}

impl Finder {
    fn take(&mut self, event: Event<'_>, at: Position) {
        match event {
            Event::Scalar(text, style, ..) => {
                let null = style == ScalarStyle::Plain
                    && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                self.filled |= !null || !self.open.is_empty();
                if let Some(Open { kind: OpenKind::Map { key: key @ None }, .. }) =
                    self.open.last_mut()
                {
                    *key = Some((text.into_owned(), at));
                } else {
                    self.value(at);
                }
            }
            Event::Alias(_) => _ = self.value(at),
            Event::SequenceStart(..) => self.begin(at, OpenKind::List(0)),
            Event::MappingStart(..) => self.begin(at, OpenKind::Map { key: None }),
            Event::SequenceEnd | Event::MappingEnd => _ = self.open.pop(),
            Event::DocumentEnd => {
                let document = std::mem::take(&mut self.current);
                self.documents.extend(self.filled.then_some(document));
                self.filled = false;
            }
            _ => {}
        }
    }

    fn begin(&mut self, at: Position, kind: OpenKind) {
        self.filled = true;
        let path = self.value(at);
        self.open.push(Open { path, kind });
    }

    /// Records the position of the value that begins here, which is that of its key in a map, and returns its path.
    fn value(&mut self, at: Position) -> String {
        let (path, at) = match self.open.last_mut() {
            None => (String::new(), at),
            Some(Open { path, kind: OpenKind::List(index) }) => {
                *index += 1;
                (format!("{path}[{}]", *index - 1), at)
            }
            Some(Open { path, kind: OpenKind::Map { key } }) => {
                let (key, at) = key.take().unwrap_or((String::new(), at));
                let path = if path.is_empty() { key } else { format!("{path}.{key}") };
                (path, at)
            }
        };
        self.current.0.entry(path.clone()).or_insert(at);
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(document: &Document, path: &str) -> (usize, usize) {
        let position = document.positions.find(path).unwrap();
        (position.line, position.column)
    }

    #[test]
    fn documents_have_positions() {
        let text = "# nothing\n---\na:\n  b: [1, {c: x}]\n---\n~\n---\n\"é\": 1\nd: &x\n  e: 2\nf: *x\n";
        let documents = read(text).unwrap();
        assert_eq!(documents.len(), 2, "{documents:?}");
        let (first, second) = (&documents[0], &documents[1]);
        assert_eq!((at(first, "a"), at(first, "a.b")), ((3, 1), (4, 3)));
        assert_eq!((at(first, "a.b[0]"), at(first, "a.b[1].c")), ((4, 7), (4, 11)));
        assert_eq!(at(first, "a.b[1].missing"), (4, 10));
        assert_eq!((at(second, "é"), at(second, "d.e")), ((8, 1), (10, 3)));
        assert_eq!(second.value["f"]["e"], 2);
        assert_eq!(at(second, "f.e"), (11, 1));
    }

    #[test]
    fn errors_have_positions() {
        for (text, line) in
            [("a: [1\n", 1), ("a: 1\na: 2\n", 2), ("a:\n  b: 1\n c: 2\n", 3)]
        {
            let error = read(text).unwrap_err();
            assert!(error.position.is_some_and(|at| at.line >= line), "{error:?}");
            assert!(!error.message.contains(" at line "), "{error:?}");
            assert!(!error.message.contains("Policy"), "{error:?}");
        }
        assert!(read("").unwrap().is_empty());
        let many = "a:\n".to_owned() + &"- [1, 2, 3]\n".repeat(100_000);
        let error = read(&many).unwrap_err();
        assert!(error.message.contains("split it into several"), "{error:?}");
    }
}
