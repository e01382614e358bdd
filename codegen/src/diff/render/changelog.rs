//! For the section of a release in a CHANGELOG.

use super::super::report::{Change, Report};
use super::super::rules::Rule;
use super::markdown;

/// The headings of [Keep a Changelog](https://keepachangelog.com) that a change of the description may stand under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// What is new.
    Added,
    /// What is other than it was.
    Changed,
    /// What will go.
    Deprecated,
    /// What is gone.
    Removed,
}

impl Heading {
    /// All, in the order of a section.
    pub const ALL: [Self; 4] =
        [Self::Added, Self::Changed, Self::Deprecated, Self::Removed];

    /// The word for it.
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
    /// The heading that its changes stand under: the last word of its name says what happened.
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
    /// The entries under each heading that has any, by resource. What breaks says so, and why.
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
