//! Every example in the documentation of the client, run against a server on which all they speak of is there.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use ngrok_test_server::Server;

#[test]
fn the_examples_of_all_operations_run() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documentation.har");
    let server = Server::builder().imagining().record(&file).start().unwrap();
    // The whole workspace: for the client alone, cargo would build everything below it anew.
    let mut cargo =
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Build scripts that read these would run again.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&*name);
        }
    }
    let output = cargo
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .args(["test", "--workspace", "--all-features", "--doc", "--quiet"])
        .envs(server.environment())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{errors}");
    let results = said.lines().filter(|line| line.starts_with("test result:"));
    let ignored: Vec<_> = results.filter(|line| !line.contains(" 0 ignored;")).collect();
    assert!(ignored.is_empty(), "not all are run: {ignored:?}");

    let recorded = std::fs::read_to_string(file).unwrap();
    let calls = recorded.matches("\"request\":").count();
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated-client");
    let model = std::fs::read_to_string(client.join("cli/api.json")).unwrap();
    let operations = model.matches("\"method\":").count();
    // Each operation with both clients, at least.
    assert!(operations > 0 && calls > 2 * operations, "only {calls} calls came");
}
