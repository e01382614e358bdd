//! The dependencies that the crate adds to a program that already uses the client.

use std::collections::BTreeSet;
use std::process::Command;

/// Maximum number of added crates.
const MOST: usize = 30;

/// The crates that a package is built from, without those of its own tests.
fn crates(package: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", package, "--edges", "normal", "--prefix", "none"])
        .args(["--offline", "--locked", "--format", "{p}"])
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let name = |line: &str| line.split(" (").next().unwrap_or_default().to_owned();
    text.lines().map(name).filter(|name| !name.is_empty()).collect()
}

#[test]
fn few_crates_are_added_to_those_of_the_client() {
    let (server, client) = (crates("ngrok-test-server"), crates("ngrok-client"));
    let added: Vec<_> = server.difference(&client).collect();
    assert!(!client.is_empty() && added.len() <= MOST, "{}: {added:#?}", added.len());
}
