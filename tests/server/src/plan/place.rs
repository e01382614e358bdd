//! Locations in the state. Takes the parts of a path; returns, with the arguments of a request, the steps from the root of the state.

use super::path::{Part, pattern};
use super::{Plan, field};
use crate::names;

/// The location of a path whose parameters have no values yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Member(String),
    Element { key: String, parameter: String },
}

/// One step from a value to a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Selector<'a> {
    /// The member of an object with this name.
    Member(&'a str),
    /// The element of a list in which this key has this value.
    Element {
        /// The key.
        key: &'a str,
        /// The value.
        value: &'a str,
    },
}

impl Place {
    pub(super) fn new(plan: &Plan, parts: &[Part]) -> Self {
        let step = |(index, part): (usize, &Part)| match part {
            Part::Fixed(name) => Step::Member(member(plan, &parts[..index], name)),
            Part::Parameter(name) => Step::Element {
                key: key(plan, &parts[..=index], name),
                parameter: name.clone(),
            },
        };
        Self(parts.iter().enumerate().map(step).collect())
    }

    /// Returns the steps, with arguments in the order of the path.
    pub(crate) fn with<'a>(&'a self, arguments: &'a [String]) -> Vec<Selector<'a>> {
        let mut arguments = arguments.iter();
        let selector = |step: &'a Step| match step {
            Step::Member(name) => Selector::Member(name),
            Step::Element { key, .. } => {
                let value = arguments.next().map_or("", String::as_str);
                Selector::Element { key, value }
            }
        };
        self.0.iter().map(selector).collect()
    }

    /// Returns the key that identifies the elements of the list, if the location is an element.
    pub(crate) fn key(&self) -> Option<&str> {
        match self.0.last()? {
            Step::Element { key, .. } => Some(key),
            Step::Member(_) => None,
        }
    }

    /// Returns the names of the path parameters.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| match step {
            Step::Element { parameter, .. } => Some(parameter.as_str()),
            Step::Member(_) => None,
        })
    }
}

/// Returns the stored name of the member that the path calls `name`: requests may set it under another name.
fn member(plan: &Plan, before: &[Part], name: &str) -> String {
    let owner = plan.type_at(&pattern(before)).and_then(|name| plan.record(name));
    let field = owner.and_then(|owner| field(owner, name));
    let written_as = field.and_then(|field| field.written_as.as_deref());
    written_as.unwrap_or(name).to_owned()
}

/// Returns the key that identifies an element: the field named like the parameter, otherwise the ID.
fn key(plan: &Plan, path: &[Part], parameter: &str) -> String {
    let element = plan.type_at(&pattern(path)).and_then(|name| plan.record(name));
    let known = element.is_some_and(|element| field(element, parameter).is_some());
    if known { parameter.to_owned() } else { names::ID.to_owned() }
}
