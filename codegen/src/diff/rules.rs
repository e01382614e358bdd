//! The table of rules: every kind of change with its two verdicts.
//!
//! The table is [`RULES.md`](rules_page): a row contains the end of a sentence that begins with the name of the subject,
//! and the reason for the verdicts. Every result of the comparison is one of these rows; the table knows no model.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rust {
    /// The public API is unchanged.
    Patch,
    /// New features; existing programs still compile.
    Minor,
    /// Existing programs may not compile, or not find their settings.
    Major,
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

/// Stands for a name that the table lacks.
const UNLISTED: Rule = Rule {
    id: "unlisted",
    wire: Wire::Breaking,
    rust: Rust::Major,
    what: "differs",
    reason: "The table has no rule for this change.",
};

static TABLE: LazyLock<BTreeMap<&'static str, Rule>> = LazyLock::new(|| {
    let rules = rules_page().lines().filter_map(row);
    rules.map(|rule| (rule.id, rule)).collect()
});

/// Returns the documentation of all rules, as Markdown.
#[must_use]
pub fn rules_page() -> &'static str {
    include_str!("RULES.md")
}

/// Iterates over the whole table, in the order of the names.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    TABLE.values()
}

pub(super) fn rule(id: &str) -> &'static Rule {
    TABLE.get(id).unwrap_or(&UNLISTED)
}

fn row(line: &'static str) -> Option<Rule> {
    let cells: Vec<_> = line.split('|').map(str::trim).collect();
    let ["", id, what, wire, rust, reason, ""] = cells.as_slice() else { return None };
    let id = id.strip_prefix('`')?.strip_suffix('`')?;
    let wire = serde_json::from_value((*wire).into()).ok()?;
    let rust = serde_json::from_value((*rust).into()).ok()?;
    Some(Rule { id, wire, rust, what, reason })
}
