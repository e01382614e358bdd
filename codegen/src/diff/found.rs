//! Collection of changes during the comparison of two models.

use super::report::{Change, Report};
use super::rules::{DOCS_CHANGED, NOTES_CHANGED, ORDER_CHANGED, Rule};

/// The changes found so far.
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

/// The remaining differences of two items, without a rule of their own.
#[derive(Clone, Copy)]
pub(super) struct Rest {
    pub(super) order: bool,
    pub(super) notes: bool,
    pub(super) docs: bool,
}

impl Place {
    pub(super) fn new(resource: &str, subject: impl Into<String>) -> Self {
        Self { resource: resource.to_owned(), subject: subject.into() }
    }

    /// Returns a part of this.
    pub(super) fn part(&self, name: &str) -> Self {
        Self::new(&self.resource, format!("{}.{name}", self.subject))
    }

    /// Returns another item of the same resource.
    pub(super) fn sibling(&self, subject: String) -> Self {
        Self::new(&self.resource, subject)
    }
}

impl Found {
    /// Records a change without details.
    pub(super) fn add(&mut self, rule: &'static Rule, at: &Place) {
        self.push(rule, at, None, None);
    }

    /// Records a change from one value to another.
    pub(super) fn change(
        &mut self,
        rule: &'static Rule,
        at: &Place,
        before: impl Into<String>,
        after: impl Into<String>,
    ) {
        self.push(rule, at, Some(before.into()), Some(after.into()));
    }

    /// Records an addition.
    pub(super) fn gain(
        &mut self,
        rule: &'static Rule,
        at: &Place,
        what: impl Into<String>,
    ) {
        self.push(rule, at, None, Some(what.into()));
    }

    /// Records a removal.
    pub(super) fn loss(
        &mut self,
        rule: &'static Rule,
        at: &Place,
        what: impl Into<String>,
    ) {
        self.push(rule, at, Some(what.into()), None);
    }

    /// Returns the number of changes, for [`Found::rest`].
    pub(super) fn mark(&self) -> usize {
        self.changes.len()
    }

    /// Records the differences for which no rule was recorded since `mark`, so that every difference is reported.
    pub(super) fn rest(&mut self, at: &Place, mark: usize, rest: Rest) {
        if rest.order {
            self.add(ORDER_CHANGED, at);
        }
        let said =
            self.changes.iter().skip(mark).any(|change| change.subject == at.subject);
        if said {
            return;
        }
        if rest.notes {
            self.add(NOTES_CHANGED, at);
        } else if rest.docs {
            self.add(DOCS_CHANGED, at);
        }
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
        rule: &'static Rule,
        at: &Place,
        before: Option<String>,
        after: Option<String>,
    ) {
        let Place { resource, subject } = at.clone();
        self.changes.push(Change { resource, subject, rule, before, after });
    }
}

/// The name under which changes of the whole API are reported.
pub(super) const API: &str = "api";

/// The name under which changes of error codes are reported.
pub(super) const ERROR_CODES: &str = "error codes";
