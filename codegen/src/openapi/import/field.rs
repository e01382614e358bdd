//! A field as it is written in a file of a description.

use super::super::extension;
use super::super::{Map, Tree};
use super::prose::Facts;
use super::spot::{Marked, Spot};

/// A field to be.
#[derive(Debug, Clone, Default)]
pub(super) struct FieldSheet {
    /// Nothing where `api.yaml` says it.
    pub(super) kind: Option<String>,
    pub(super) request_kind: Option<String>,
    /// Where it is; nothing where that need not be said.
    pub(super) places: Option<Vec<Marked>>,
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) optional: bool,
    /// Everything else but the description, in the order it is written in.
    pub(super) rest: Map,
    pub(super) doc: String,
}

impl FieldSheet {
    /// As it stands behind its name; nothing where there is nothing to say.
    pub(super) fn tree(&self) -> Tree {
        let places = self
            .places
            .as_ref()
            .map(|places| places.iter().map(|place| place.text()).collect::<Tree>());
        let map = Map::new()
            .with_some(extension::PREFIX, self.rest.get(extension::PREFIX).cloned())
            .with_some("type", self.kind.as_ref())
            .with_some("request_type", self.request_kind.as_ref())
            .with_some("in", places)
            .with_flag("required", self.required)
            .with_flag("nullable", self.nullable)
            .with_flag("optional", self.optional);
        let rest = self.rest.iter().filter(|(key, _)| *key != extension::PREFIX);
        let map = rest.fold(map, |map, (key, value)| map.with(key, value.clone()));
        let map = map.with_filled("doc", self.doc.as_str());
        if map.is_empty() { Tree::Null } else { Tree::Map(map) }
    }
}

/// Where a field was found: its place, and when it is there.
pub(super) fn marked(
    spot: Spot,
    required: Option<bool>,
    nullable: bool,
    optional: bool,
    facts: &Facts,
) -> Marked {
    let response = spot == Spot::Response;
    Marked {
        spot,
        required: !response && (required == Some(true) || facts.required),
        nullable,
        optional: response && optional,
    }
}

/// Brings places in the order they are written in, each once; what any of the same says holds.
pub(super) fn merged(places: impl IntoIterator<Item = Marked>) -> Vec<Marked> {
    let mut merged: Vec<Marked> = Vec::new();
    for place in places {
        match merged.iter_mut().find(|known| known.spot == place.spot) {
            Some(known) => {
                known.required |= place.required;
                known.nullable |= place.nullable;
                known.optional |= place.optional;
            }
            None => merged.push(place),
        }
    }
    merged.sort_by_key(|place| place.spot);
    merged
}
