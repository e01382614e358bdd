//! All changes, by subject.

mod fields;
mod operations;
mod services;
mod types;
mod whole;

use crate::Case;

const API: &str = "api.yaml";
const ERRORS: &str = "errors.yaml";
const SHELVES: &str = "resources/shelves.yaml";
const BOOKS: &str = "resources/books.yaml";
const LOANS: &str = "resources/branches/loans.yaml";
const HOURS: &str = "resources/branches/hours.yaml";
const CARDS: &str = "resources/cards.yaml";

/// Reason why a change of a type alone is not detected by comparing items.
const OTHER_TYPE: &str = "the type of a public item changes; it compares names and numbers of arguments, not types";

/// Reason why the removal of a method with a bound is not detected.
const LOST_TRAIT: &str = "a type no longer implements a trait of the crate; it checks traits of the standard library \
    only";

/// Reason why a key that is spelt otherwise breaks no caller.
const OTHER_KEY: &str =
    "another key in JSON is a removal and an addition; both have the same name in Rust";

/// Returns all cases.
#[must_use]
pub fn cases() -> Vec<Case> {
    [
        services::cases(),
        operations::cases(),
        operations::lists(),
        types::cases(),
        types::choices(),
        fields::presence(),
        fields::cases(),
        whole::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
