//! Collection of changes during the comparison of two models.

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

/// The comparison of a part of a resource, which records its changes.
pub(super) struct At<'f> {
    changes: &'f mut Vec<Change>,
    resource: String,
    subject: String,
    /// Number of the changes before its own.
    start: usize,
}

impl Found {
    /// Begins the comparison of a part of a resource.
    pub(super) fn at(&mut self, resource: &str, subject: &str) -> At<'_> {
        At::new(&mut self.changes, resource, subject.to_owned())
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
}

impl<'f> At<'f> {
    fn new(changes: &'f mut Vec<Change>, resource: &str, subject: String) -> Self {
        let start = changes.len();
        Self { changes, resource: resource.to_owned(), subject, start }
    }

    /// Begins the comparison of a part of this.
    pub(super) fn part(&mut self, name: &str) -> At<'_> {
        At::new(self.changes, &self.resource, format!("{}.{name}", self.subject))
    }

    /// Records a difference of a value that both have. An empty one is not shown.
    pub(super) fn value(
        &mut self,
        rule: &str,
        old: &impl ToString,
        new: &impl ToString,
    ) {
        let (old, new) = (old.to_string(), new.to_string());
        if old != new {
            let shown = |text: String| Some(text).filter(|text| !text.is_empty());
            self.push(rule, shown(old), shown(new));
        }
    }

    /// Records that something holds, or no longer does.
    pub(super) fn flag(&mut self, rules: [&str; 2], old: bool, new: bool) {
        if old != new {
            self.add(rules[usize::from(old)]);
        }
    }

    /// Records that an item is deprecated, or no longer is.
    pub(super) fn deprecation(&mut self, item: &str, said: [&Option<Deprecation>; 2]) {
        let note = |said: &Deprecation| said.note.trim_end_matches('.').to_owned();
        match said {
            [None, Some(new)] => self.gain(&format!("{item}-deprecated"), note(new)),
            [Some(old), None] => self.loss(&format!("{item}-restored"), note(old)),
            _ => {}
        }
    }

    /// Records a change without details.
    pub(super) fn add(&mut self, rule: &str) {
        self.push(rule, None, None);
    }

    /// Records a change from one value to another.
    pub(super) fn change(
        &mut self,
        rule: &str,
        before: impl Into<String>,
        after: impl Into<String>,
    ) {
        self.push(rule, Some(before.into()), Some(after.into()));
    }

    /// Records an addition.
    pub(super) fn gain(&mut self, rule: &str, what: impl Into<String>) {
        self.push(rule, None, Some(what.into()));
    }

    /// Records a removal.
    pub(super) fn loss(&mut self, rule: &str, what: impl Into<String>) {
        self.push(rule, Some(what.into()), None);
    }

    /// Returns the number of changes, for [`At::since`].
    pub(super) fn mark(&self) -> usize {
        self.changes.len()
    }

    /// Iterates over the rules recorded for this itself since `mark`.
    pub(super) fn since(&self, mark: usize) -> impl Iterator<Item = &'static Rule> {
        let changes = self.changes.iter().skip(mark);
        changes.filter(|change| change.subject == self.subject).map(|change| change.rule)
    }

    /// Records the differences of two items for which no rule was recorded, so that every difference is reported.
    /// `elsewhere` are keys that are compared in another place.
    pub(super) fn rest<T: Serialize + PartialEq>(
        &mut self,
        (old, new): (&T, &T),
        elsewhere: &[&str],
    ) {
        if old == new || self.since(self.start).next().is_some() {
            return;
        }
        let (mut old, mut new) = (json(old, elsewhere), json(new, elsewhere));
        if old == new {
            return;
        }
        strip(&mut old);
        strip(&mut new);
        self.add(if old == new { "docs-changed" } else { "notes-changed" });
    }

    fn push(&mut self, id: &str, before: Option<String>, after: Option<String>) {
        let (resource, subject) = (self.resource.clone(), self.subject.clone());
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
