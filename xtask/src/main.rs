//! The project's commands. `cargo xtask --help` lists them.

#![warn(clippy::print_stdout, clippy::print_stderr)]

mod background;
#[path = "../../tests/bench/src/flags.rs"]
#[allow(dead_code, reason = "shared with the program, which reads them")]
mod bench_flags;
mod browser;
mod cli;
mod client_files;
mod commands;
mod count;
mod description;
mod git;
#[path = "../../tests/mock/src/flags.rs"]
#[allow(dead_code, reason = "shared with the program, which reads them")]
mod mock_flags;
mod outcome;
mod process;
mod python;
mod release;
mod source;
mod terminal;
mod watch;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Generate(arguments) => commands::generate::run(&arguments),
        Command::Lint(arguments) => commands::lint::run(&arguments),
        Command::Model(arguments) => commands::model::run(&arguments),
        Command::Schema(arguments) => commands::schema::run(&arguments),
        Command::Export(arguments) => commands::export::run(&arguments),
        Command::Import(arguments) => commands::import::run(&arguments),
        Command::Traffic(arguments) => commands::traffic::run(&arguments),
        Command::Diff(arguments) => commands::diff::run(&arguments),
        Command::Explain(arguments) => commands::explain::run(&arguments),
        Command::Release(arguments) => commands::release::run(&arguments),
        Command::Mock(_) => commands::mock::run(),
        Command::Bench(_) => commands::bench::run(),
        Command::Demo(arguments) => commands::demo::run(&arguments),
        Command::Test(arguments) => commands::test::run(&arguments),
        Command::Ci(arguments) => commands::ci::run(&arguments),
    };
    outcome::report(result)
}
