//! Entries for the section of a release in a CHANGELOG.

use super::super::report::{Change, Report};
use super::super::rules::Rule;
use super::markdown;

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

impl Report {
    /// Returns the entries under each nonempty heading, by resource. Breaking changes include the reason.
    #[must_use]
    pub fn changelog(&self) -> Vec<(Heading, String)> {
        let under = |heading: Heading| {
            let changes = self.changes.iter();
            let changes: Vec<_> =
                changes.filter(|change| change.rule.heading() == heading).collect();
            let text = markdown::groups(&changes, entry);
            (!changes.is_empty()).then_some((heading, text))
        };
        Heading::ALL.into_iter().filter_map(under).collect()
    }
}

fn entry(change: &Change) -> String {
    let line = markdown::line(change);
    if !change.is_breaking() {
        return line;
    }
    format!("**Breaking ({})**: {line} {}", markdown::broken(change), change.rule.reason)
}
