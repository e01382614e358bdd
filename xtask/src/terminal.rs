//! What the terminal can show.

use std::io::IsTerminal;

use ngrok_codegen::diagnostic::Color;

/// Whether to colour what goes to standard error: on a terminal, unless `NO_COLOR` says no.
pub(crate) fn color() -> Color {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if !refused && std::io::stderr().is_terminal() { Color::Always } else { Color::Never }
}
