//! Columns of tables, CSV and names: their selection, and lines of cells.

use ngrok_api_model::{Field, Model, Record, Scalar, Shape, TypeRef};
use serde_json::Value;

use super::{Format, View};
use crate::app::App;
use crate::failure::Failure;
use crate::prose;
use crate::tree::fields::DOCUMENTS;

/// Key of IDs, which are never truncated.
pub(crate) const ID: &str = "id";

/// Default number of columns of a table besides the ID.
const MOST: usize = 7;

/// Strings with a larger maximum length are no default columns.
const LONG: u32 = 1000;

/// Format of addresses in the API, which are no default columns.
const ADDRESS: &str = "uri";

/// A column: a path of keys.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    path: Vec<String>,
    /// Never truncated.
    pub(crate) whole: bool,
}

impl Column {
    fn new(path: &str, whole: bool) -> Self {
        Self { path: path.split('.').map(str::to_owned).collect(), whole }
    }

    fn of(field: &Field) -> Self {
        let whole = matches!(field.ty, TypeRef::Id { .. } | TypeRef::Ref { .. });
        Self::new(&field.wire, whole)
    }

    /// Returns the dotted name, as in the API.
    pub(crate) fn name(&self) -> String {
        self.path.join(".")
    }

    /// Returns the text of a cell.
    pub(crate) fn cell(&self, item: View<'_>) -> String {
        let keys = self.path.iter().map(String::as_str);
        let mut place = Some(item);
        for key in keys {
            place = place.and_then(|view| view.get(key));
        }
        place.map(View::text).unwrap_or_default()
    }

    /// Returns the columns of a format for items of a type: the requested ones, or its default. `item` is an example.
    pub(crate) fn of_format(
        app: &App,
        format: Format,
        shape: Shape<'_>,
        item: &Value,
    ) -> Result<Vec<Self>, Failure> {
        let asked = &app.globals.columns;
        if !asked.is_empty() {
            return asked
                .iter()
                .map(|name| Self::asked(app.model, shape, name))
                .collect();
        }
        let record = shape.name().and_then(|name| app.model.record(name));
        Ok(match (format, record) {
            (Format::Csv, Some(record)) => record.fields.iter().map(Self::of).collect(),
            (Format::Csv, None) => {
                let keys = item.as_object().into_iter().flat_map(|object| object.keys());
                keys.map(|key| Self { path: vec![key.clone()], whole: false }).collect()
            }
            (Format::Table, Some(record)) => Self::of_table(record),
            _ => vec![Self::new(ID, true)],
        })
    }

    /// Returns a requested column, checked against the type.
    fn asked(model: &Model, shape: Shape<'_>, name: &str) -> Result<Self, Failure> {
        let mut place = shape;
        for key in name.split('.') {
            let is_open = match place {
                Shape::Ref(ty) => matches!(ty, TypeRef::Ref { .. } | TypeRef::Map(_)),
                Shape::Named(name) => !model.types.contains_key(name),
                Shape::Page(_) | Shape::Items(_) => false,
                Shape::Unknown => true,
            };
            if is_open {
                return Ok(Self::new(name, false));
            }
            let mut members = place.members(model);
            let Some(known) = members.iter().find(|member| member.key == key) else {
                if members.is_empty() {
                    members = shape.members(model);
                }
                let keys: Vec<_> = members.iter().map(|member| member.key).collect();
                let hint = prose::suggestion(key, keys.iter().copied());
                let keys = keys.join(", ");
                let what = format!("there is no column `{name}`; columns: {keys}{hint}");
                return Err(Failure::usage(what));
            };
            place = known.shape;
        }
        Ok(Self::new(name, matches!(place, Shape::Ref(TypeRef::Id { .. }))))
    }

    /// Returns the columns of a table: the ID first, then short values, most important first.
    pub(crate) fn of_table(record: &Record) -> Vec<Self> {
        let fields = record.fields.iter();
        let id = fields.clone().filter(|field| field.wire == ID).map(Self::of);
        let mut others: Vec<_> = fields.filter(|field| is_column(field)).collect();
        others.sort_by_key(|field| rank(field));
        id.chain(others.into_iter().take(MOST).map(Self::of)).collect()
    }
}

/// Returns true if a field is a column by default.
fn is_column(field: &Field) -> bool {
    let rules = &field.rules;
    let short = match &field.ty {
        TypeRef::List(element) => {
            matches!(**element, TypeRef::Scalar(_) | TypeRef::Enum(_))
        }
        TypeRef::Map(_) | TypeRef::Record(_) => false,
        _ => true,
    };
    field.wire != ID
        && short
        && rules.longest().is_none_or(|most| most <= LONG)
        && rules.format().is_none_or(|it| it != ADDRESS && !DOCUMENTS.contains(&it))
        && !field.secret
        && field.deprecated.is_none()
}

/// Returns the order of columns: values that requests set, references, then times.
fn rank(field: &Field) -> u8 {
    match &field.ty {
        TypeRef::Scalar(Scalar::Timestamp) => 3,
        TypeRef::Ref { .. } | TypeRef::Id { .. } => 1,
        TypeRef::List(_) => 2,
        _ => 0,
    }
}

/// Returns the titles as a line of CSV.
pub(super) fn csv_header(columns: &[Column]) -> String {
    csv(columns.iter().map(Column::name))
}

/// Returns an item as a line of CSV.
pub(super) fn csv_line(columns: &[Column], item: View<'_>) -> String {
    csv(columns.iter().map(|column| column.cell(item)))
}

/// Returns a line as RFC 4180 describes it: fields with commas, quotes or line breaks are quoted.
fn csv(cells: impl Iterator<Item = String>) -> String {
    let cell = |text: String| {
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    };
    cells.map(cell).collect::<Vec<_>>().join(",") + "\n"
}

/// Returns the cells with tabs between them.
pub(super) fn name_line(columns: &[Column], item: View<'_>) -> String {
    let cells: Vec<_> = columns.iter().map(|column| column.cell(item)).collect();
    cells.join("\t") + "\n"
}
