//! Output: takes values of known types; prints text in one of six formats.

mod columns;
#[cfg(feature = "jq")]
mod jq;
#[cfg(not(feature = "jq"))]
#[path = "no_jq.rs"]
mod jq;
mod list;
mod table;
mod view;

use std::borrow::Borrow;
use std::env;

use ngrok_api_model::Shape;
use serde::Serialize;
use serde_json::Value;

use crate::app::{App, print};
use crate::failure::{Failure, OrFail};

pub(crate) use columns::Column;
pub(crate) use jq::Filter;
pub(crate) use list::ListPrinter;
pub(crate) use view::View;

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
    /// Returns the format with this name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "table" => Self::Table,
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "yaml" => Self::Yaml,
            "csv" => Self::Csv,
            "name" => Self::Name,
            _ => return None,
        })
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

/// Prints a value of a type; `operation` is the one that returned it.
pub(crate) fn print_single(
    app: &App,
    shape: Shape<'_>,
    operation: Option<&str>,
    value: impl Borrow<Value>,
) -> Result<(), Failure> {
    let value = value.borrow();
    if let Shape::Page(listing) = shape
        && let Some(Value::Array(items)) = value.get(&listing.key)
    {
        return ListPrinter::whole(app, listing, items.clone(), value);
    }
    let view = View::new(app, shape, operation, value);
    if let Some(filter) = &app.globals.jq {
        return print(&Filter::new(filter)?.run(&json(&view)?)?);
    }
    let format = app.format();
    let columns = Column::of_format(app, format, shape, value)?;
    print(&match format {
        Format::Json => pretty(&view)? + "\n",
        Format::Jsonl => json(&view)? + "\n",
        Format::Yaml => yaml(&view)?,
        Format::Table => lines(app, &columns, view),
        Format::Csv => {
            columns::csv_header(&columns) + &columns::csv_line(&columns, view)
        }
        Format::Name => columns::name_line(&columns, view),
    })
}

/// Returns a value as JSON on one line.
fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).or_other("cannot write the result")
}

/// Returns a value as JSON on several lines.
pub(crate) fn pretty(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).or_other("cannot write the result")
}

/// Returns a value as YAML.
pub(crate) fn yaml(value: &impl Serialize) -> Result<String, Failure> {
    serde_yaml::to_string(value).or_other("cannot write the result")
}

/// Returns a line for each requested column, or for each field that has a value, nested fields with dots.
fn lines(app: &App, columns: &[Column], view: View<'_>) -> String {
    let mut pairs = Vec::new();
    if app.globals.columns.is_empty() {
        flatten(view, "", &mut pairs);
    } else {
        pairs.extend(columns.iter().map(|column| (column.name(), column.cell(view))));
    }
    let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let line = |(name, value): &(String, String)| {
        // Further lines of a value are indented.
        let indent = format!("\n{:width$}  ", "");
        let lines: Vec<_> = value.trim_end().split('\n').map(table::clean).collect();
        format!("{name:width$}  {}\n", lines.join(&indent))
    };
    pairs.iter().map(line).collect()
}

fn flatten(view: View<'_>, name: &str, pairs: &mut Vec<(String, String)>) {
    match view.value {
        Value::Object(_) => {
            let dot = if name.is_empty() { "" } else { "." };
            for (key, member) in view.members() {
                flatten(member, &format!("{name}{dot}{key}"), pairs);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, item) in view.items().enumerate() {
                flatten(item, &format!("{name}[{index}]"), pairs);
            }
        }
        _ => {
            let text = view.text();
            if !text.is_empty() {
                pairs.push((name.to_owned(), text));
            }
        }
    }
}
