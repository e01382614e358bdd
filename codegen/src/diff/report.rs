//! The result of a comparison as a plain value, which is serialised for tools.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::rules::{Rule, Rust, Wire};

/// The changes from one model to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The changes: of the whole API first, then of the resources in alphabetical order, then of the error codes.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The service it belongs to, by its accessor: `edges.https`; or `api`, or `error codes`.
    pub resource: String,
    /// Subject: `ip_policies.update`, `IpPolicyRule.cidr`.
    pub subject: String,
    /// Kind of change, with its verdicts.
    #[serde(flatten)]
    pub rule: &'static Rule,
    /// Old value, if it is short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// New value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl Report {
    /// Returns the most severe verdict for the wire.
    #[must_use]
    pub fn wire(&self) -> Wire {
        self.changes.iter().map(|change| change.rule.wire).max().unwrap_or(Wire::None)
    }

    /// Returns the most severe verdict for the crate.
    #[must_use]
    pub fn rust(&self) -> Rust {
        self.changes.iter().map(|change| change.rule.rust).max().unwrap_or(Rust::Patch)
    }

    /// Returns true if anything breaks, on the wire or in the crate.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(Change::is_breaking)
    }
}

impl Change {
    /// Returns true if it breaks anything, on the wire or in the crate.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.rule.wire == Wire::Breaking || self.rule.rust == Rust::Major
    }

    /// Returns true if it is an addition and breaks nothing.
    #[must_use]
    pub fn is_addition(&self) -> bool {
        let more = self.rule.wire == Wire::Additive || self.rule.rust == Rust::Minor;
        more && !self.is_breaking()
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_map(None)?;
        report.serialize_entry("wire", &self.wire())?;
        report.serialize_entry("rust", &self.rust())?;
        report.serialize_entry("breaking", &self.is_breaking())?;
        report.serialize_entry("changes", &self.changes)?;
        report.end()
    }
}

/// The headings of [Keep a Changelog](https://keepachangelog.com) for changes of the description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// Additions
    Added,
    /// Changes
    Changed,
    /// Announced removals
    Deprecated,
    /// Removals
    Removed,
}

impl Heading {
    /// All, in the order of a section.
    pub const ALL: [Self; 4] =
        [Self::Added, Self::Changed, Self::Deprecated, Self::Removed];

    /// Returns the word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
        }
    }
}

impl Rule {
    /// Returns the heading of its changes, by the last word of its name.
    #[must_use]
    pub fn heading(&self) -> Heading {
        match self.id.rsplit('-').next() {
            Some("added") => Heading::Added,
            Some("deprecated") => Heading::Deprecated,
            Some("removed") => Heading::Removed,
            _ => Heading::Changed,
        }
    }
}
