//! The table: every kind of change with its two verdicts.
//!
//! A row contains the end of a sentence that begins with the name of the subject, and the reason for the verdicts.
//! Every result of the comparison is one of these rows; the table knows no model.

mod fields;
mod operations;
mod page;
mod services;
mod types;
mod whole;

use serde::Serialize;

pub(super) use fields::*;
pub(super) use operations::*;
pub use page::rules_page;
pub(super) use services::*;
pub(super) use types::*;
pub(super) use whole::*;

/// A kind of change.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Name.
    #[serde(rename = "rule")]
    pub id: &'static str,
    /// Verdict for programs that use the API.
    pub wire: Wire,
    /// Verdict for programs that use the crate.
    pub rust: Rust,
    /// Predicate that follows the name of the subject: `is new`.
    pub what: &'static str,
    /// Reason for the verdicts, in a sentence.
    pub reason: &'static str,
}

/// The consequence of a change for a program, in any language, that uses the API of the old description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Wire {
    /// None.
    None,
    /// New features; existing calls still work.
    Additive,
    /// Existing calls may fail.
    Breaking,
}

/// The consequence of a change for a program that uses the crate: the part of the version to increment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rust {
    /// The public API is unchanged.
    Patch,
    /// New features; existing programs still compile.
    Minor,
    /// Existing programs may not compile, or not find their settings.
    Major,
}

/// A part of the table.
#[derive(Debug)]
pub struct Section {
    /// Subject of its rules.
    pub title: &'static str,
    /// The rules.
    pub rules: &'static [&'static Rule],
}

/// Returns the whole table.
#[must_use]
pub fn sections() -> [Section; 5] {
    [
        Section { title: "Services", rules: SERVICES },
        Section { title: "Operations", rules: OPERATIONS },
        Section { title: "Types", rules: TYPES },
        Section { title: "Fields", rules: FIELDS },
        Section { title: "The whole API", rules: WHOLE },
    ]
}

impl Wire {
    /// Returns the word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

impl Rust {
    /// Returns the word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Defines rows of the table: a constant for each, and the list of them.
macro_rules! rules {
    ($LIST:ident: $($NAME:ident = $id:literal, $wire:ident, $rust:ident, $what:literal, $reason:literal;)*) => {
        use super::{Rule, Rust, Wire};

        $(
            pub(in crate::diff) const $NAME: &Rule = &Rule {
                id: $id,
                wire: Wire::$wire,
                rust: Rust::$rust,
                what: $what,
                reason: $reason,
            };
        )*

        pub(super) const $LIST: &[&Rule] = &[$($NAME),*];
    };
}
use rules;
