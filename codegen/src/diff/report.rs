//! What was found, as a plain value.

use serde::Serialize;

use super::rules::{Rule, Rust, Wire};

/// What changed from one model to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The changes: what holds for the whole API first, then the resources in the order of their names, then the error
    /// codes.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The service it belongs to, by its accessor: `edges.https`. Or `api`, or `error codes`.
    pub resource: String,
    /// What changed: `ip_policies.update`, `IpPolicyRule.cidr`.
    pub subject: String,
    /// What happened to it, and what that means.
    #[serde(flatten)]
    pub rule: &'static Rule,
    /// How it was, where a few words say that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// How it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl Report {
    /// The gravest verdict for the wire.
    #[must_use]
    pub fn wire(&self) -> Wire {
        self.changes.iter().map(|change| change.rule.wire).max().unwrap_or(Wire::None)
    }

    /// The gravest verdict for the crate.
    #[must_use]
    pub fn rust(&self) -> Rust {
        self.changes.iter().map(|change| change.rule.rust).max().unwrap_or(Rust::Patch)
    }

    /// Whether anything breaks, on the wire or in the crate.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(Change::is_breaking)
    }

    /// The changes by what they belong to.
    pub fn by_resource(&self) -> impl Iterator<Item = (&str, &[Change])> {
        let groups = self.changes.chunk_by(|one, other| one.resource == other.resource);
        groups.filter_map(|group| Some((group.first()?.resource.as_str(), group)))
    }
}

impl Change {
    /// Whether it breaks anything, on the wire or in the crate.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.rule.wire == Wire::Breaking || self.rule.rust == Rust::Major
    }

    /// Whether it gives anybody more than there was, and breaks nothing.
    #[must_use]
    pub fn is_addition(&self) -> bool {
        let more = self.rule.wire == Wire::Additive || self.rule.rust == Rust::Minor;
        more && !self.is_breaking()
    }
}
