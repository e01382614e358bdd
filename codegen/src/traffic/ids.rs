//! Recognition of IDs.
//!
//! Takes the model; determines whether a string can be an ID.

use std::collections::BTreeMap;

use crate::model::{Model, Type};

/// The IDs of an API.
pub(super) struct Ids {
    /// Types by the prefixes of their IDs.
    kinds: BTreeMap<String, String>,
    length: usize,
}

impl Ids {
    pub(super) fn new(model: &Model) -> Self {
        let resources = model.types.iter().filter_map(|(name, ty)| match ty {
            Type::Record(record) => Some((record.prefix.clone()?, name.clone())),
            _ => None,
        });
        let externals = model.api.externals.iter();
        let externals = externals.map(|(name, it)| (it.prefix.clone(), name.clone()));
        let kinds = resources.chain(externals).filter(|(prefix, _)| !prefix.is_empty());
        let length = usize::try_from(model.api.id_length).unwrap_or(usize::MAX);
        Self { kinds: kinds.collect(), length }
    }

    /// Returns the type of resource that a string is the ID of, if it is one.
    pub(super) fn kind(&self, text: &str) -> Option<&str> {
        let (prefix, rest) = text.rsplit_once('_')?;
        let kind = self.kinds.get(prefix)?;
        // The length of IDs is optional in the description.
        let expected = self.length == 0 || rest.len() == self.length;
        (expected && is_plain(rest)).then_some(kind.as_str())
    }

    /// Returns true if a part of a path varies: a number, or an ID, perhaps of an unknown type.
    pub(super) fn varies(&self, part: &str) -> bool {
        let rest = part.rsplit(['_', '-']).next().unwrap_or_default();
        part.chars().all(|c| c.is_ascii_digit())
            || self.kind(part).is_some()
            || rest.len() >= 16 && is_plain(rest)
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric())
}
