//! What changed between two models, and what it breaks.
//!
//! Enters two [`Model`]s; leaves a [`Report`]: the changes, by resource, each judged twice. Once for the wire: can a
//! program break that speaks to the API as the old description has it? And once for the crate: does a program that
//! depends on it have to be changed? Which kind of change gets which verdict is a table ([`sections`]); where the
//! models came from is not known here.

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

/// What changed from one model to another.
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

/// What every step needs.
struct Compared<'m> {
    old: &'m Model,
    new: &'m Model,
    /// Types that only got another name.
    renames: Renames<'m>,
}
