//! A CHANGELOG in the form of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).
//!
//! Takes its text and new entries; returns the text with one more section. Existing entries are not changed.

use ngrok_codegen::diff::{Heading, Rust};
use semver::Version;

/// The headings of a section, in their order.
const ORDER: [&str; 6] =
    ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

/// A parsed CHANGELOG.
pub(super) struct Changelog<'a> {
    /// The text up to and including the heading of unreleased changes.
    head: &'a str,
    /// The unreleased text before the first heading.
    lead: &'a str,
    groups: Vec<Group>,
    /// The sections after it.
    tail: &'a str,
}

/// Entries under one heading.
struct Group {
    title: String,
    /// Entries without surrounding empty lines.
    entries: String,
}

impl<'a> Changelog<'a> {
    /// Parses a text; `None` if it has no heading for unreleased changes.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut lines = lines(text).into_iter();
        let (at, heading) = lines.find(|(_, line)| names(line, "unreleased"))?;
        let start = at + heading.len();
        let end = lines.find(|(_, line)| line.starts_with("## ") || is_link(line));
        let end = end.map_or(text.len(), |(at, _)| at);
        let (lead, groups) = groups(&text[start..end]);
        Some(Self { head: &text[..start], lead, groups, tail: &text[end..] })
    }

    /// Returns true if there are no unreleased changes.
    pub(super) fn is_empty(&self) -> bool {
        self.lead.is_empty() && self.groups.iter().all(|group| group.entries.is_empty())
    }

    /// Returns true if a version has a section.
    pub(super) fn has(&self, version: &Version) -> bool {
        self.section(version).is_some()
    }

    /// Returns the section of a released version, without its heading.
    pub(super) fn section(&self, version: &Version) -> Option<&'a str> {
        let version = version.to_string();
        let mut lines = lines(self.tail).into_iter();
        let (at, heading) = lines.find(|(_, line)| names(line, &version))?;
        let start = at + heading.len();
        let end = lines.find(|(_, line)| line.starts_with("## ") || is_link(line));
        let end = end.map_or(self.tail.len(), |(at, _)| at);
        Some(self.tail[start..end].trim())
    }

    /// Returns the part of the version to increment for the unreleased entries, and the reason.
    pub(super) fn level(&self) -> (Rust, String) {
        let groups = self.groups.iter().filter(|group| !group.entries.is_empty());
        let levels = groups.map(|group| (group.level(), group));
        // Of several with the same level, the first is reported.
        let gravest = levels
            .rev()
            .max_by_key(|(level, _)| *level)
            .filter(|(level, _)| *level > Rust::Patch);
        match gravest {
            Some((level, group)) => {
                (level, format!("by `{}` under Unreleased", group.title))
            }
            None if self.is_empty() => {
                (Rust::Patch, "nothing under Unreleased".to_owned())
            }
            None => (Rust::Patch, "nothing under Unreleased requires more".to_owned()),
        }
    }

    /// Returns the text with the unreleased changes as a released section, and additional entries.
    pub(super) fn released(
        mut self,
        version: &Version,
        date: &str,
        more: Vec<(Heading, String)>,
    ) -> String {
        for (heading, entries) in more {
            self.add(heading.word(), &entries);
        }
        let mut parts = vec![
            self.head.trim_end().to_owned(),
            format!("## [{version}] - {date}"),
            self.lead.to_owned(),
        ];
        let groups = self.groups.iter().filter(|group| !group.entries.is_empty());
        for group in groups {
            parts.extend([format!("### {}", group.title), group.entries.clone()]);
        }
        parts.push(self.tail.trim_end().to_owned());
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n") + "\n"
    }

    /// Adds entries below those under a heading, or under a new one at its position.
    fn add(&mut self, title: &str, entries: &str) {
        let entries = entries.trim_end();
        let same =
            self.groups.iter_mut().find(|group| group.title.eq_ignore_ascii_case(title));
        if let Some(group) = same {
            let both = [group.entries.as_str(), entries];
            let both = both.into_iter().filter(|entries| !entries.is_empty());
            group.entries = both.collect::<Vec<_>>().join("\n");
            return;
        }
        let after = |group: &Group| rank(&group.title) > rank(title);
        let place = self.groups.iter().position(after).unwrap_or(self.groups.len());
        self.groups.insert(
            place,
            Group { title: title.to_owned(), entries: entries.to_owned() },
        );
    }
}

impl Group {
    fn level(&self) -> Rust {
        let breaking = |line: &str| line.trim_start().starts_with("- **Breaking");
        match ORDER.get(rank(&self.title)) {
            Some(&"Removed") => Rust::Major,
            _ if self.entries.lines().any(breaking) => Rust::Major,
            Some(&"Added" | &"Deprecated") => Rust::Minor,
            _ => Rust::Patch,
        }
    }
}

/// Returns the position of a heading; unknown ones come last.
fn rank(title: &str) -> usize {
    let same = |known: &&str| known.eq_ignore_ascii_case(title);
    ORDER.iter().position(same).unwrap_or(ORDER.len())
}

