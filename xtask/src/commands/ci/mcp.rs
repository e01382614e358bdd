//! `cargo xtask ci mcp`: the MCP server of the command line, used by the official Python SDK.

use crate::outcome::Outcome;
use crate::process::{cargo, run};
use crate::python::Environment;

/// The SDK.
const SDK: &str = "mcp==2.3.0";

/// The test that needs it, with the features of all tests.
const TEST: &str = "test --quiet --workspace --all-features --test cli -- --exact --ignored mcp::the_python_sdk_understands_it";

pub(super) fn run_check() -> anyhow::Result<Outcome> {
    let python = Environment::with_packages("mcp", &[SDK])?.program("python");
    run(cargo(TEST.split(' ')).env("MCP_PYTHON", python.get_program()))
}
