//! The next release: its version with the reasons, and the edited files.
//!
//! Takes a workspace at a commit; returns texts. Rejects a tree with uncommitted changes or stale files, since a release consists of its
//! contents. Does not commit or tag.

mod changelog;
mod manifests;
mod ready;
mod tags;
mod version;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, ensure};
use ngrok_codegen::diff::{Report, diff};
use semver::Version;
use similar::TextDiff;

use crate::source::Source;
use crate::{client_files, workspace};
use changelog::Changelog;
use tags::Tag;
use version::Needs;

const CHANGELOG: &str = "CHANGELOG.md";
const MANIFEST: &str = "Cargo.toml";
const LOCK: &str = "Cargo.lock";

/// Returns the notes of a released version: its section of the CHANGELOG.
pub(crate) fn notes(root: &Path, version: &Version) -> anyhow::Result<String> {
    let text = read(root, CHANGELOG)?;
    let changelog = Changelog::parse(&text)
        .with_context(|| format!("{CHANGELOG} has no heading `## [Unreleased]`"))?;
    let section = changelog.section(version);
    let section =
        section.with_context(|| format!("{CHANGELOG} has no section for {version}"))?;
    Ok(format!("{section}\n"))
}

/// The plan of a release.
pub(crate) struct Plan {
    version: Version,
    reasons: Vec<String>,
    edits: Vec<Edit>,
}

/// A file with its text before and after.
struct Edit {
    path: PathBuf,
    old: String,
    new: String,
}

impl Plan {
    /// Plans the release; `asked` is an explicitly requested version.
    pub(crate) fn make(root: &Path, asked: Option<&Version>) -> anyhow::Result<Self> {
        ready::ensure_committed(root)?;
        let model = ready::ensure_fresh(root)?;
        let text = read(root, CHANGELOG)?;
        let changelog = Changelog::parse(&text)
            .with_context(|| format!("{CHANGELOG} has no heading `## [Unreleased]`"))?;
        let manifest = read(root, MANIFEST)?;
        let present = manifests::version(&manifest)?;

        let last = tags::last(root)?;
        let report = match &last {
            Some(tag) => diff(&tag.description().model(root)?, &model),
            None => Report::default(),
        };
        ensure_something_changed(last.as_ref(), &report, &changelog)?;
        let needs = Needs::new(last.as_ref(), &present, &report, &changelog);
        let version = needs.choose(asked)?;
        ensure!(
            !changelog.has(&version),
            "{CHANGELOG} has a section for {version} already"
        );

        let mut reasons = needs.reasons;
        reasons.push(format!("next version: {version}"));
        let mut plan = Self { version, reasons, edits: Vec::new() };
        let new = manifests::with_version(&manifest, &plan.version)?;
        plan.edit(root, MANIFEST, manifest, new);
        if root.join(LOCK).exists() {
            let lock = read(root, LOCK)?;
            let new = manifests::locked(&lock, &present, &plan.version)?;
            plan.edit(root, LOCK, lock, new);
        }
        let new = changelog.released(&plan.version, &today(), report.changelog());
        plan.edit(root, CHANGELOG, text, new);
        Ok(plan)
    }

    fn edit(&mut self, root: &Path, name: &str, old: String, new: String) {
        if old != new {
            self.edits.push(Edit { path: root.join(name), old, new });
        }
    }

    /// Returns the version and the reasons, one line each.
    pub(crate) fn reasons(&self) -> String {
        self.reasons.join("\n") + "\n"
    }

    /// Returns the differences that would be written.
    pub(crate) fn differences(&self) -> String {
        let difference = |edit: &Edit| {
            let name = workspace::shown(&edit.path);
            let difference = TextDiff::from_lines(&edit.old, &edit.new);
            difference.unified_diff().header(&name, &name).to_string()
        };
        self.edits.iter().map(difference).collect()
    }

    pub(crate) fn write(&self) -> anyhow::Result<()> {
        self.edits.iter().try_for_each(|edit| client_files::write(&edit.path, &edit.new))
    }

    /// Returns the written files, and the remaining manual steps.
    pub(crate) fn what_is_left(&self) -> String {
        let names: Vec<_> =
            self.edits.iter().map(|edit| workspace::shown(&edit.path)).collect();
        format!(
            "{} written; read the section, then\n  git commit --all --message \"Release {version}\"\n  git tag \
             v{version}\n  git push origin HEAD v{version}\nThe tag starts the release workflow; manually, in \
             dependency order: cargo publish --workspace\n",
            names.join(", "),
            version = self.version,
        )
    }
}

impl Tag {
    /// Returns the description at the last release.
    fn description(&self) -> Source {
        let folder = ready::DESCRIPTION.to_owned();
        Source::Revision { revision: self.name.clone(), folder }
    }
}

fn ensure_something_changed(
    last: Option<&Tag>,
    report: &Report,
    changelog: &Changelog,
) -> anyhow::Result<()> {
    let since = last.map_or_else(String::new, |tag| format!(" since {}", tag.name));
    ensure!(
        !report.changes.is_empty() || !changelog.is_empty(),
        "nothing to release: the description has not changed{since}, and there are no entries under Unreleased in \
         {CHANGELOG}"
    );
    Ok(())
}

fn read(root: &Path, name: &str) -> anyhow::Result<String> {
    fs::read_to_string(root.join(name))
        .with_context(|| format!("cannot read `{}`", root.join(name).display()))
}

/// Returns the date in UTC: a release is not a generated file, so it may depend on the time.
fn today() -> String {
    let seconds =
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let seconds = i64::try_from(seconds).unwrap_or_default();
    chrono::DateTime::from_timestamp(seconds, 0)
        .unwrap_or_default()
        .date_naive()
        .to_string()
}
