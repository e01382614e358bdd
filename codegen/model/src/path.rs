//! Paths with parameters in braces, `/edges/{edge_id}/routes`, and what belongs to them.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Operation;

/// A path with parameters. In JSON it is a string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PathTemplate(Vec<Segment>);

/// What is between two slashes of a path: `routes`, `{edge_id}`, `{name}.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segment(Vec<Piece>);

/// A piece of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Fixed text.
    Text(String),
    /// The name of a parameter.
    Parameter(String),
}

impl PathTemplate {
    /// Takes a path apart. Braces that enclose no name are text.
    #[must_use]
    pub fn new(path: &str) -> Self {
        let path = path.strip_prefix('/').unwrap_or(path);
        Self(path.split('/').map(Segment::new).collect())
    }

    /// Returns its segments; that of the path `/` is empty.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Returns the names of its parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        let pieces = self.0.iter().flat_map(|segment| &segment.0);
        pieces.filter_map(|piece| match piece {
            Piece::Parameter(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Returns the path with a value in place of each parameter.
    pub fn fill(&self, mut value: impl FnMut(&str) -> String) -> String {
        let mut path = String::new();
        for segment in &self.0 {
            path.push('/');
            for piece in &segment.0 {
                match piece {
                    Piece::Text(text) => path.push_str(text),
                    Piece::Parameter(name) => path.push_str(&value(name)),
                }
            }
        }
        path
    }

    /// Returns the path with `{}` for each parameter: the same for paths that differ in the names of parameters only.
    #[must_use]
    pub fn pattern(&self) -> String {
        self.fill(|_| "{}".to_owned())
    }

    /// Returns the values of its parameters, if the parts of a request's path match it. None of them is empty.
    pub fn arguments<'r>(
        &self,
        parts: impl IntoIterator<Item = &'r str>,
    ) -> Option<Vec<&'r str>> {
        let (mut arguments, mut parts) = (Vec::new(), parts.into_iter());
        for segment in &self.0 {
            if !matches(&segment.0, parts.next()?, &mut arguments) {
                return None;
            }
        }
        parts.next().is_none().then_some(arguments)
    }
}

impl Segment {
    fn new(text: &str) -> Self {
        let (mut pieces, mut done, mut next) = (Vec::new(), 0, 0);
        while let Some(close) = text[next..].find('}').map(|at| next + at) {
            next = close + 1;
            let Some(open) = text[done..close].rfind('{').map(|at| done + at) else {
                continue;
            };
            if open > done {
                pieces.push(Piece::Text(text[done..open].to_owned()));
            }
            pieces.push(Piece::Parameter(text[open + 1..close].to_owned()));
            done = next;
        }
        if done < text.len() {
            pieces.push(Piece::Text(text[done..].to_owned()));
        }
        Self(pieces)
    }

    /// Returns its pieces.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Returns true if a part of a request's path matches it.
    #[must_use]
    pub fn accepts(&self, part: &str) -> bool {
        matches(&self.0, part, &mut Vec::new())
    }
}

/// Matches a part of a path, and adds the shortest values of the parameters.
fn matches<'r>(pieces: &[Piece], part: &'r str, arguments: &mut Vec<&'r str>) -> bool {
    let known = arguments.len();
    match pieces {
        [] => part.is_empty(),
        [Piece::Text(text), rest @ ..] => part
            .strip_prefix(text.as_str())
            .is_some_and(|it| matches(rest, it, arguments)),
        [Piece::Parameter(_), rest @ ..] => {
            let ends = part.char_indices().map(|(at, c)| at + c.len_utf8());
            let mut split = ends.map(|end| part.split_at(end));
            split.any(|(value, after)| {
                arguments.truncate(known);
                arguments.push(value);
                matches(rest, after, arguments)
            })
        }
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|segment| write!(f, "/{segment}"))
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => f.write_str(text),
            Piece::Parameter(name) => write!(f, "{{{name}}}"),
        })
    }
}

impl Serialize for PathTemplate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PathTemplate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|path| Self::new(&path))
    }
}

/// What belongs to each path of an API, found by the path of a request.
#[derive(Debug, Clone)]
pub struct Routes<T> {
    /// By the patterns of paths: `{`, which sorts after the characters of paths, gives fixed segments precedence.
    paths: BTreeMap<String, (PathTemplate, Vec<T>)>,
}

impl<T> Routes<T> {
    /// Adds something that belongs to a path.
    pub fn add(&mut self, path: &PathTemplate, of_path: T) {
        let known = self.paths.entry(path.pattern());
        known.or_insert_with(|| (path.clone(), Vec::new())).1.push(of_path);
    }

    /// Returns what belongs to the first path that matches the parts of a request's, and the values of its parameters.
    pub fn find<'r, P>(&self, parts: &P) -> Option<(&[T], Vec<&'r str>)>
    where
        P: IntoIterator<Item = &'r str> + Clone,
    {
        self.paths.values().find_map(|(path, of_path)| {
            Some((of_path.as_slice(), path.arguments(parts.clone())?))
        })
    }

    /// Iterates over what belongs to all paths.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.paths.values().flat_map(|(_, of_path)| of_path)
    }
}

impl<T> Default for Routes<T> {
    fn default() -> Self {
        Self { paths: BTreeMap::new() }
    }
}

impl Operation {
    /// Returns method and path, as documentation shows them: `GET /edges/{id}`.
    #[must_use]
    pub fn request_line(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }
}
