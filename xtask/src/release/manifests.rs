//! The version in the files of cargo, which stay as they are otherwise.

use anyhow::Context;
use semver::Version;
use toml_edit::{DocumentMut, Item, Value};

/// The version that the packages of a workspace share.
pub(super) fn version(manifest: &str) -> anyhow::Result<Version> {
    let mut manifest = parse(manifest)?;
    let text = shared(&mut manifest)?.as_str().unwrap_or_default();
    Version::parse(text).with_context(|| format!("`{text}` in Cargo.toml is no version"))
}

/// The manifest of a workspace with another version, which its own packages also ask of each other.
pub(super) fn with_version(manifest: &str, version: &Version) -> anyhow::Result<String> {
    let mut manifest = parse(manifest)?;
    let shared = shared(&mut manifest)?;
    let old = shared.as_str().unwrap_or_default().to_owned();
    set(shared, version);
    let dependencies =
        manifest.get_mut("workspace").and_then(|item| item.get_mut("dependencies"));
    let dependencies = dependencies.and_then(Item::as_table_like_mut);
    for (_, dependency) in dependencies.into_iter().flat_map(|all| all.iter_mut()) {
        let Some(dependency) = dependency.as_table_like_mut() else { continue };
        // What is in the workspace says where.
        let own = dependency.contains_key("path");
        let asked = dependency.get_mut("version").and_then(Item::as_value_mut);
        if let Some(asked) = asked.filter(|asked| own && asked.as_str() == Some(&old)) {
            set(asked, version);
        }
    }
    Ok(manifest.to_string())
}

/// A lock file in which the packages of the workspace that had the old version have the new one.
pub(super) fn locked(
    lock: &str,
    old: &Version,
    new: &Version,
) -> anyhow::Result<String> {
    let mut lock = parse(lock)?;
    let packages = lock.get_mut("package").and_then(Item::as_array_of_tables_mut);
    for package in packages.into_iter().flat_map(|packages| packages.iter_mut()) {
        // What comes from elsewhere says from where.
        if package.contains_key("source") {
            continue;
        }
        let version = package.get_mut("version").and_then(Item::as_value_mut);
        if let Some(version) = version
            && version.as_str() == Some(old.to_string().as_str())
        {
            set(version, new);
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

/// Replaces a value; what stands around it stays.
fn set(value: &mut Value, version: &Version) {
    let decor = value.decor().clone();
    *value = Value::from(version.to_string());
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
a = { version = \"0.1.0\", path = \"a\" }   # its own
b = { version = \"0.1.0\" }
c = \"0.1.0\"
";

    #[test]
    fn nothing_but_versions_of_the_workspace_change() {
        assert_eq!(version(MANIFEST).expect("it has one"), Version::new(0, 1, 0));
        let raised = with_version(MANIFEST, &Version::new(0, 2, 0)).expect("it has one");
        let expected = MANIFEST.replacen("\"0.1.0\"", "\"0.2.0\"", 2);
        assert_eq!(raised, expected, "the version, and what `a` is asked for");
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
