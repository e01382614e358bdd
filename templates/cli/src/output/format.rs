//! Formats and colours.

use std::env;

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    /// In the shape of the API.
    Json,
    /// One item per line.
    Jsonl,
    /// In the shape of the API.
    Yaml,
    Csv,
    /// The ID of each item, or the requested columns.
    Name,
}

impl Format {
    /// The names, for the option.
    pub(crate) const NAMES: [&'static str; 6] =
        ["table", "json", "jsonl", "yaml", "csv", "name"];

    /// Returns the format with this name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let all =
            [Self::Table, Self::Json, Self::Jsonl, Self::Yaml, Self::Csv, Self::Name];
        let index = Self::NAMES.iter().position(|own| *own == name)?;
        all.get(index).copied()
    }
}

/// Use of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Color {
    /// On terminals, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// Parses the value of the option.
    pub(crate) fn parse(name: Option<&str>) -> Self {
        match name {
            Some("always") => Self::Always,
            Some("never") => Self::Never,
            _ => Self::Auto,
        }
    }

    /// Returns the sequences that enable and disable a style; empty without colours.
    pub(crate) fn pair(self, terminal: bool, style: &str) -> (String, &'static str) {
        let plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let on = match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal && !plain,
        };
        if on { (format!("\x1b[{style}m"), "\x1b[0m") } else { (String::new(), "") }
    }
}
