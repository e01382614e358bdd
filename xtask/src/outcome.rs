//! Exit codes: 0 success, 1 findings, 2 usage errors and failures.

use std::process::ExitCode;

use crate::terminal;

/// The result of a successful command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No findings.
    Fine,
    /// Findings, which have been printed.
    Findings,
}

impl Outcome {
    /// Returns `Fine` if both are.
    pub(crate) fn and(self, other: Self) -> Self {
        if self == Self::Fine { other } else { self }
    }
}

/// Prints the error of a failed command, and returns the exit code.
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
