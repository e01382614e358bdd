//! A package that depends on a client and has no code of its own, with the versions of this workspace's lock file: the minimum that a
//! program downloads and builds.

use std::fs;

use anyhow::{Context, ensure};
use tempfile::TempDir;

use crate::subject::Subject;
use crate::workspace::{cargo, root};

/// Name of the package.
pub(crate) const NAME: &str = "depends-on-a-client";

/// Creates a package that depends on the subject only, with all dependencies downloaded.
pub(crate) fn package(subject: Subject) -> anyhow::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let manifest = format!(
        "[package]\nname = \"{NAME}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [lib]\npath = \"lib.rs\"\n\n[workspace]\n\n[dependencies]\n{}\n",
        dependency(subject)?
    );
    fs::write(folder.path().join("Cargo.toml"), manifest)?;
    fs::write(folder.path().join("lib.rs"), "")?;
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock"))
        .context("no Cargo.lock in the workspace")?;
    let output = cargo(folder.path()).arg("fetch").output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`cargo fetch` failed: {}", errors.trim());
    Ok(folder)
}

fn dependency(subject: Subject) -> anyhow::Result<String> {
    let client = root().join("generated-client");
    // A TOML string is quoted and escaped like a JSON string.
    let client = serde_json::to_string(&client.to_str().context("an odd path")?)?;
    Ok(match subject {
        Subject::Official => "ngrok-api = \"=0.12.1\"".to_owned(),
        Subject::Blocking => format!(
            "ngrok-client = {{ path = {client}, default-features = false, \
             features = [\"blocking\", \"webpki-roots\"] }}"
        ),
        Subject::Both => {
            format!("ngrok-client = {{ path = {client}, features = [\"blocking\"] }}")
        }
        _ => format!("ngrok-client = {{ path = {client} }}"),
    })
}
