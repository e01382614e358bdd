//! Terraform provider for the ngrok API: the engine, and the model of the API.

use std::process::ExitCode;

/// The program.
static SHELL: ngrok_terraform_core::Shell = ngrok_terraform_core::Shell {
    name: env!("CARGO_PKG_NAME"),
    version: env!("CARGO_PKG_VERSION"),
    model: include_str!("../api.json"),
};

fn main() -> ExitCode {
    ngrok_terraform_core::run(&SHELL)
}
