//! `cargo xtask ci package`: compiles a program from the packages of all published crates, and from nothing else of this
//! repository.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use toml_edit::Item;

use crate::outcome::Outcome;
use crate::process::{cargo, metadata, run, target_directory};
use crate::terminal::say;
use crate::workspace;

/// Files that every package contains.
const FILES: &[&str] = &["README.md", "LICENSE-APACHE", "LICENSE-MIT"];

/// Keys that the manifest of every package states.
const KEYS: &[&str] = &[
    "description",
    "documentation",
    "homepage",
    "license",
    "repository",
    "rust_version",
];

/// A crate that is published.
struct Package {
    name: String,
    version: String,
    is_library: bool,
}

impl Package {
    fn from_metadata(package: &Value) -> Self {
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        let targets = package["targets"].as_array().into_iter().flatten();
        let mut kinds =
            targets.flat_map(|it| it["kind"].as_array().into_iter().flatten());
        let is_library = kinds.any(|kind| kind == "lib");
        Self { name: text("name"), version: text("version"), is_library }
    }

    /// Returns the name of the folder in its archive.
    fn folder(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }
}

/// Packages all published crates, unpacks them elsewhere and compiles a program that depends on the packages alone.
pub(super) fn run_check() -> anyhow::Result<Outcome> {
    let metadata = metadata()?;
    let packages = published(metadata)?;
    let target = target_directory()?;

    // The lock file has all that the packages need; updating the index takes longer than the rest.
    let mut package = cargo(["package", "--locked", "--offline", "--no-verify"]);
    package.args(["--allow-dirty", "--quiet"]);
    for it in &packages {
        package.args(["--package", &it.name]);
    }
    if run(package)? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }

    let folder = target.join("package-check");
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove `{}`", folder.display()))?;
    }
    fs::create_dir_all(folder.join("src"))?;
    for it in &packages {
        unpack(&target.join("package"), &folder, it)?;
        say!("{} is packaged", it.folder());
    }
    write_dependent(&folder, &packages)?;
    compile(&folder, &target)
}

/// Returns the published crates of the workspace; fails if a manifest is incomplete.
fn published(metadata: &Value) -> anyhow::Result<Vec<Package>> {
    let packages = metadata["packages"].as_array().context("no packages are listed")?;
    let members =
        metadata["workspace_members"].as_array().context("no members are listed")?;
    let mut published = Vec::new();
    for package in packages {
        // `publish = false` is an empty list of registries.
        let kept_back = package["publish"].as_array().is_some_and(Vec::is_empty);
        if !members.contains(&package["id"]) || kept_back {
            continue;
        }
        let name = &package["name"];
        for key in KEYS {
            ensure!(package[*key].is_string(), "the manifest of {name} has no `{key}`");
        }
        for key in ["keywords", "categories"] {
            let values = package[key].as_array();
            ensure!(
                values.is_some_and(|it| (1..=5).contains(&it.len())),
                "the manifest of {name} needs one to five `{key}`"
            );
        }
        // Of a library, docs.rs labels each item with its features.
        let features = package["features"].as_object().is_some_and(|it| !it.is_empty());
        let mut targets = package["targets"].as_array().into_iter().flatten();
        let library = targets.any(|target| target["kind"][0] == "lib");
        let arguments = &package["metadata"]["docs"]["rs"]["rustdoc-args"];
        ensure!(
            !(features && library) || *arguments == json!(["--cfg", "docsrs"]),
            "the manifest of {name} has no `rustdoc-args` for docs.rs, so that features are not shown"
        );
        published.push(Package::from_metadata(package));
    }
    Ok(published)
}

/// Unpacks the archive of a package below `folder`, and checks that it contains the required files.
fn unpack(archives: &Path, folder: &Path, package: &Package) -> anyhow::Result<()> {
    let archive = archives.join(format!("{}.crate", package.folder()));
    let mut tar = std::process::Command::new("tar");
    tar.arg("-xzf").arg(&archive).arg("-C").arg(folder);
    ensure!(run(tar)? == Outcome::Fine, "cannot unpack `{}`", archive.display());
    let unpacked = folder.join(package.folder());
    for file in FILES {
        ensure!(
            unpacked.join(file).is_file(),
            "the package {} lacks {file}; put it beside the manifest",
            package.name
        );
    }
    Ok(())
}

/// Writes a program that depends on every library, each of which is replaced by its package.
fn write_dependent(folder: &Path, packages: &[Package]) -> anyhow::Result<()> {
    let libraries = || packages.iter().filter(|it| it.is_library);
    let mut manifest = String::from(
        "[package]\nname = \"dependent\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\nmembers = [\n",
    );
    for it in packages.iter().filter(|it| !it.is_library) {
        manifest.extend(["    \"", &it.folder(), "\",\n"]);
    }
    manifest += "]\n\n[dependencies]\n";
    for it in libraries() {
        manifest.extend([&*it.name, " = \"", &it.version, "\"\n"]);
    }
    manifest += "\n[patch.crates-io]\n";
    for it in libraries() {
        manifest.extend([&*it.name, " = { path = \"", &it.folder(), "\" }\n"]);
    }
    manifest += &as_in_workspace()?;
    let names = libraries().map(|it| it.name.replace('-', "_"));
    let uses: Vec<_> = names.map(|name| format!("use {name} as _;\n")).collect();
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/main.rs"), uses.concat() + "\nfn main() {}\n")?;
    fs::copy(workspace::root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// Returns what makes cargo use earlier builds of crates of the registry again: the profiles of this workspace, and the features
/// that `syn`, which procedural macros depend on, has in it. No package depends on `syn` itself.
fn as_in_workspace() -> anyhow::Result<String> {
    let mut text = String::from("\n[build-dependencies]\n");
    let features = workspace::manifest("tests/workspace-hack/Cargo.toml")?;
    let stated = features["build-dependencies"].as_table_like();
    for (key, dependency) in stated.context("no features are stated")?.iter() {
        if dependency.get("package").and_then(Item::as_str) == Some("syn") {
            text.extend([key, " = ", dependency.to_string().trim(), "\n"]);
        }
    }
    let mut profiles = workspace::manifest("Cargo.toml")?;
    profiles.retain(|key, _| key == "profile");
    Ok(text + &profiles.to_string())
}

/// Compiles the program and the packages of programs with the versions of this repository's lock file, reusing earlier builds.
///
/// Files, dependencies and features that a package lacks show without generating machine code, which takes twice as long.
fn compile(folder: &Path, target: &Path) -> anyhow::Result<Outcome> {
    let manifest: PathBuf = folder.join("Cargo.toml");
    let mut check = cargo(["check", "--workspace", "--offline", "--quiet"]);
    check.arg("--manifest-path").arg(manifest).arg("--target-dir").arg(target);
    run(check)
}
