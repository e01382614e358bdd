//! Release tags.

use std::path::Path;

use anyhow::ensure;
use semver::Version;

use crate::git;

/// A tag with a version.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) version: Version,
    /// Number of commits since.
    pub(super) behind: usize,
}

/// Returns the greatest tagged version in the history of the current commit.
pub(super) fn last(root: &Path) -> anyhow::Result<Option<Tag>> {
    let tags = git::text(root, &["tag", "--merged", "HEAD", "--list", "v*"])?;
    let versions = tags.lines().filter_map(|name| Some((parse(name)?, name.to_owned())));
    let Some((version, name)) = versions.max() else {
        // A shallow clone lacks tags as well.
        let shallow = git::text(root, &["rev-parse", "--is-shallow-repository"])?;
        ensure!(
            shallow.trim() != "true",
            "this clone has no history to find the last release in: run `git fetch --unshallow --tags`"
        );
        return Ok(None);
    };
    let behind = git::text(root, &["rev-list", "--count", &format!("{name}..HEAD")])?;
    Ok(Some(Tag { name, version, behind: behind.trim().parse().unwrap_or_default() }))
}

fn parse(name: &str) -> Option<Version> {
    Version::parse(name.strip_prefix('v')?).ok()
}
