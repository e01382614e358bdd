//! One value on standard output.

use std::fmt::Display;

use ngrok_api_model::Model;
use serde::Serialize;
use serde_json::Value;

use super::{Column, Format, Typed, csv, redact};
use crate::app::{self, App};
use crate::failure::Failure;
use crate::lookup::{self, Shape};

/// Prints a value of a type; `operation` is the one that returned it.
pub(crate) fn print(
    app: &App,
    shape: Shape<'_>,
    operation: Option<&str>,
    mut value: Value,
) -> Result<(), Failure> {
    if !app.globals.show_secrets {
        redact(app.model, shape, operation, &mut value);
    }
    let typed = Typed::new(app.model, shape, &value);
    #[cfg(feature = "jq")]
    if let Some(filter) = &app.globals.jq {
        return app::print(&super::jq::Filter::new(filter)?.run(&json(&typed)?)?);
    }
    let text = match app.format() {
        Format::Json => pretty(&typed)? + "\n",
        Format::Jsonl => json(&typed)? + "\n",
        Format::Yaml => yaml(&typed)?,
        Format::Table => lines(app, shape, &value)?,
        Format::Csv => csv_text(app, shape, &value)?,
        Format::Name => name_line(&name_columns(app, shape)?, &value) + "\n",
    };
    app::print(&text)
}

/// A value as JSON on one line.
pub(super) fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(unwritable)
}

/// A value as JSON on several lines.
pub(super) fn pretty(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(unwritable)
}

/// A value as YAML.
pub(crate) fn yaml(value: &impl Serialize) -> Result<String, Failure> {
    serde_yaml::to_string(value).map_err(unwritable)
}

fn unwritable(error: impl Display) -> Failure {
    Failure::other(format!("cannot write the result: {error}"))
}

/// Returns the columns of the format `name`: the requested ones, or the ID.
pub(super) fn name_columns(app: &App, shape: Shape<'_>) -> Result<Vec<Column>, Failure> {
    if app.globals.columns.is_empty() {
        return Ok(vec![Column {
            path: vec![super::columns::ID.to_owned()],
            whole: true,
        }]);
    }
    Column::asked(app.model, shape, &app.globals.columns)
}

/// Returns the cells with tabs between them.
pub(super) fn name_line(columns: &[Column], item: &Value) -> String {
    let cells: Vec<_> = columns.iter().map(|column| column.cell(item)).collect();
    cells.join("\t")
}

/// Returns the columns of CSV: the requested ones, or all fields of the type.
pub(super) fn csv_columns(
    app: &App,
    shape: Shape<'_>,
    item: Option<&Value>,
) -> Result<Vec<Column>, Failure> {
    if !app.globals.columns.is_empty() {
        return Column::asked(app.model, shape, &app.globals.columns);
    }
    if let Some(record) = shape.name().and_then(|name| lookup::record(app.model, name)) {
        return Ok(Column::of_csv(record));
    }
    let keys =
        item.and_then(Value::as_object).into_iter().flat_map(|object| object.keys());
    Ok(keys.map(|key| Column { path: vec![key.clone()], whole: false }).collect())
}

fn csv_text(app: &App, shape: Shape<'_>, value: &Value) -> Result<String, Failure> {
    let columns = csv_columns(app, shape, Some(value))?;
    Ok(format!("{}\n{}\n", csv::header(&columns), csv::row(&columns, value)))
}

/// Returns a line for each field that has a value, nested fields with dots.
fn lines(app: &App, shape: Shape<'_>, value: &Value) -> Result<String, Failure> {
    let mut pairs = Vec::new();
    if app.globals.columns.is_empty() {
        flatten(app.model, shape, value, "", &mut pairs);
    } else {
        for column in Column::asked(app.model, shape, &app.globals.columns)? {
            pairs.push((column.name(), column.cell(value)));
        }
    }
    let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for (name, value) in pairs {
        let padding = " ".repeat(width - name.len());
        // Further lines of a value are indented.
        let value =
            value.trim_end().replace('\n', &format!("\n{}", " ".repeat(width + 2)));
        for part in [&name, &padding, "  ", &printable(&value), "\n"] {
            text.push_str(part);
        }
    }
    Ok(text)
}

/// Removes control characters.
fn printable(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() && letter != '\n' { ' ' } else { letter })
        .collect()
}

fn flatten(
    model: &Model,
    shape: Shape<'_>,
    value: &Value,
    name: &str,
    pairs: &mut Vec<(String, String)>,
) {
    match value {
        Value::Null => {}
        Value::Object(object) => {
            let order: Vec<&str> = match shape
                .name()
                .and_then(|name| lookup::record(model, name))
            {
                Some(record) => record.fields.iter().map(|field| &*field.wire).collect(),
                None => Vec::new(),
            };
            let others =
                object.keys().map(String::as_str).filter(|key| !order.contains(key));
            for key in order.iter().copied().chain(others) {
                let Some(value) = object.get(key) else { continue };
                let full = if name.is_empty() {
                    key.to_owned()
                } else {
                    format!("{name}.{key}")
                };
                flatten(model, shape.member(model, key).shape, value, &full, pairs);
            }
        }
        Value::String(text) if text.is_empty() => {}
        Value::Array(items) if items.is_empty() => {}
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, item) in items.iter().enumerate() {
                flatten(
                    model,
                    shape.element(),
                    item,
                    &format!("{name}[{index}]"),
                    pairs,
                );
            }
        }
        other => {
            let column = Column { path: Vec::new(), whole: true };
            pairs.push((name.to_owned(), column.cell(other)));
        }
    }
}
