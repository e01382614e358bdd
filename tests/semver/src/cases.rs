//! The changes, by what they are about.

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

/// Why a change that only callers who write out a type notice is not found by looking at items.
const OTHER_TYPE: &str = "the type of something public is another one; it compares names and numbers of arguments, not types";

/// Why a method that is gone with a bound is not found.
const LOST_TRAIT: &str = "a type no longer implements a trait of the crate; it looks for such traits of the standard library alone";

/// All cases.
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
