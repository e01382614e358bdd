//! Lists on standard output, page by page: memory is limited to one page, except for `--jq` over the whole JSON document.

use std::io::{self, IsTerminal};

use ngrok_api_model::{Listing, Shape};
use serde_json::Value;

use super::table::{Table, terminal_width};
use super::{Column, Filter, Format, View, columns, json, pretty, yaml};
use crate::app::{App, print};
use crate::failure::Failure;

/// Prints the pages of a list.
pub(crate) struct ListPrinter<'a> {
    app: &'a App,
    listing: &'a Listing,
    format: Format,
    columns: Vec<Column>,
    /// Layout of a table, once the first page is known.
    table: Table,
    /// Number of printed items.
    count: u64,
    jq: Option<Filter>,
    /// All items, if a jq expression needs the whole document.
    kept: Vec<Value>,
}

impl<'a> ListPrinter<'a> {
    /// Prints a page with these items as if it were the whole list.
    pub(crate) fn whole(
        app: &'a App,
        listing: &'a Listing,
        mut items: Vec<Value>,
        page: &Value,
    ) -> Result<(), Failure> {
        let example = items.first().unwrap_or(&Value::Null);
        let mut printer = Self::new(app, listing, example)?;
        printer.page(&mut items)?;
        let rest = page.as_object().into_iter().flatten();
        let rest = rest.filter(|(key, _)| **key != listing.key);
        printer.finish(&rest.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    /// Checks the columns and the jq expression before anything is sent. `example` is an item, for types without a description.
    pub(crate) fn new(
        app: &'a App,
        listing: &'a Listing,
        example: &Value,
    ) -> Result<Self, Failure> {
        let format = app.format();
        let shape = Shape::Named(&listing.item);
        let columns = Column::of_format(app, format, shape, example)?;
        Ok(Self {
            app,
            listing,
            format,
            table: Table::new(&columns, &[], None),
            columns,
            count: 0,
            jq: app.globals.jq.as_deref().map(Filter::new).transpose()?,
            kept: Vec::new(),
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

    /// Prints the items of a page, and may take them.
    pub(crate) fn page(&mut self, items: &mut [Value]) -> Result<(), Failure> {
        let is_first = self.count == 0;
        self.count += items.len() as u64;
        if self.jq.is_some() && self.format != Format::Jsonl {
            self.kept.extend(items.iter_mut().map(Value::take));
            return Ok(());
        }
        let shape = Shape::Named(&self.listing.item);
        let views = items.iter().map(|item| View::new(self.app, shape, None, item));
        let views: Vec<_> = views.collect();
        if is_first && self.format == Format::Table {
            let rows: Vec<_> = views.iter().map(|view| self.cells(*view)).collect();
            self.table = Table::new(&self.columns, &rows, terminal_width());
        }
        let mut text = String::new();
        for (index, view) in views.into_iter().enumerate() {
            text.push_str(&self.item(view, is_first && index == 0)?);
        }
        print(&text)
    }

    fn cells(&self, item: View<'_>) -> Vec<String> {
        self.columns.iter().map(|column| column.cell(item)).collect()
    }

    /// Returns the text of an item; that of the first one begins the output.
    fn item(&self, item: View<'_>, is_first: bool) -> Result<String, Failure> {
        let start = if is_first { self.start() } else { String::new() };
        let text = match self.format {
            Format::Json => {
                let comma = if is_first { "" } else { "," };
                format!("{comma}\n    {}", pretty(&item)?.replace('\n', "\n    "))
            }
            Format::Jsonl => match &self.jq {
                Some(filter) => filter.run(&json(&item)?)?,
                None => json(&item)? + "\n",
            },
            Format::Yaml => yaml(&[item])?,
            Format::Csv => columns::csv_line(&self.columns, item),
            Format::Name => columns::name_line(&self.columns, item),
            Format::Table => self.table.line(&self.cells(item)) + "\n",
        };
        Ok(start + &text)
    }

    /// Returns what precedes the first item.
    fn start(&self) -> String {
        match self.format {
            Format::Json => format!("{{\n  \"{}\": [", self.listing.key),
            Format::Yaml => format!("{}:\n", self.listing.key),
            Format::Csv => columns::csv_header(&self.columns),
            Format::Table => {
                let (on, off) =
                    self.app.globals.color.pair(io::stdout().is_terminal(), "1");
                format!("{on}{}{off}\n", self.table.header())
            }
            Format::Jsonl | Format::Name => String::new(),
        }
    }

    /// Completes the output; `rest` is the last page without its items.
    pub(crate) fn finish(&mut self, rest: &Value) -> Result<(), Failure> {
        if let Some(filter) = &self.jq {
            if self.format == Format::Jsonl {
                return Ok(());
            }
            let items = Value::Array(std::mem::take(&mut self.kept));
            let items = View::new(self.app, Shape::Items(self.listing), None, &items);
            let (items, rest) = (json(&items)?, after_list(&json(rest)?));
            let document = format!("{{\"{}\":{items}{rest}", self.listing.key);
            return print(&filter.run(&document)?);
        }
        let is_empty = self.count == 0;
        let start = if is_empty { self.start() } else { String::new() };
        print(&match self.format {
            Format::Json => {
                let end = if is_empty { "]" } else { "\n  ]" };
                format!("{start}{end}{}\n", after_list(&pretty(rest)?))
            }
            Format::Yaml if is_empty => {
                format!("{}: []\n{}", self.listing.key, yaml(rest)?)
            }
            Format::Yaml => yaml(rest)?,
            Format::Csv | Format::Table => start,
            Format::Jsonl | Format::Name => return Ok(()),
        })
    }
}

/// Returns the members of a JSON object that follow its list: `,"uri":"..."}`.
fn after_list(rest: &str) -> String {
    let members = rest.strip_prefix('{').unwrap_or_default();
    if members == "}" { "\n}".to_owned() } else { format!(",{members}") }
}
