//! Recognition of IDs.
//!
//! Takes the model; determines whether a string can be an ID.

use std::collections::BTreeMap;

use crate::model::{Model, Type};

/// The IDs of an API.
pub(super) struct Ids {
    /// Types by the prefixes of their IDs.
    kinds: BTreeMap<String, String>,
    /// Prefixes by type; empty if unknown.
    prefixes: BTreeMap<String, String>,
    length: usize,
    charset: String,
}

impl Ids {
    pub(super) fn new(model: &Model) -> Self {
        let resources = model.types.iter().filter_map(|(name, ty)| match ty {
            Type::Record(record) => Some((name.clone(), record.prefix.clone()?)),
            _ => None,
        });
        let externals = model.api.externals.iter();
        let externals = externals.map(|(name, it)| (name.clone(), it.prefix.clone()));
        let prefixes: BTreeMap<_, _> = resources.chain(externals).collect();
        let known = prefixes.iter().filter(|(_, prefix)| !prefix.is_empty());
        Self {
            kinds: known.map(|(kind, prefix)| (prefix.clone(), kind.clone())).collect(),
            length: usize::try_from(model.api.id_length).unwrap_or(usize::MAX),
            charset: model.api.id_charset.clone(),
            prefixes,
        }
    }

    /// Returns the type of resource that a string is the ID of, if it is one.
    pub(super) fn kind(&self, text: &str) -> Option<&str> {
        let (prefix, rest) = text.rsplit_once('_')?;
        let kind = self.kinds.get(prefix)?;
        self.is_rest(rest).then_some(kind.as_str())
    }

    /// Returns the problem of a string as the ID of one of these; `None` if it is valid.
    pub(super) fn problem(&self, text: &str, kinds: &[String]) -> Option<String> {
        let prefixes =
            kinds.iter().map(|kind| self.prefixes.get(kind).map(String::as_str));
        // If one of the prefixes is unknown, any string may be valid.
        let prefixes: Vec<_> = prefixes
            .map(|prefix| prefix.filter(|it| !it.is_empty()))
            .collect::<Option<_>>()?;
        let rest = prefixes
            .iter()
            .find_map(|prefix| text.strip_prefix(prefix)?.strip_prefix('_'));
        let Some(rest) = rest else {
            let known: Vec<_> = prefixes.iter().map(|it| format!("`{it}_`")).collect();
            return Some(format!("does not begin with {}", known.join(" or ")));
        };
        let message = || {
            format!(
                "has not {} characters of {} after its prefix",
                self.length, self.charset
            )
        };
        (!self.is_rest(rest)).then(message)
    }

    /// Returns true if a string has the form of an ID, perhaps of an unknown type.
    pub(super) fn has_shape_of_id(&self, text: &str) -> bool {
        let long = |rest: &str| rest.len() >= 16 && rest.chars().all(is_plain);
        self.kind(text).is_some() || text.rsplit(['_', '-']).next().is_some_and(long)
    }

    fn is_rest(&self, rest: &str) -> bool {
        // The length of IDs is optional in the description.
        let expected = self.length == 0 || rest.len() == self.length;
        expected && !rest.is_empty() && rest.chars().all(is_plain)
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric()
}
