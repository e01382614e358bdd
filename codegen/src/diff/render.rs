//! Rendering of reports: for a terminal, and for a CHANGELOG.

use super::report::{Change, Heading, Report};
use super::rules::{Rust, Wire};
use crate::names::counted;

impl Report {
    /// Renders the report for people: by resource, the most severe first; ends with a newline.
    #[must_use]
    pub fn text(&self) -> String {
        if self.changes.is_empty() {
            return "no changes\n".to_owned();
        }
        let mut text = String::new();
        let groups = self.changes.chunk_by(|one, other| one.resource == other.resource);
        for changes in groups {
            text.extend([changes[0].resource.as_str(), "\n", &group(changes), "\n"]);
        }
        text + &self.summary()
    }

    fn summary(&self) -> String {
        let number = |is: fn(&Change) -> bool| {
            self.changes.iter().filter(|change| is(change)).count()
        };
        format!(
            "{}: {} breaking, {}\nwire: {}, crate: {}\n",
            counted(self.changes.len(), "change"),
            number(Change::is_breaking),
            counted(number(Change::is_addition), "addition"),
            self.wire().word(),
            self.rust().word(),
        )
    }

    /// Returns sections of a CHANGELOG, with third-level headings. Empty if nothing changed.
    #[must_use]
    pub fn markdown(&self) -> String {
        let breaking = |change: &Change| {
            format!("**{}**: {} {}", broken(change), line(change), change.rule.reason)
        };
        let other = |change: &Change| !(change.is_breaking() || change.is_addition());
        let sections = [
            ("Breaking changes", self.groups(Change::is_breaking, breaking)),
            ("Additions", self.groups(Change::is_addition, line)),
            ("Other changes", self.groups(other, line)),
        ];
        let sections = sections.into_iter().filter(|(_, text)| !text.is_empty());
        let sections = sections.map(|(title, text)| format!("### {title}\n\n{text}"));
        sections.collect::<Vec<_>>().join("\n")
    }

    /// Returns the entries of a CHANGELOG under each nonempty heading, by resource. Breaking changes include the reason.
    #[must_use]
    pub fn changelog(&self) -> Vec<(Heading, String)> {
        let entry = |change: &Change| {
            let line = line(change);
            if !change.is_breaking() {
                return line;
            }
            let (broken, reason) = (broken(change), change.rule.reason);
            format!("**Breaking ({broken})**: {line} {reason}")
        };
        let sections = Heading::ALL.map(|heading| {
            (heading, self.groups(|change| change.rule.heading() == heading, entry))
        });
        sections.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    /// Returns changes as a list, by resource; changes of documentation are counted.
    fn groups(
        &self,
        belongs: impl Fn(&Change) -> bool,
        line: impl Fn(&Change) -> String,
    ) -> String {
        let changes: Vec<_> =
            self.changes.iter().filter(|change| belongs(change)).collect();
        let mut text = String::new();
        for group in changes.chunk_by(|one, other| one.resource == other.resource) {
            text.extend(["- ", &group[0].resource, "\n"]);
            let (docs, others): (Vec<_>, Vec<_>) =
                group.iter().copied().partition(|change| is_of_docs(change));
            text.extend(others.into_iter().map(|it| format!("  - {}\n", line(it))));
            if !docs.is_empty() {
                let things = counted(docs.len(), "thing");
                let are = if docs.len() == 1 { " is " } else { " are " };
                text.extend(["  - ", &things, are, "documented in other words.\n"]);
            }
        }
        text
    }
}

/// Returns the changes of a resource for a terminal.
fn group(changes: &[Change]) -> String {
    let (docs, mut others): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| is_of_docs(change));
    others.sort_by_key(|change| std::cmp::Reverse((change.rule.rust, change.rule.wire)));
    let lines = |change: &Change| {
        let (rule, sentence) = (change.rule, sentence(change, "", "->"));
        let (rust, wire, subject) =
            (rule.rust.word(), rule.wire.word(), &change.subject);
        let (reason, id) = (rule.reason, rule.id);
        format!("  {rust}, wire {wire}  {subject} {sentence}\n      {reason} [{id}]\n")
    };
    let mut text: String = others.into_iter().map(lines).collect();
    if !docs.is_empty() {
        let names: Vec<_> = docs.iter().map(|change| change.subject.as_str()).collect();
        text.extend(["  patch, wire none  documentation of ", &names.join(", "), "\n"]);
    }
    text
}

fn is_of_docs(change: &Change) -> bool {
    change.rule.id == "docs-changed"
}

fn line(change: &Change) -> String {
    format!("`{}` {}.", change.subject, sentence(change, "`", "→"))
}

/// Returns what a change breaks.
fn broken(change: &Change) -> &'static str {
    match (change.rule.wire == Wire::Breaking, change.rule.rust == Rust::Major) {
        (true, true) => "API and crate",
        (true, false) => "API",
        _ => "crate",
    }
}

/// Returns the change without the name of the subject: `is required (Option<String> -> String)`.
fn sentence(change: &Change, quote: &str, arrow: &str) -> String {
    // Text with its own quotes is prose.
    let quoted = |text: &str| {
        let quote = if text.contains('`') { "" } else { quote };
        format!("{quote}{text}{quote}")
    };
    let what = change.rule.what;
    match (&change.before, &change.after) {
        (Some(before), Some(after)) if before != after => {
            format!("{what} ({} {arrow} {})", quoted(before), quoted(after))
        }
        (Some(only), _) | (None, Some(only)) => format!("{what} ({})", quoted(only)),
        (None, None) => what.to_owned(),
    }
}
