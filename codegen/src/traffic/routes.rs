//! Matching of requests to operations.
//!
//! Takes the model; matches a method and a path. Fixed parts of a path take precedence over parameters, as in
//! servers.

use std::collections::BTreeMap;

use crate::model::{Method, Model, Operation, Service};

use super::ids::Ids;

/// An operation, by the indices of its service and of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) service: usize,
    pub(super) operation: usize,
}

/// All paths of an API.
pub(super) struct Routes<'m> {
    root: Node<'m>,
    model: &'m Model,
    ids: &'m Ids,
}

/// The match of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match<'a> {
    /// An operation, with the values of its path parameters.
    Operation(Spot, Vec<&'a str>),
    /// A path with other methods.
    Method { near: usize, path: String, known: Vec<String> },
    /// Not a path of the API.
    Path { near: Option<usize>, path: String },
}

#[derive(Default)]
struct Node<'m> {
    fixed: BTreeMap<&'m str, Node<'m>>,
    parameter: Option<(&'m str, Box<Node<'m>>)>,
    here: Vec<Spot>,
}

impl Spot {
    /// Returns the operation in its model.
    pub(super) fn of(self, model: &Model) -> (&Service, &Operation) {
        let service = &model.services[self.service];
        (service, &service.operations[self.operation])
    }
}

impl<'m> Routes<'m> {
    pub(super) fn new(model: &'m Model, ids: &'m Ids) -> Self {
        let mut root = Node::default();
        for (service, described) in model.services.iter().enumerate() {
            for (operation, route) in described.operations.iter().enumerate() {
                root.add(&route.path, Spot { service, operation });
            }
        }
        Self { root, model, ids }
    }

    /// Matches a request.
    pub(super) fn find<'a>(&self, method: &str, segments: &'a [String]) -> Match<'a> {
        let mut arguments = Vec::new();
        let Some(node) = self.root.find(segments, &mut arguments) else {
            return self.unknown(segments);
        };
        let operation = |spot: &Spot| spot.of(self.model).1;
        let found = node.here.iter().find(|spot| is(operation(spot).method, method));
        if let Some(spot) = found {
            return Match::Operation(*spot, arguments);
        }
        Match::Method {
            near: node.here.first().map_or(0, |spot| spot.service),
            path: node.here.first().map_or("/", |spot| &operation(spot).path).to_owned(),
            known: node
                .here
                .iter()
                .map(|spot| operation(spot).method.as_str().to_owned())
                .collect(),
        }
    }

    /// Returns the path with names for variable parts, as far as it follows known ones.
    fn unknown<'a>(&self, segments: &[String]) -> Match<'a> {
        let (mut node, mut near, mut path) = (Some(&self.root), None, String::new());
        for segment in segments {
            let (part, next) = match node.and_then(|node| node.step(segment)) {
                Some((name, next)) => (name, Some(next)),
                None if self.ids.varies(segment) => ("{id}".to_owned(), None),
                None => (segment.clone(), None),
            };
            node = next;
            let here = node.and_then(|node| node.here.first());
            near = here.map(|spot| spot.service).or(near);
            path = format!("{path}/{part}");
        }
        Match::Path { near, path: if path.is_empty() { "/".to_owned() } else { path } }
    }
}

impl<'m> Node<'m> {
    fn add(&mut self, path: &'m str, spot: Spot) {
        let mut node = self;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            node = if part.starts_with('{') {
                &mut node.parameter.get_or_insert_with(|| (part, Box::default())).1
            } else {
                node.fixed.entry(part).or_default()
            };
        }
        node.here.push(spot);
    }

    fn find<'a>(
        &self,
        segments: &'a [String],
        arguments: &mut Vec<&'a str>,
    ) -> Option<&Self> {
        let Some((first, rest)) = segments.split_first() else {
            return (!self.here.is_empty()).then_some(self);
        };
        let fixed = self.fixed.get(first.as_str());
        if let Some(found) = fixed.and_then(|node| node.find(rest, arguments)) {
            return Some(found);
        }
        let (_, node) = self.parameter.as_ref()?;
        arguments.push(first);
        let found = node.find(rest, arguments);
        if found.is_none() {
            arguments.pop();
        }
        found
    }

    fn step(&self, segment: &str) -> Option<(String, &Self)> {
        let fixed = self.fixed.get_key_value(segment);
        let fixed = fixed.map(|(name, node)| ((*name).to_owned(), node));
        let parameter = self.parameter.as_ref();
        fixed.or_else(|| parameter.map(|(name, node)| ((*name).to_owned(), &**node)))
    }
}

fn is(method: Method, text: &str) -> bool {
    text.eq_ignore_ascii_case(method.as_str())
}
