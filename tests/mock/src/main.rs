//! The test server as a program. It prints the environment variables for clients, and runs until it is stopped.

mod flags;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;
use std::{io, thread};

use anyhow::Context;
use clap::Parser;
use ngrok_mock::add_reference;
use ngrok_test_server::{Fault, Server};

use flags::Flags;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask mock", bin_name = "cargo xtask mock")]
struct Cli {
    #[command(flatten)]
    flags: Flags,
}

fn main() -> ExitCode {
    let flags = Cli::parse().flags;
    let started = start(&flags).and_then(|server| {
        add_reference(&server);
        announce(&server).map(|()| server)
    });
    match started {
        Ok(_server) => loop {
            thread::park();
        },
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn start(flags: &Flags) -> anyhow::Result<Server> {
    let mut builder = Server::builder().port(flags.port);
    for host in &flags.host {
        builder = builder.host(host);
    }
    if let Some(key) = &flags.api_key {
        builder = builder.api_key(key);
    }
    builder = match flags.rate_limit {
        Some(Some(requests)) => builder.rate_limit(requests),
        Some(None) => builder.rate_limited(),
        None => builder,
    };
    if let Some(seconds) = flags.rate_window {
        builder = builder.rate_window(Duration::from_secs(seconds));
    }
    let latency = flags.latency.as_ref().map(|time| format!("latency={time}"));
    for text in latency.iter().chain(&flags.fault) {
        builder = builder.fault(text.parse::<Fault>()?);
    }
    if let Some(seed) = flags.seed {
        builder = builder.seed(seed);
    }
    if flags.imagine {
        builder = builder.imagining();
    }
    if let Some(file) = &flags.record {
        builder = builder.record(file);
    }
    builder.start().context("the server cannot be started")
}

/// Prints the variables in shell syntax, and the address of the reference for people.
fn announce(server: &Server) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    for (name, value) in server.environment() {
        writeln!(out, "export {name}={value}")?;
    }
    out.flush()?;
    eprintln!(
        "The API is served there, and {}/ shows its reference. Ctrl-C stops it.",
        server.url()
    );
    Ok(())
}
