//! Sources of values: the argument itself, a file, standard input, or an address.

use std::fs;
use std::io::{self, Read};

use serde_json::Value;

/// Returns the value of a string argument: `@FILE` and `@-` are read, `@@TEXT` is `@TEXT`.
pub(crate) fn text(argument: &str) -> Result<String, String> {
    match argument.strip_prefix('@') {
        None => Ok(argument.to_owned()),
        Some(escaped) if escaped.starts_with('@') => Ok(escaped.to_owned()),
        Some(path) => file(path)
            .map_err(|what| format!("{what}; write @@ for a value that begins with @")),
    }
}

/// Returns the content of a file, or of standard input for `-`.
pub(crate) fn file(path: &str) -> Result<String, String> {
    let read = if path == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    let name = if path == "-" { "standard input" } else { path };
    read.map_err(|error| format!("cannot read {name}: {error}"))
}

/// Parses a JSON or YAML document.
pub(crate) fn document(text: &str) -> Result<Value, String> {
    if let Ok(json) = serde_json::from_str(text) {
        return Ok(json);
    }
    serde_yaml::from_str(text).map_err(|error| {
        let message = error.to_string();
        let line = message.lines().next().unwrap_or_default();
        let line = line.trim_start_matches("error: ");
        format!("neither JSON nor YAML: {line}")
    })
}
