//! Terraform provider for the ngrok API: the engine, and the model of the API.

use std::process::ExitCode;

/// The program.
#[cfg(unix)]
static SHELL: ngrok_terraform_core::Shell = ngrok_terraform_core::Shell {
    name: env!("CARGO_PKG_NAME"),
    version: env!("CARGO_PKG_VERSION"),
    model: include_str!("../api.json"),
};

#[cfg(unix)]
fn main() -> ExitCode {
    ngrok_terraform_core::run(&SHELL)
}

#[cfg(not(unix))]
fn main() -> ExitCode {
    eprintln!("the provider runs on Unix systems only");
    ExitCode::FAILURE
}
