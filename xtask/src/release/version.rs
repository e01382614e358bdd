//! Determines the next version.

use anyhow::ensure;
use ngrok_codegen::diff::{Report, Rust};
use semver::Version;

use super::changelog::Changelog;
use super::tags::Tag;
use crate::count::count;

/// The requirements on the next version, and the reasons.
pub(super) struct Needs {
    last: Option<Version>,
    /// The minimum for the changes; `None` for a first release.
    required: Option<Version>,
    proposed: Version,
    /// A line for each reason.
    pub(super) reasons: Vec<String>,
}

impl Needs {
    /// Determines the requirements; `present` is the version in the manifest.
    pub(super) fn new(
        last: Option<&Tag>,
        present: &Version,
        report: &Report,
        changelog: &Changelog,
    ) -> Self {
        let Some(tag) = last else {
            return Self {
                last: None,
                required: None,
                proposed: present.clone(),
                reasons: vec![
                    "last version: none, no tag names one; this is the first release"
                        .to_owned(),
                ],
            };
        };
        let (noted, why) = changelog.level();
        let required = next(&tag.version, report.rust().max(noted));
        let reasons = vec![
            format!(
                "last version: {} ({} ago)",
                tag.version,
                count(tag.behind, "commit")
            ),
            format!("description: {}", told(report)),
            format!("CHANGELOG: {} ({why})", noted.word()),
        ];
        // The version may have been raised already.
        let proposed = required.clone().max(present.clone());
        let last = Some(tag.version.clone());
        Self { last, required: Some(required), proposed, reasons }
    }

    /// Returns the requested version if it is sufficient, or else the proposed one.
    pub(super) fn choose(&self, asked: Option<&Version>) -> anyhow::Result<Version> {
        let Some(asked) = asked else { return Ok(self.proposed.clone()) };
        if let Some(last) = &self.last {
            ensure!(
                asked > last,
                "{asked} does not come after {last}, the last version"
            );
        }
        // A pre-release, such as 1.0.0-rc.1, is accepted where the release would be.
        let release = Version::new(asked.major, asked.minor, asked.patch);
        if let Some(required) = &self.required {
            ensure!(
                release >= *required,
                "{asked} is too small for the changes: at least {required} is required\n  {}",
                self.reasons.join("\n  ")
            );
        }
        Ok(asked.clone())
    }
}

fn told(report: &Report) -> String {
    if report.changes.is_empty() {
        return "patch (no changes)".to_owned();
    }
    let breaking = report.changes.iter().filter(|change| change.is_breaking()).count();
    let additions = report.changes.iter().filter(|change| change.is_addition()).count();
    format!(
        "{} ({}: {breaking} breaking, {})",
        report.rust().word(),
        count(report.changes.len(), "change"),
        count(additions, "addition"),
    )
}

/// Returns the next version by cargo's rules: before 1.0.0, every level counts one place lower.
fn next(last: &Version, level: Rust) -> Version {
    let Version { major, minor, patch, .. } = *last;
    if !last.pre.is_empty() {
        // The pre-release becomes the release.
        return Version::new(major, minor, patch);
    }
    match (major, minor, level) {
        (0, 0, _) => Version::new(0, 0, patch + 1),
        (0, _, Rust::Major) => Version::new(0, minor + 1, 0),
        (0, _, _) | (_, _, Rust::Patch) => Version::new(major, minor, patch + 1),
        (_, _, Rust::Major) => Version::new(major + 1, 0, 0),
        (_, _, Rust::Minor) => Version::new(major, minor + 1, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_raises_its_part() {
        for (last, [patch, minor, major]) in [
            ("1.2.3", ["1.2.4", "1.3.0", "2.0.0"]),
            ("0.2.3", ["0.2.4", "0.2.4", "0.3.0"]),
            ("0.0.3", ["0.0.4", "0.0.4", "0.0.4"]),
            ("2.0.0-rc.1", ["2.0.0", "2.0.0", "2.0.0"]),
        ] {
            let last = Version::parse(last).expect("a version");
            let after = |level| next(&last, level).to_string();
            assert_eq!(
                [after(Rust::Patch), after(Rust::Minor), after(Rust::Major)],
                [patch, minor, major],
                "{last}"
            );
        }
    }

    fn needs(last: &str, next: &str) -> Needs {
        let version = |text| Version::parse(text).expect("a version");
        Needs {
            last: Some(version(last)),
            required: Some(version(next)),
            proposed: version(next),
            reasons: Vec::new(),
        }
    }

    #[test]
    fn a_version_that_is_asked_for_must_do() {
        let asked = |text: &str| {
            let asked = Version::parse(text).expect("a version");
            needs("0.2.0", "0.3.0").choose(Some(&asked)).is_ok()
        };
        assert!(asked("0.3.0") && asked("1.0.0") && asked("0.3.0-rc.1"));
        assert!(!asked("0.2.0") && !asked("0.1.9") && !asked("0.2.1"));
    }
}
