//! Comparison of two models: changes, and what they break.
//!
//! Takes two [`Model`]s; returns a [`Report`]: the changes, by resource, each with two verdicts. One for the wire:
//! can it break a program that uses the API of the old description? And one for the crate: does a program that
//! depends on it have to be changed? A table ([`sections`]) contains the verdicts for each kind of change; the origin
//! of the models is unknown here.

mod api;
mod choices;
mod error_codes;
mod fields;
mod found;
mod limits;
mod lists;
mod operations;
mod pairs;
mod pointers;
mod renames;
mod render;
mod report;
mod rules;
mod services;
mod types;

use crate::model::Model;

use found::Found;
use renames::Renames;
use services::Services;

pub use render::Heading;
pub use report::{Change, Report};
pub use rules::{Rule, Rust, Section, Wire, rules_page, sections};

/// Compares two models.
#[must_use]
pub fn diff(old: &Model, new: &Model) -> Report {
    let mut found = Found::default();
    let compared = Compared { old, new, renames: Renames::of(old, new) };
    api::compare(&compared, &mut found);
    let services = Services::of(&compared);
    services::compare(&services, &mut found);
    operations::compare(&services, &compared, &mut found);
    types::compare(&compared, &mut found);
    error_codes::compare(&compared, &mut found);
    found.report()
}

/// Context of every step.
struct Compared<'m> {
    old: &'m Model,
    new: &'m Model,
    /// Renamed types.
    renames: Renames<'m>,
}
