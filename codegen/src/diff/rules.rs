//! The table: every kind of change, and the two verdicts on it.
//!
//! A row says what happened as the end of a sentence that begins with the name of the thing, and why the verdicts are
//! what they are. Whatever the comparison finds is one of these rows; the table knows no model.

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
    /// Its name.
    #[serde(rename = "rule")]
    pub id: &'static str,
    /// What it means for programs that speak to the API.
    pub wire: Wire,
    /// What it means for programs that use the crate.
    pub rust: Rust,
    /// What happened, behind the name of the thing: `is new`.
    pub what: &'static str,
    /// Why the verdicts are what they are, in a sentence.
    pub reason: &'static str,
}

/// What a change means for a program, in any language, that speaks to the API as the old description has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Wire {
    /// Nothing.
    None,
    /// There is more to be had; what it does goes on working.
    Additive,
    /// It may stop working.
    Breaking,
}

/// What a change means for a program that uses the crate: the part of the version that must grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rust {
    /// What it sees of the crate stays the same.
    Patch,
    /// There is more to be had; what compiles goes on compiling.
    Minor,
    /// It may no longer compile, or no longer find its settings.
    Major,
}

/// A part of the table.
#[derive(Debug)]
pub struct Section {
    /// What its rules are about.
    pub title: &'static str,
    /// The rules.
    pub rules: &'static [&'static Rule],
}

/// The whole table.
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
    /// The word for it.
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
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Rows of the table: a constant for each, and the list of them.
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
