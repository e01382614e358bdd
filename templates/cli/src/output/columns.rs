//! Columns of tables, CSV and names: the selection of columns, and the text of a cell.

use ngrok_api_model::{Field, Model, Record, Scalar, TypeRef};
use serde_json::Value;

use crate::failure::Failure;
use crate::lookup::{self, Shape};
use crate::prose;

/// Key of IDs, which are never truncated.
pub(crate) const ID: &str = "id";

/// Default number of columns of a table besides the ID.
const MOST: usize = 7;

/// Strings with a larger maximum length are no default columns.
const LONG: u32 = 1000;

/// A column: a path of keys.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) path: Vec<String>,
    /// Never truncated.
    pub(crate) whole: bool,
}

impl Column {
    fn new(path: &str, whole: bool) -> Self {
        Self { path: path.split('.').map(str::to_owned).collect(), whole }
    }

    /// Returns the dotted name, as in the API.
    pub(crate) fn name(&self) -> String {
        self.path.join(".")
    }

    /// Returns the text of a cell.
    pub(crate) fn cell(&self, item: &Value) -> String {
        let found = self.path.iter().try_fold(item, |value, key| value.get(key));
        found.map(text).unwrap_or_default()
    }

    /// Returns the requested columns, checked against the type.
    pub(crate) fn asked(
        model: &Model,
        shape: Shape<'_>,
        names: &[String],
    ) -> Result<Vec<Self>, Failure> {
        names.iter().map(|name| Self::one(model, shape, name)).collect()
    }

    fn one(model: &Model, shape: Shape<'_>, name: &str) -> Result<Self, Failure> {
        let mut place = shape;
        let mut whole = false;
        for key in name.split('.') {
            if matches!(
                place,
                Shape::Ref(TypeRef::Ref { .. } | TypeRef::Map(_)) | Shape::Unknown
            ) {
                break;
            }
            let known = place.name().and_then(|name| lookup::record(model, name));
            let member = place.member(model, key);
            if let (None, Some(record)) = (member.field, known) {
                let fields = || record.fields.iter().map(|field| &*field.wire);
                let hint = prose::suggestion(key, fields());
                let all = fields().collect::<Vec<_>>().join(", ");
                return Err(Failure::usage(format!(
                    "there is no column `{name}`; columns: {all}{hint}"
                )));
            }
            whole = matches!(member.shape, Shape::Ref(TypeRef::Id { .. }));
            place = member.shape;
        }
        Ok(Self::new(name, whole))
    }

    /// Returns the columns of a table of this type: the ID first, then short values, most important first.
    pub(crate) fn of_table(model: &Model, shape: Shape<'_>) -> Vec<Self> {
        let record = shape.name().and_then(|name| lookup::record(model, name));
        let Some(record) = record else { return vec![Self::new(ID, true)] };
        let has_id = record.fields.iter().any(|field| field.wire == ID);
        let mut columns: Vec<_> =
            has_id.then(|| Self::new(ID, true)).into_iter().collect();
        let mut fields: Vec<_> =
            record.fields.iter().filter(|field| is_column(field)).collect();
        fields.sort_by_key(|field| rank(field));
        columns.extend(fields.iter().take(MOST).map(|field| Self::of(field)));
        columns
    }

    /// Returns all fields, in the order of the type.
    pub(crate) fn of_csv(record: &Record) -> Vec<Self> {
        record.fields.iter().map(Self::of).collect()
    }

    fn of(field: &Field) -> Self {
        Self::new(
            &field.wire,
            matches!(field.ty, TypeRef::Id { .. } | TypeRef::Ref { .. }),
        )
    }
}

/// Returns true if a field is a column by default.
fn is_column(field: &Field) -> bool {
    let rules = &field.rules;
    let long = rules.longest().is_some_and(|most| most > LONG);
    let short = match &field.ty {
        TypeRef::Scalar(_)
        | TypeRef::Enum(_)
        | TypeRef::Id { .. }
        | TypeRef::Ref { .. } => true,
        TypeRef::List(element) => {
            matches!(**element, TypeRef::Scalar(_) | TypeRef::Enum(_))
        }
        _ => false,
    };
    let document = rules.format().is_some_and(|format| {
        matches!(
            format,
            "uri"
                | "pem"
                | "json_or_yaml"
                | "openssh_authorized_key"
                | "certificate"
                | "csr"
        )
    });
    field.wire != ID
        && short
        && !long
        && !document
        && !field.secret
        && field.deprecated.is_none()
}

/// Returns the order of columns: values that requests set, references, then times.
fn rank(field: &Field) -> u8 {
    match (&field.ty, field.rules.longest()) {
        (TypeRef::Scalar(Scalar::Timestamp), _) => 3,
        (TypeRef::Ref { .. } | TypeRef::Id { .. }, _) => 1,
        (TypeRef::List(_), _) => 2,
        _ => 0,
    }
}

/// Returns the text of a cell for a value.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items)
            if items.iter().all(|item| !item.is_object() && !item.is_array()) =>
        {
            items.iter().map(text_of).collect::<Vec<_>>().join(",")
        }
        // A reference is its ID.
        Value::Object(object) if object.len() <= 2 && object.contains_key(ID) => {
            object.get(ID).map(text_of).unwrap_or_default()
        }
        other => other.to_string(),
    }
}

fn text_of(value: &Value) -> String {
    text(value)
}
