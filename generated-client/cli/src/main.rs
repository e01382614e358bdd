//! Command-line interface of the ngrok API: the engine, and what is known about earlier tools.

mod compatibility;

use std::process::ExitCode;

fn main() -> ExitCode {
    ngrok_cli_core::run(&compatibility::SHELL)
}
