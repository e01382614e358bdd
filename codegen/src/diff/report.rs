//! The result of a comparison as a plain value.

use serde::Serialize;

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

    /// Groups the changes by resource.
    pub fn by_resource(&self) -> impl Iterator<Item = (&str, &[Change])> {
        let groups = self.changes.chunk_by(|one, other| one.resource == other.resource);
        groups.filter_map(|group| Some((group.first()?.resource.as_str(), group)))
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
