//! How a command ends: 0 fine, 1 findings, 2 wrong usage or something that kept it from working.

use std::process::ExitCode;

use crate::terminal;

/// How a command that worked ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing to say.
    Fine,
    /// Something was found, and has been printed.
    Findings,
}

/// Tells what kept a command from working, and turns all into an exit code.
pub(crate) fn report(result: anyhow::Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            terminal::report(&format!("error: {error:#}\n"));
            ExitCode::from(2)
        }
    }
}
