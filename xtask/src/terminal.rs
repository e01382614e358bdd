//! What the terminal can show.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anyhow::Context;
use ngrok_codegen::diagnostic::Color;

/// Whether to colour what goes to standard error: on a terminal, unless `NO_COLOR` says no.
pub(crate) fn color() -> Color {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if !refused && io::stderr().is_terminal() { Color::Always } else { Color::Never }
}

/// Prints to standard output. A reader that has seen enough is no failure.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("cannot print to standard output")
        }
        _ => Ok(()),
    }
}

/// Prints to standard error. If nothing reads that any more, nobody is left to be told.
pub(crate) fn report(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
