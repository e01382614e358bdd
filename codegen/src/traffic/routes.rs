//! Matching of requests to operations.
//!
//! Takes the model; matches a method and a path. Fixed parts of a path take precedence over parameters, as in
//! servers.

use std::collections::BTreeMap;

use crate::model::{Model, Operation, Service};

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

/// A request that matches no operation.
pub(super) struct Unknown {
    /// The service whose paths have the longest common beginning.
    pub(super) near: Option<usize>,
    pub(super) path: String,
    /// The methods that its path has.
    pub(super) methods: Vec<&'static str>,
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

    /// Returns the operation of a request, with the values of its path parameters.
    pub(super) fn find<'a>(
        &self,
        method: &str,
        segments: &'a [String],
    ) -> Result<(Spot, Vec<&'a str>), Unknown> {
        let mut arguments = Vec::new();
        let node = self.root.find(segments, &mut arguments);
        let mut here = node.iter().flat_map(|node| &node.here);
        let is = |spot: &&Spot| {
            spot.of(self.model).1.method.as_str().eq_ignore_ascii_case(method)
        };
        match here.find(is) {
            Some(spot) => Ok((*spot, arguments)),
            None => Err(self.unknown(segments)),
        }
    }

    /// Returns the path with names for variable parts, as far as it follows known ones.
    fn unknown(&self, segments: &[String]) -> Unknown {
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
        let here = node.iter().flat_map(|node| &node.here);
        let methods = here.map(|spot| spot.of(self.model).1.method.as_str()).collect();
        if path.is_empty() {
            path.push('/');
        }
        Unknown { near, path, methods }
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
