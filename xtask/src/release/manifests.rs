//! The version in cargo's files, whose formatting is preserved.

use anyhow::Context;
use semver::Version;
use toml_edit::{DocumentMut, Item, TableLike, Value};

/// Returns the version that the packages of a workspace share.
pub(super) fn version(manifest: &str) -> anyhow::Result<Version> {
    let mut manifest = parse(manifest)?;
    let text = shared(&mut manifest)?.as_str().unwrap_or_default();
    Version::parse(text)
        .with_context(|| format!("`{text}` in Cargo.toml is not a version"))
}

/// Returns the manifest of a workspace with another version of its packages and of the dependencies between them.
pub(super) fn with_version(manifest: &str, version: &Version) -> anyhow::Result<String> {
    let mut manifest = parse(manifest)?;
    set(shared(&mut manifest)?, &version.to_string());
    let workspace = manifest.get_mut("workspace");
    let dependencies = workspace.and_then(|item| item.get_mut("dependencies"));
    let dependencies = dependencies.and_then(Item::as_table_like_mut);
    for (_, dependency) in dependencies.into_iter().flat_map(TableLike::iter_mut) {
        // External dependencies have no path.
        if dependency.get("path").is_none() {
            continue;
        }
        if let Some(required) =
            dependency.get_mut("version").and_then(Item::as_value_mut)
        {
            set(required, &version.to_string());
        }
    }
    Ok(manifest.to_string())
}

/// Returns a lock file with the new version of the workspace's packages that had the old one.
pub(super) fn locked(
    lock: &str,
    old: &Version,
    new: &Version,
) -> anyhow::Result<String> {
    let mut lock = parse(lock)?;
    let packages = lock.get_mut("package").and_then(Item::as_array_of_tables_mut);
    for package in packages.into_iter().flat_map(|packages| packages.iter_mut()) {
        // External packages have a source.
        if package.contains_key("source") {
            continue;
        }
        let version = package.get_mut("version").and_then(Item::as_value_mut);
        if let Some(version) = version
            && version.as_str() == Some(old.to_string().as_str())
        {
            set(version, &new.to_string());
        }
    }
    Ok(lock.to_string())
}

fn parse(text: &str) -> anyhow::Result<DocumentMut> {
    text.parse().context("this is not TOML")
}

fn shared(manifest: &mut DocumentMut) -> anyhow::Result<&mut Value> {
    let package = manifest.get_mut("workspace").and_then(|item| item.get_mut("package"));
    let version = package.and_then(|package| package.get_mut("version"));
    version
        .and_then(Item::as_value_mut)
        .context("Cargo.toml has no `version` under `[workspace.package]`")
}

/// Replaces a value and keeps the surrounding formatting.
fn set(value: &mut Value, version: &str) {
    let decor = value.decor().clone();
    *value = Value::from(version);
    *value.decor_mut() = decor;
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "\
# All of it.
[workspace]
members = [ \"a\" ]   # spaced

[workspace.package]
edition = \"2024\"
version   =  \"0.1.0\"  # raised by `cargo xtask release`

[workspace.dependencies]
b = { version = \"0.1.0\" }
c = { path = \"c\", version = \"0.1.0\" } # ours
";

    #[test]
    fn nothing_but_the_version_changes() {
        assert_eq!(version(MANIFEST).expect("it has one"), Version::new(0, 1, 0));
        let raised = with_version(MANIFEST, &Version::new(0, 2, 0)).expect("it has one");
        let expected = MANIFEST.replacen("\"0.1.0\"", "\"0.2.0\"", 1);
        let ours = |version: &str| format!("path = \"c\", version = \"{version}\"");
        assert_eq!(raised, expected.replace(&ours("0.1.0"), &ours("0.2.0")));
    }

    #[test]
    fn a_manifest_without_a_version_is_refused() {
        for manifest in
            ["", "[workspace.package]\n", "[workspace.package]\nversion = 1\n"]
        {
            assert!(version(manifest).is_err(), "{manifest}");
        }
        assert!(version("[workspace.package]\nversion = \"1\"").is_err());
        assert!(version("[").is_err());
    }

    #[test]
    fn packages_of_the_workspace_alone_are_raised_in_the_lock_file() {
        let lock = |ours: &str| {
            format!(
                "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"{ours}\"\ndependencies = [\n \"b\",\n]\n\n\
                 [[package]]\nname = \"b\"\nversion = \"0.1.0\"\nsource = \"registry\"\n\n\
                 [[package]]\nname = \"c\"\nversion = \"7.0.0\"\n"
            )
        };
        let raised =
            locked(&lock("0.1.0"), &Version::new(0, 1, 0), &Version::new(0, 2, 0));
        assert_eq!(raised.expect("a lock file"), lock("0.2.0"));
    }
}