/// Splits a section into the text before the first heading, and the entries under each.
fn groups(section: &str) -> (&str, Vec<Group>) {
    let mut titles = lines(section);
    titles.retain(|(_, line)| title(line).is_some());
    let lead = titles.first().map_or(section, |(at, _)| &section[..*at]);
    let ends = titles.iter().skip(1).map(|(at, _)| *at).chain([section.len()]);
    let groups = titles.iter().zip(ends).map(|((at, line), end)| Group {
        title: title(line).unwrap_or_default().to_owned(),
        entries: section[at + line.len()..end].trim_matches(['\r', '\n']).to_owned(),
    });
    (lead.trim(), groups.collect())
}

/// Returns the lines of a text, each with its end and its offset, without those of code blocks.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let (mut lines, mut at, mut example) = (Vec::new(), 0, false);
    for line in text.split_inclusive('\n') {
        let fence = line.trim_start().starts_with("```");
        example ^= fence;
        if !fence && !example {
            lines.push((at, line));
        }
        at += line.len();
    }
    lines
}

/// Returns true if a line is the heading of a section: `## [1.0.0] - 2026-01-31`, or without the brackets.
fn names(line: &str, section: &str) -> bool {
    let Some(title) = line.strip_prefix("## ") else { return false };
    let name = title.split([' ', '\r', '\n']).find(|word| !word.is_empty());
    name.is_some_and(|name| name.trim_matches(['[', ']']).eq_ignore_ascii_case(section))
}

/// Returns the text of a heading within a section.
fn title(line: &str) -> Option<&str> {
    Some(line.strip_prefix("### ")?.trim())
}

/// Returns true if a line defines a link; those are at the end of the file.
fn is_link(line: &str) -> bool {
    line.starts_with('[') && line.contains("]: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# Changelog

About it.

## [Unreleased]

Read this first.

### Added

- One.
  Which goes on:
  ```
  ## [Unreleased]
  ### Removed
  ```

### Fixed

- Two.

### Thanks

- To all.

## [0.1.0] - 2026-01-31

### Removed

- **Breaking**: all.

[0.1.0]: https://example.com/0.1.0
";

    fn parse(text: &str) -> Changelog<'_> {
        Changelog::parse(text).expect("it has a section for unreleased changes")
    }

    fn release(text: &str, more: &[(Heading, &str)]) -> String {
        let more = more.iter().map(|(heading, text)| (*heading, (*text).to_owned()));
        parse(text).released(&Version::new(0, 2, 0), "2026-02-28", more.collect())
    }

    #[test]
    fn what_was_not_released_gets_a_heading_and_stays_as_it_is() {
        let heading = "## [Unreleased]\n\n## [0.2.0] - 2026-02-28\n";
        assert_eq!(release(TEXT, &[]), TEXT.replacen("## [Unreleased]\n", heading, 1));
    }

    #[test]
    fn more_goes_below_what_stands_under_the_same_heading_or_at_its_place() {
        let more = [
            (Heading::Added, "- a\n"),
            (Heading::Changed, "- b\n"),
            (Heading::Removed, "- c\n"),
        ];
        insta::assert_snapshot!(release(TEXT, &more));
        insta::assert_snapshot!(release("## Unreleased", &more));
    }

    #[test]
    fn the_last_section_ends_before_the_links() {
        let text =
            "## [Unreleased]\n\n### Fixed\n\n- a [b].\n\n[b]: https://example.com\n";
        let heading = "## [Unreleased]\n\n## [0.2.0] - 2026-02-28\n";
        assert_eq!(release(text, &[]), text.replacen("## [Unreleased]\n", heading, 1));
    }

    #[test]
    fn headings_and_entries_say_how_much_the_version_grows() {
        let level = |text: &str| parse(&format!("## [Unreleased]\n{text}")).level().0;
        assert_eq!(level(""), Rust::Patch);
        assert_eq!(level("### Fixed\n- a"), Rust::Patch);
        assert_eq!(level("### Changed\n- a\n### Deprecated\n- b"), Rust::Minor);
        assert_eq!(level("### Fixed\n- a\n### Added\n- b\n"), Rust::Minor);
        assert_eq!(level("### Added\n### removed\n- b"), Rust::Major);
        assert_eq!(level("### Changed\n- **Breaking**: a"), Rust::Major);
        assert_eq!(level("### Removed\n"), Rust::Patch, "nothing is unreleased");
        assert_eq!(
            parse(TEXT).level(),
            (Rust::Minor, "by `Added` under Unreleased".to_owned())
        );
    }

    #[test]
    fn sections_are_known_by_their_versions() {
        assert!(parse(TEXT).has(&Version::new(0, 1, 0)));
        assert!(!parse(TEXT).has(&Version::new(0, 1, 1)));
        let notes = "### Removed\n\n- **Breaking**: all.";
        assert_eq!(parse(TEXT).section(&Version::new(0, 1, 0)), Some(notes));
        assert!(
            !parse(TEXT).is_empty() && parse("## Unreleased\n\n## 0.1.0").is_empty()
        );
        assert!(Changelog::parse("# Changelog\n").is_none());
    }
}
