//! Collection of changes during the comparison of two models.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::model::Deprecation;

use super::report::{Change, Report};
use super::rules::{Rule, rule};

/// The name under which changes of the whole API are reported.
pub(super) const API: &str = "api";

/// The name under which changes of error codes are reported.
pub(super) const ERROR_CODES: &str = "error codes";

/// Keys of documentation in the JSON of a model.
const DOCS: &[&str] = &["docs", "docs_url", "deprecated", "meaning"];

#[derive(Default)]
pub(super) struct Found {
    changes: Vec<Change>,
}

/// The subject of a comparison: a part of a resource.
#[derive(Clone)]
pub(super) struct Place {
    resource: String,
    subject: String,
}

impl Place {
    pub(super) fn new(resource: &str, subject: impl Into<String>) -> Self {
        Self { resource: resource.to_owned(), subject: subject.into() }
    }

    pub(super) fn part(&self, name: &str) -> Self {
        Self::new(&self.resource, format!("{}.{name}", self.subject))
    }
}

impl Found {
    /// Records a difference of a value that both have. An empty one is not shown.
    pub(super) fn value(
        &mut self,
        rule: &str,
        at: &Place,
        old: &impl ToString,
        new: &impl ToString,
    ) {
        let (old, new) = (old.to_string(), new.to_string());
        if old != new {
            let shown = |text: String| Some(text).filter(|text| !text.is_empty());
            self.push(rule, at, shown(old), shown(new));
        }
    }

    /// Records that something holds, or no longer does.
    pub(super) fn flag(&mut self, rules: [&str; 2], at: &Place, old: bool, new: bool) {
        if old != new {
            self.add(rules[usize::from(old)], at);
        }
    }

    /// Records that an item is deprecated, or no longer is.
    pub(super) fn deprecation(
        &mut self,
        item: &str,
        at: &Place,
        deprecated: [&Option<Deprecation>; 2],
    ) {
        let note = |said: &Deprecation| said.note.trim_end_matches('.').to_owned();
        match deprecated {
            [None, Some(new)] => self.gain(&format!("{item}-deprecated"), at, note(new)),
            [Some(old), None] => self.loss(&format!("{item}-restored"), at, note(old)),
            _ => {}
        }
    }

    /// Records a change without details.
    pub(super) fn add(&mut self, rule: &str, at: &Place) {
        self.push(rule, at, None, None);
    }

    /// Records a change from one value to another.
    pub(super) fn change(
        &mut self,
        rule: &str,
        at: &Place,
        before: impl Into<String>,
        after: impl Into<String>,
    ) {
        self.push(rule, at, Some(before.into()), Some(after.into()));
    }

    /// Records an addition.
    pub(super) fn gain(&mut self, rule: &str, at: &Place, what: impl Into<String>) {
        self.push(rule, at, None, Some(what.into()));
    }

    /// Records a removal.
    pub(super) fn loss(&mut self, rule: &str, at: &Place, what: impl Into<String>) {
        self.push(rule, at, Some(what.into()), None);
    }

    /// Returns the number of changes, for [`Found::rest`] and [`Found::since`].
    pub(super) fn mark(&self) -> usize {
        self.changes.len()
    }

    /// Iterates over the rules recorded for an item since `mark`.
    pub(super) fn since(
        &self,
        mark: usize,
        at: &Place,
    ) -> impl Iterator<Item = &'static Rule> {
        let changes = self.changes.iter().skip(mark);
        changes.filter(|change| change.subject == at.subject).map(|change| change.rule)
    }

    /// Records the differences of two items for which no rule was recorded since `mark`, so that every difference is
    /// reported. `elsewhere` are keys that are compared in another place.
    pub(super) fn rest<T: Serialize + PartialEq>(
        &mut self,
        at: &Place,
        mark: usize,
        (old, new): (&T, &T),
        elsewhere: &[&str],
    ) {
        if old == new || self.since(mark, at).next().is_some() {
            return;
        }
        let (mut old, mut new) = (json(old, elsewhere), json(new, elsewhere));
        if old == new {
            return;
        }
        strip(&mut old);
        strip(&mut new);
        self.add(if old == new { "docs-changed" } else { "notes-changed" }, at);
    }

    /// Returns all changes, by resource.
    pub(super) fn report(mut self) -> Report {
        self.changes.sort_by_cached_key(|change| {
            let group = match change.resource.as_str() {
                API => 0,
                ERROR_CODES => 2,
                _ => 1,
            };
            (group, change.resource.clone())
        });
        Report { changes: self.changes }
    }

    fn push(
        &mut self,
        id: &str,
        at: &Place,
        before: Option<String>,
        after: Option<String>,
    ) {
        let Place { resource, subject } = at.clone();
        self.changes.push(Change { resource, subject, rule: rule(id), before, after });
    }
}

fn json(item: &impl Serialize, elsewhere: &[&str]) -> Value {
    let mut value = serde_json::to_value(item).unwrap_or_default();
    if let Value::Object(map) = &mut value {
        map.retain(|key, _| !elsewhere.contains(&key.as_str()));
    }
    value
}

/// Removes the documentation.
fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !DOCS.contains(&key.as_str()));
            map.values_mut().for_each(strip);
        }
        Value::Array(list) => list.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Two lists, matched by a key.
pub(super) struct Pairs<'m, T> {
    /// Only in the old list.
    pub(super) removed: Vec<&'m T>,
    /// Only in the new list.
    pub(super) added: Vec<&'m T>,
    /// In both, in the order of the new list.
    pub(super) kept: Vec<(&'m T, &'m T)>,
    /// True if the order of the items in both changed.
    pub(super) reordered: bool,
}

impl<'m, T> Pairs<'m, T> {
    /// Matches items with the same key.
    pub(super) fn new<K: Ord>(
        old: impl IntoIterator<Item = &'m T>,
        new: impl IntoIterator<Item = &'m T>,
        key: impl Fn(&'m T) -> K,
    ) -> Self {
        let old: Vec<_> = old.into_iter().collect();
        let places: BTreeMap<K, usize> =
            old.iter().enumerate().map(|(place, one)| (key(one), place)).collect();
        let (mut added, mut kept, mut order) = (Vec::new(), Vec::new(), Vec::new());
        for one in new {
            match places.get(&key(one)) {
                Some(place) => {
                    order.push(*place);
                    kept.push((old[*place], one));
                }
                None => added.push(one),
            }
        }
        let reordered = !order.is_sorted();
        let matched: BTreeSet<_> = order.into_iter().collect();
        let removed = old.iter().enumerate().filter(|(at, _)| !matched.contains(at));
        let removed = removed.map(|(_, one)| *one).collect();
        Self { removed, added, kept, reordered }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_matched_by_key() {
        let (old, new) = (["a1", "b2", "c3"], ["c0", "a1", "d2"]);
        let pairs = Pairs::new(&old, &new, |word| word.chars().next());
        assert_eq!(pairs.kept, [(&"c3", &"c0"), (&"a1", &"a1")]);
        assert!(pairs.reordered);
        assert_eq!((&pairs.removed, &pairs.added), (&vec![&"b2"], &vec![&"d2"]));
    }
}
