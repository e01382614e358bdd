//! Lists on standard output, page by page: memory is limited to one page, except for `--jq` over the whole JSON document.

use std::io::{self, IsTerminal, Write};

use ngrok_api_model::Listing;
use serde_json::Value;

use super::single::{csv_columns, json, name_columns, name_line, pretty, yaml};
use super::table::Table;
use super::{Column, Format, Typed, csv, redact};
use crate::app::{App, print};
use crate::failure::Failure;
use crate::lookup::Shape;

/// Prints the pages of a list.
pub(crate) struct ListPrinter<'a> {
    app: &'a App,
    listing: &'a Listing,
    format: Format,
    shape: Shape<'a>,
    columns: Vec<Column>,
    table: Option<Table>,
    /// Number of printed items.
    count: u64,
    /// All items, if a jq expression needs the whole document.
    #[cfg(feature = "jq")]
    jq: Option<(super::jq::Filter, Vec<Value>)>,
}

impl<'a> ListPrinter<'a> {
    /// Checks the columns and the jq expression before anything is sent.
    pub(crate) fn new(app: &'a App, listing: &'a Listing) -> Result<Self, Failure> {
        let format = app.format();
        let shape = Shape::Named(&listing.item);
        let asked = &app.globals.columns;
        let columns = match format {
            Format::Csv => csv_columns(app, shape, None)?,
            Format::Name => name_columns(app, shape)?,
            Format::Table if asked.is_empty() => Column::of_table(app.model, shape),
            _ => Column::asked(app.model, shape, asked)?,
        };
        Ok(Self {
            app,
            listing,
            format,
            shape,
            columns,
            table: None,
            count: 0,
            #[cfg(feature = "jq")]
            jq: match &app.globals.jq {
                Some(filter) => Some((super::jq::Filter::new(filter)?, Vec::new())),
                None => None,
            },
        })
    }

    /// Returns the number of printed items.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Returns the end of the output if no page follows.
    pub(crate) fn tail(&self) -> &'static str {
        let document = self.format == Format::Json && self.app.globals.jq.is_none();
        if document && self.count > 0 { "\n  ]\n}\n" } else { "" }
    }

    /// Prints the items of a page.
    pub(crate) fn page(&mut self, mut items: Vec<Value>) -> Result<(), Failure> {
        if !self.app.globals.show_secrets {
            for item in &mut items {
                redact(self.app.model, self.shape, None, item);
            }
        }
        #[cfg(feature = "jq")]
        if let Some((filter, kept)) = &mut self.jq {
            self.count += items.len() as u64;
            if self.format != Format::Jsonl {
                kept.append(&mut items);
                return Ok(());
            }
            let mut text = String::new();
            for item in &items {
                let typed = Typed::new(self.app.model, self.shape, item);
                text.push_str(&filter.run(&json(&typed)?)?);
            }
            return print(&text);
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        let written = self.write_items(&mut out, &items)?;
        self.count += items.len() as u64;
        written.and_then(|()| out.flush()).map_err(|error| Failure::output(&error))
    }

    fn write_items(
        &mut self,
        out: &mut impl Write,
        items: &[Value],
    ) -> Result<io::Result<()>, Failure> {
        if self.format == Format::Table {
            return Ok(self.write_rows(out, items));
        }
        for (index, item) in items.iter().enumerate() {
            let first = self.count == 0 && index == 0;
            let text = self.item(item, first)?;
            if let Err(error) = out.write_all(text.as_bytes()) {
                return Ok(Err(error));
            }
        }
        Ok(Ok(()))
    }

    /// The text of an item; the first one follows what begins the output.
    fn item(&self, item: &Value, first: bool) -> Result<String, Failure> {
        let typed = Typed::new(self.app.model, self.shape, item);
        let key = &self.listing.key;
        let (before, text) = match self.format {
            Format::Json => {
                let item = pretty(&typed)?.replace('\n', "\n    ");
                let start =
                    if first { format!("{{\n  \"{key}\": [") } else { ",".into() };
                return Ok(format!("{start}\n    {item}"));
            }
            Format::Jsonl => (String::new(), json(&typed)?),
            Format::Yaml => (format!("{key}:\n"), yaml(&[typed])?),
            Format::Csv => {
                (csv::header(&self.columns) + "\n", csv::row(&self.columns, item))
            }
            Format::Name | Format::Table => {
                (String::new(), name_line(&self.columns, item))
            }
        };
        let text = text.strip_suffix('\n').unwrap_or(&text);
        Ok(format!("{}{text}\n", if first { &before } else { "" }))
    }

    fn write_rows(&mut self, out: &mut impl Write, items: &[Value]) -> io::Result<()> {
        let cells =
            |item: &Value| self.columns.iter().map(|column| column.cell(item)).collect();
        let rows: Vec<Vec<String>> = items.iter().map(cells).collect();
        if self.table.is_none() {
            let terminal = io::stdout().is_terminal();
            let room = terminal.then(terminal_width).flatten();
            let table = Table::new(self.columns.clone(), &rows, room);
            let (on, off) = self.app.globals.color.pair(terminal, "1");
            writeln!(out, "{on}{}{off}", table.header())?;
            self.table = Some(table);
        }
        if let Some(table) = &self.table {
            for row in &rows {
                writeln!(out, "{}", table.line(row))?;
            }
        }
        Ok(())
    }

    /// Completes the output; `rest` is the last page without its items.
    pub(crate) fn finish(&mut self, rest: &Value) -> Result<(), Failure> {
        #[cfg(feature = "jq")]
        if let Some((filter, kept)) = &mut self.jq {
            if self.format == Format::Jsonl {
                return Ok(());
            }
            let items = Value::Array(std::mem::take(kept));
            let ty = ngrok_api_model::TypeRef::List(Box::new(
                ngrok_api_model::TypeRef::Record(self.listing.item.clone()),
            ));
            let typed = Typed::new(self.app.model, Shape::Ref(&ty), &items);
            let (items, rest) = (json(&typed)?, after_list(&json(rest)?));
            return print(
                &filter.run(&format!("{{\"{}\":{items}{rest}", self.listing.key))?,
            );
        }
        let key = &self.listing.key;
        let empty = self.count == 0;
        let text = match self.format {
            Format::Json => {
                let list = if empty {
                    format!("{{\n  \"{key}\": []")
                } else {
                    "\n  ]".to_owned()
                };
                format!("{list}{}\n", after_list(&pretty(rest)?))
            }
            Format::Yaml => {
                let list = if empty { format!("{key}: []\n") } else { String::new() };
                format!("{list}{}", yaml(rest)?)
            }
            Format::Csv if empty => csv::header(&self.columns) + "\n",
            Format::Table if empty => {
                let table = Table::new(self.columns.clone(), &[], None);
                format!("{}\n", table.header())
            }
            _ => return Ok(()),
        };
        print(&text)
    }
}

/// Returns the members of a JSON object that follow its list: `,"uri":"..."}`.
fn after_list(rest: &str) -> String {
    let members = rest.strip_prefix('{').unwrap_or_default();
    if members == "}" { "\n}".to_owned() } else { format!(",{members}") }
}

/// Returns the width of the terminal, if known.
fn terminal_width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size()?;
    (width.0 > 0).then(|| usize::from(width.0))
}
