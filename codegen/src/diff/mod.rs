//! Comparison of two models: changes, and what they break.
//!
//! Takes two [`Model`]s; returns a [`Report`]: the changes, by resource, each with two verdicts. One for the wire:
//! can it break a program that uses the API of the old description? And one for the crate: does a program that
//! depends on it have to be changed? A table ([`rules`]) contains the verdicts for each kind of change; the origin
//! of the models is unknown here.

mod found;
mod limits;
mod operations;
mod pairs;
mod render;
mod report;
mod rules;
mod types;
mod whole;

use crate::model::Model;

use found::Found;

pub use report::{Change, Heading, Report};
pub use rules::{Rule, Rust, Wire, rules, rules_page};

/// Compares two models.
#[must_use]
pub fn diff(old: &Model, new: &Model) -> Report {
    let mut found = Found::default();
    whole::api(&old.api, &new.api, &mut found);
    operations::services(old, new, &mut found);
    types::compare(old, new, &mut found);
    whole::error_codes(&old.error_codes, &new.error_codes, &mut found);
    found.report()
}
