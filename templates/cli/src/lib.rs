//! Command-line engine: turns the model of an API into a command line.
//!
//! A shell (the program) provides its name and embeds a model as JSON; [`run`] reads the arguments and does the rest. The engine contains
//! no fact of any API: commands, flags, validation, columns, secrets and error messages follow from the model.
//!
//! Modules: `tree` builds the clap commands from the model; `request` turns flags into requests; `client` sends them; `credentials` finds
//! API keys; `call` implements the commands; `output` prints; `failure` defines errors and exit codes.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod app;
mod call;
mod client;
mod credentials;
mod failure;
mod home;
mod lookup;
#[cfg(feature = "mcp")]
mod mcp;
mod names;
mod output;
mod prose;
mod request;
mod shell;
#[cfg(feature = "state")]
mod state;
mod tree;

use std::process::ExitCode;

pub use shell::{Agent, ExtraFlag, Kind, Shell};

/// Runs the program: reads the process's arguments, and returns the exit code.
#[must_use]
pub fn run(shell: &'static Shell) -> ExitCode {
    app::run(shell, &std::env::args_os().collect::<Vec<_>>())
}
