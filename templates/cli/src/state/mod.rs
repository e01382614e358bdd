//! Desired state: `plan`, `apply`, `destroy`, `export`, `import` and `validate`.
//!
//! `args` has the arguments, `files` and `yaml` read what is desired, `connection` is the API, `setup` brings these
//! together with the state, `run` implements the commands, `schema` describes files for editors, and `graph` draws plans.
//! Plans are made by the crate `ngrok-state-core`.

mod args;
mod connection;
mod files;
mod graph;
mod layout;
mod progress;
mod run;
mod schema;
mod secrets;
mod setup;
mod yaml;

use std::process::ExitCode;

use clap::ArgMatches;

use crate::app::App;
use crate::failure::{Class, Failure};

pub(crate) use args::commands;

/// Exit code of a plan with changes.
const CHANGES: u8 = 2;

/// Returns true if the arguments name one of the commands.
pub(crate) fn is_command(words: &[String]) -> bool {
    matches!(words, [word] if args::NAMES.contains(&word.as_str()))
}

/// Runs the command that these words name.
pub(crate) fn dispatch(
    app: &App,
    words: &[String],
    matches: &ArgMatches,
) -> Result<ExitCode, Failure> {
    let done = |()| ExitCode::SUCCESS;
    match words.first().map(String::as_str) {
        Some("plan") => match run::plan(app, matches) {
            Ok(true) => Ok(ExitCode::from(CHANGES)),
            Ok(false) => Ok(ExitCode::SUCCESS),
            // The code of wrong usage is that of a plan with changes.
            Err(failure) if failure.class == Class::Usage => {
                Err(failure.class(Class::Other))
            }
            Err(failure) => Err(failure),
        },
        Some("apply") => run::apply(app, matches).map(done),
        Some("destroy") => run::destroy(app, matches).map(done),
        Some("export") => run::export(app, matches).map(done),
        Some("import") => run::import(app, matches).map(done),
        _ => run::validate(app, matches).map(done),
    }
}
