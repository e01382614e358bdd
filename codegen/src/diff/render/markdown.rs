//! Reports for a CHANGELOG: breaking changes with their reasons, additions, and the rest; each by resource.

use super::super::report::{Change, Report};
use super::super::rules::{DOCS_CHANGED, Rust, Wire};
use super::{count, sentence};

impl Report {
    /// Returns sections of a CHANGELOG, with third-level headings. Empty if nothing changed.
    #[must_use]
    pub fn markdown(&self) -> String {
        let (breaking, harmless): (Vec<_>, Vec<_>) =
            self.changes.iter().partition(|change| change.is_breaking());
        let (additions, others): (Vec<_>, Vec<_>) =
            harmless.into_iter().partition(|change| change.is_addition());
        let sections = [
            section("Breaking changes", &breaking, breaking_line),
            section("Additions", &additions, line),
            section("Other changes", &others, line),
        ];
        sections.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}

/// Adds changes of one kind under their heading, by resource.
fn section(
    title: &str,
    changes: &[&Change],
    tell: fn(&Change) -> String,
) -> Option<String> {
    if changes.is_empty() {
        return None;
    }
    Some(format!("### {title}\n\n{}", groups(changes, tell)))
}

/// Groups changes by resource; changes of documentation are counted.
pub(super) fn groups(changes: &[&Change], tell: fn(&Change) -> String) -> String {
    let mut text = String::new();
    for group in changes.chunk_by(|one, other| one.resource == other.resource) {
        let resource = group.first().map_or("", |change| change.resource.as_str());
        text.extend(["- ", resource, "\n"]);
        // Documentation is reported in one line.
        let (docs, told): (Vec<_>, Vec<_>) =
            group.iter().partition(|change| change.rule == DOCS_CHANGED);
        text.extend(told.into_iter().map(|change| format!("  - {}\n", tell(change))));
        if !docs.is_empty() {
            let number = count(docs.len(), "thing is", "things are");
            text.extend(["  - ", &number, " documented in other words.\n"]);
        }
    }
    text
}

pub(super) fn line(change: &Change) -> String {
    format!("`{}` {}.", change.subject, sentence(change, "`", "→"))
}

fn breaking_line(change: &Change) -> String {
    format!("**{}**: {} {}", broken(change), line(change), change.rule.reason)
}

/// Returns what a change breaks.
pub(super) fn broken(change: &Change) -> &'static str {
    match (change.rule.wire == Wire::Breaking, change.rule.rust == Rust::Major) {
        (true, true) => "API and crate",
        (true, false) => "API",
        _ => "crate",
    }
}
