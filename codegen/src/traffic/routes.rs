//! Matching of requests to operations.
//!
//! Takes the model; matches a method and a path. Fixed parts of a path take precedence over parameters, as in
//! servers.

use std::collections::BTreeMap;

use crate::model::{Model, Operation, Service, path};

use super::ids::Ids;

/// An operation, by the indices of its service and of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) service: usize,
    pub(super) operation: usize,
}

/// All paths of an API.
pub(super) struct Routes<'m> {
    /// Operations by path, with `{}` for each parameter, which sorts after all fixed parts.
    paths: BTreeMap<String, Vec<Spot>>,
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

impl Spot {
    /// Returns the operation in its model.
    pub(super) fn of(self, model: &Model) -> (&Service, &Operation) {
        let service = &model.services[self.service];
        (service, &service.operations[self.operation])
    }
}

impl<'m> Routes<'m> {
    pub(super) fn new(model: &'m Model, ids: &'m Ids) -> Self {
        let mut paths: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (service, described) in model.services.iter().enumerate() {
            for (operation, route) in described.operations.iter().enumerate() {
                let pattern = path::fill(&route.path, |_| "{}".to_owned());
                paths.entry(pattern).or_default().push(Spot { service, operation });
            }
        }
        Self { paths, model, ids }
    }

    /// Returns the operation of a request, with the values of its path parameters.
    pub(super) fn find<'a>(
        &self,
        method: &str,
        segments: &'a [String],
    ) -> Result<(Spot, Vec<&'a str>), Unknown> {
        let root = segments.is_empty().then_some("");
        let parts = || segments.iter().map(String::as_str).chain(root);
        let found = self.paths.iter().find_map(|(pattern, spots)| {
            Some((spots.as_slice(), path::arguments(pattern, parts())?))
        });
        let (spots, arguments) = found.unwrap_or_default();
        let name = |spot: &Spot| spot.of(self.model).1.method.as_str();
        match spots.iter().find(|spot| name(spot).eq_ignore_ascii_case(method)) {
            Some(spot) => Ok((*spot, arguments)),
            None => Err(self.unknown(segments, spots.iter().map(name).collect())),
        }
    }

    /// Returns the path with names for variable parts, as far as it follows a known one.
    fn unknown(&self, segments: &[String], methods: Vec<&'static str>) -> Unknown {
        let common = |spot: &Spot| -> Vec<&str> {
            let parts = spot.of(self.model).1.path.split('/').skip(1).zip(segments);
            let same =
                parts.take_while(|(part, it)| part.starts_with('{') || part == it);
            same.map(|(part, _)| part).collect()
        };
        let spots = self.paths.values().flatten().rev();
        let near = spots.max_by_key(|spot| common(spot).len());
        let known = near.map(common).unwrap_or_default();
        let parts = segments.iter().enumerate().map(|(index, segment)| {
            let variable = self.ids.varies(segment).then_some("{id}");
            known.get(index).copied().or(variable).unwrap_or(segment)
        });
        let path = format!("/{}", parts.collect::<Vec<_>>().join("/"));
        let near = near.filter(|_| !known.is_empty()).map(|spot| spot.service);
        Unknown { near, path, methods }
    }
}
