//! Terminal capabilities.

use std::fmt;
use std::io::{self, ErrorKind, IsTerminal, Write};

use anyhow::Context;
use ngrok_codegen::diagnostic::Color;

/// Returns the colour setting for standard error: colours on a terminal, unless `NO_COLOR` is set.
pub(crate) fn color() -> Color {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if !refused && io::stderr().is_terminal() { Color::Always } else { Color::Never }
}

/// Prints to standard output. A closed pipe is not an error.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("cannot print to standard output")
        }
        _ => Ok(()),
    }
}

/// Prints a line to standard output, like `println!`, which panics where the reader has closed the pipe.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::terminal::print_line(format_args!($($text)*))
    };
}
pub(crate) use say;

/// Prints a line to standard output; errors of output are ignored.
pub(crate) fn print_line(text: fmt::Arguments) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Prints to standard error. A closed pipe is ignored.
pub(crate) fn report(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
