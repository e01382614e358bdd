//! Collects changes while two models are compared.

use super::report::{Change, Report};
use super::rules::{DOCS_CHANGED, NOTES_CHANGED, ORDER_CHANGED, Rule};

/// The changes found so far.
#[derive(Default)]
pub(super) struct Found {
    changes: Vec<Change>,
}

/// What is being compared: something of a resource.
#[derive(Clone)]
pub(super) struct Place {
    resource: String,
    subject: String,
}

/// How two things differ, as far as no rule of their own says it.
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

    /// A part of this.
    pub(super) fn part(&self, name: &str) -> Self {
        Self::new(&self.resource, format!("{}.{name}", self.subject))
    }

    /// Something else of the same resource.
    pub(super) fn sibling(&self, subject: String) -> Self {
        Self::new(&self.resource, subject)
    }
}

impl Found {
    /// Records a change that needs no more words.
    pub(super) fn add(&mut self, rule: &'static Rule, at: &Place) {
        self.push(rule, at, None, None);
    }

    /// Records a change from something to something else.
    pub(super) fn change(
        &mut self,
        rule: &'static Rule,
        at: &Place,
        before: impl Into<String>,
        after: impl Into<String>,
    ) {
        self.push(rule, at, Some(before.into()), Some(after.into()));
    }

    /// Records what is new.
    pub(super) fn gain(
        &mut self,
        rule: &'static Rule,
        at: &Place,
        what: impl Into<String>,
    ) {
        self.push(rule, at, None, Some(what.into()));
    }

    /// Records what is gone.
    pub(super) fn loss(
        &mut self,
        rule: &'static Rule,
        at: &Place,
        what: impl Into<String>,
    ) {
        self.push(rule, at, Some(what.into()), None);
    }

    /// How many changes there are: to be handed to [`Found::rest`] later.
    pub(super) fn mark(&self) -> usize {
        self.changes.len()
    }

    /// Records what no rule has said since `mark`, so that no difference goes unmentioned.
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

    /// All changes, by resource.
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

/// What changes of the whole API belong to.
pub(super) const API: &str = "api";

/// What changes of error codes belong to.
pub(super) const ERROR_CODES: &str = "error codes";
