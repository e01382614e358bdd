//! Reports for a terminal.

use super::super::report::{Change, Report};
use super::super::rules::DOCS_CHANGED;
use super::{count, sentence};

impl Report {
    /// Renders the report for people: by resource, the most severe first; ends with a newline.
    #[must_use]
    pub fn text(&self) -> String {
        if self.changes.is_empty() {
            return "no changes\n".to_owned();
        }
        let mut text = String::new();
        for (resource, changes) in self.by_resource() {
            text.extend([resource, "\n", &group(changes), "\n"]);
        }
        text + &self.summary()
    }

    fn summary(&self) -> String {
        let breaking = self.changes.iter().filter(|change| change.is_breaking()).count();
        let additions =
            self.changes.iter().filter(|change| change.is_addition()).count();
        format!(
            "{}: {breaking} breaking, {}\nwire: {}, crate: {}\n",
            count(self.changes.len(), "change", "changes"),
            count(additions, "addition", "additions"),
            self.wire().word(),
            self.rust().word(),
        )
    }
}

fn group(changes: &[Change]) -> String {
    let (docs, mut others): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| change.rule == DOCS_CHANGED);
    others.sort_by_key(|change| std::cmp::Reverse((change.rule.rust, change.rule.wire)));
    let mut text: String = others.into_iter().map(lines).collect();
    if !docs.is_empty() {
        let names: Vec<_> = docs.iter().map(|change| change.subject.as_str()).collect();
        text.extend(["  patch, wire none  documentation of ", &names.join(", "), "\n"]);
    }
    text
}

fn lines(change: &Change) -> String {
    let rule = change.rule;
    format!(
        "  {}, wire {}  {} {}\n      {} [{}]\n",
        rule.rust.word(),
        rule.wire.word(),
        change.subject,
        sentence(change, "", "->"),
        rule.reason,
        rule.id,
    )
}
