//! One desired resource: which of its fields differ from the actual one, and what the state remembers of it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::compare::{Comparison, is_cleared, stated};
use crate::document::Resource;
use crate::kind::{Kind, Kinds};
use crate::plan::{After, Change};
use crate::reference::{Reference, references};
use crate::shape::Field;
use crate::state::{Entry, State};

/// Desired values by field; unknown values are `None`.
pub(crate) type Fields = BTreeMap<String, Option<Value>>;

/// A desired resource that is planned.
pub(crate) struct Subject<'a> {
    pub(crate) kinds: &'a Kinds,
    pub(crate) state: &'a State,
    pub(crate) kind: &'a Kind,
    pub(crate) resource: &'a Resource,
    /// Its values, with resolved references.
    pub(crate) fields: Fields,
    /// The entry of the state that belongs to the actual resource.
    pub(crate) last: Option<&'a Entry>,
}

impl Subject<'_> {
    /// Returns the values that are known.
    pub(crate) fn known(&self) -> Map<String, Value> {
        let known = self.fields.iter();
        known.filter_map(|(key, it)| Some((key.clone(), it.clone()?))).collect()
    }

    /// Returns the references in a field.
    pub(crate) fn references(&self, field: &str) -> Vec<Reference> {
        let value = self.resource.fields.get(field);
        value.map(|it| references(self.kinds, it)).unwrap_or_default()
    }

    /// Returns the differences from the actual resource; without one, everything that is stated.
    pub(crate) fn changes(&self, actual: Option<&Value>) -> Vec<Change> {
        let change = |field: &Field| {
            let was_stated =
                || self.last.is_some_and(|it| it.stated.contains(&field.name));
            let (after, replaces) = match (self.fields.get(&field.name), actual) {
                (Some(None), _) => {
                    (After::Unknown, actual.is_some() && !field.updatable)
                }
                (Some(Some(value)), None) => (After::Value(value.clone()), false),
                (Some(Some(value)), Some(actual)) => {
                    (After::Value(value.clone()), self.differs(field, value, actual)?)
                }
                (None, Some(actual)) if was_stated() && !is_cleared(field, actual) => {
                    (After::Cleared, !field.clearable)
                }
                (None, _) => return None,
            };
            let before = actual.and_then(|it| it.get(field.response()?)).cloned();
            Some(Change { field: field.name.clone(), before, after, replaces })
        };
        self.kind.fields.iter().filter_map(change).collect()
    }

    /// Returns true if a difference of a field replaces the resource, or `None` if there is no difference: visible values are equal, and
    /// the others have the hash of the last apply.
    fn differs(&self, field: &Field, desired: &Value, actual: &Value) -> Option<bool> {
        let mut comparison = Comparison::new(self.last);
        let equal = comparison.equal(field, &field.name, desired, actual);
        if !equal {
            return Some(comparison.fixed);
        }
        // Values that were never applied cannot be compared: an adopted resource is assumed to match.
        let last = self.last?;
        let hash = || self.state.hash(&field.name, desired);
        let same = !comparison.hidden || last.hidden.get(&field.name) == Some(&hash());
        (!same).then_some(!field.updatable)
    }

    /// Returns the new entry of the state, without values known only after the call.
    pub(crate) fn entry(&self) -> Entry {
        let known = self.known();
        let mut paths = stated("", &known);
        let unknown = self.fields.iter().filter(|(_, it)| it.is_none());
        paths.extend(unknown.map(|(key, _)| key.clone()));
        let references = self.resource.fields.keys().flat_map(|it| self.references(it));
        let mut entry = Entry {
            stated: paths,
            depends_on: references.map(|it| it.address).collect(),
            retain: self.resource.retain.unwrap_or(self.kind.apply.retain),
            ..Entry::default()
        };
        if let Some(last) = self.last {
            entry.deposed.clone_from(&last.deposed);
            entry.applied.clone_from(&last.applied);
            entry.hidden.clone_from(&last.hidden);
        }
        if self.fields.values().all(Option::is_some) {
            entry.hidden.clear();
            entry.remember(self.state, self.kind, &known);
        }
        entry
    }
}
