//! A Terraform provider for an API, made from its model.
//!
//! A [`Shell`] goes in: the model and the names of the program. Each resource that can be created is a resource, each that
//! can be fetched or listed a data source. No API is known here.
//!
//! `schema` turns the model into attributes, `plan` decides without I/O what a resource becomes, `settle` turns responses
//! into states, and `provider` connects them to the calls of Terraform's plugin protocol 6 (`proto`, `grpc`, `serve`).

#![cfg_attr(docsrs, feature(doc_cfg))]
// The provider listens on a Unix socket.
#![cfg(unix)]

mod client;
mod compare;
mod convert;
mod diagnostic;
mod grpc;
mod journal;
mod plan;
#[expect(clippy::struct_field_names, reason = "the protocol decides")]
mod proto;
mod provider;
mod schema;
mod serve;
mod settle;
mod value;

use std::process::ExitCode;

/// Facts about a provider other than its API.
#[derive(Debug, Clone, Copy)]
#[allow(
    clippy::exhaustive_structs,
    reason = "a program states all of it, in a constant"
)]
pub struct Shell {
    /// Name of the program: `terraform-provider-example`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The model of the API, as `cargo xtask generate` writes it.
    pub model: &'static str,
}

/// Runs a provider: serves Terraform, or explains what the program is for.
#[must_use]
pub fn run(shell: &Shell) -> ExitCode {
    if !serve::is_started_by_terraform() {
        eprintln!(
            "{} {} is a plugin of Terraform, which starts it. Its README shows how to install it.",
            shell.name, shell.version
        );
        return ExitCode::from(2);
    }
    let served = provider::Provider::new(shell)
        .map_err(std::io::Error::other)
        .and_then(serve::serve);
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", shell.name);
            ExitCode::FAILURE
        }
    }
}
