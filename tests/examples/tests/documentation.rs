//! Every example of the documentation, run against a server on which everything that they name exists.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use ngrok_test_server::Server;

#[test]
fn all_examples_run() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documentation.har");
    let server = Server::builder().imagining().record(&file).start().unwrap();
    let mut documentation = Command::new(env!("CARGO_BIN_EXE_documentation"));
    let output = documentation.envs(server.environment()).output().unwrap();
    let failures = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{failures}\n{errors}");

    let recording = std::fs::read_to_string(file).unwrap();
    let calls = recording.matches("\"request\":").count();
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated-client");
    let model = std::fs::read_to_string(client.join("cli/api.json")).unwrap();
    let operations = model.matches("\"method\":").count();
    // Each operation with both clients, at least.
    assert!(operations > 0 && calls > 2 * operations, "only {calls} requests were sent");
}
