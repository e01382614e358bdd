//! Foreign APIs: imported, generated and compiled outside of this workspace.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::folder::Folder;
use super::{root, xtask};

/// Documents in different styles.
const DOCUMENTS: [&str; 6] = ["envelopes", "parcels", "pets", "search", "shop", "trees"];

#[test]
fn a_client_of_any_api_compiles_on_its_own() {
    let folder = Folder::new("foreign");
    for name in DOCUMENTS {
        let document =
            format!("codegen/tests/openapi_import/documents/foreign/{name}.yaml");
        let (spec, out) =
            (folder.path(&format!("{name}/spec")), folder.path(name) + "/client");
        let ran = xtask(&["import", &document, "--new", &spec]);
        assert!(matches!(ran.code, Some(0 | 1)), "{name}: {}", ran.err);
        let ran = xtask(&["generate", "--spec", &spec, "--out", &out]);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        let manifest = folder.read(&format!("{name}/client/Cargo.toml"));
        assert!(!manifest.contains("workspace = true"), "{manifest}");
        check(name, &out);
    }
}

/// Compiles a client without its transports, which are the same for all. Builds share a target directory and the versions of
/// dependencies, also with the fixtures of the generator.
fn check(name: &str, client: &str) {
    fs::copy(root().join("Cargo.lock"), format!("{client}/Cargo.lock"))
        .expect("it can be copied");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(client)
        .args(["check", "--quiet", "--offline", "--no-default-features"])
        .args(["--features", "async,blocking"])
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-D warnings");
    for (variable, _) in std::env::vars() {
        if variable.starts_with("CARGO_PKG") || variable == "CARGO_MANIFEST_DIR" {
            cargo.env_remove(variable);
        }
    }
    let output = cargo.output().expect("cargo can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}:\n{said}");
}
