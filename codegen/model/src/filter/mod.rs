//! Filters of lists: the Common Expression Language without macros, bytes and triple quotes. Takes a string; returns an expression, and
//! the problems of the string: of its syntax, and of the parts that the description does not allow.

mod syntax;
mod tokens;

use serde_json::Value;

use super::{Api, Field, Listing, Model, Record, TypeRef};

pub use syntax::parse;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A string, a number, a boolean or null.
    Literal(Value),
    /// A name.
    Name(String),
    /// A field of a value.
    Field(Box<Self>, String),
    /// A list.
    List(Vec<Self>),
    /// A function, method or operator by name, with its operands.
    Call {
        /// Kind of the call.
        kind: Call,
        /// Name of the function or method, or the operator, such as `&&`, `?:`, `[]` and `{}`.
        name: String,
        /// Operands, the receiver of a method first.
        operands: Vec<Self>,
    },
}

/// The kinds of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are self-explanatory")]
pub enum Call {
    Operator,
    Function,
    Method,
}

/// A parsed filter.
#[derive(Debug)]
pub struct Filter {
    /// The expression, or the first error of the syntax.
    pub expression: Result<Expression, SyntaxError>,
    /// What the filter uses of the API, up to the first error, in the order of the string.
    parts: Vec<Part>,
}

/// An error of the syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Position in bytes.
    pub at: usize,
    /// Cause.
    pub message: String,
}

/// A part of a filter that the API has to support.
#[derive(Debug)]
struct Part {
    at: usize,
    /// A dotted name, or the name of a call.
    name: String,
    /// Kind of a call; `None` for a name.
    call: Option<Call>,
    /// The dotted name that a method is called on.
    receiver: Option<String>,
}

/// A problem of a filter.
#[derive(Debug)]
pub struct Problem<'m> {
    /// Position in bytes.
    pub at: usize,
    /// Description.
    pub message: String,
    /// The name that is not known.
    pub name: String,
    /// Names that are known in its place.
    pub known: Vec<&'m str>,
}

impl Filter {
    /// Returns the problems of a filter of a list: parts that the description does not allow, then the error of its syntax.
    #[must_use]
    pub fn problems<'m>(
        &self,
        model: &'m Model,
        listing: &'m Listing,
    ) -> Vec<Problem<'m>> {
        let parts = self.parts.iter().filter_map(|part| part.problem(model, listing));
        let error = self.expression.as_ref().err().map(|error| Problem {
            at: error.at,
            message: error.message.clone(),
            name: String::new(),
            known: Vec::new(),
        });
        parts.chain(error).collect()
    }
}

impl Part {
    fn problem<'m>(
        &self,
        model: &'m Model,
        listing: &'m Listing,
    ) -> Option<Problem<'m>> {
        let api = &model.api;
        let known: Vec<_> = match self.call {
            None => return self.name_problem(api, listing),
            Some(Call::Operator) if api.filter_operators.is_empty() => return None,
            Some(Call::Operator) => api.filter_operators.iter().collect(),
            Some(Call::Function) => api.filter_functions.iter().collect(),
            Some(Call::Method) => {
                api.filter_methods.iter().chain(&api.filter_text_methods).collect()
            }
        };
        let known: Vec<_> = known.into_iter().map(String::as_str).collect();
        if known.contains(&self.name.as_str()) {
            return self.receiver_problem(model, listing);
        }
        let name = &self.name;
        let (message, known) = match self.call {
            Some(Call::Operator) => {
                let known = known.join(" ");
                (
                    format!("operator `{name}` is not supported; known: {known}"),
                    Vec::new(),
                )
            }
            call => {
                let kind =
                    if call == Some(Call::Method) { "method" } else { "function" };
                (format!("unknown {kind} `{name}`; known: {}", known.join(", ")), known)
            }
        };
        Some(self.with(message, name, known))
    }

    fn with<'m>(&self, message: String, name: &str, known: Vec<&'m str>) -> Problem<'m> {
        Problem { at: self.at, message, name: name.to_owned(), known }
    }

    /// Returns the problem of a dotted name, which must be a filterable field, or part of one.
    fn name_problem<'m>(&self, api: &Api, listing: &'m Listing) -> Option<Problem<'m>> {
        let (name, object, fields) = (&self.name, &api.filter_object, &listing.filter);
        if api.filter_now.as_ref() == Some(name) {
            return None;
        }
        let Some(field) = field_of(api, name) else {
            let message = if fields.contains(name) {
                format!("unknown name `{name}`; write `{object}.{name}`")
            } else {
                let first = fields.first().map_or("", String::as_str);
                format!(
                    "unknown name `{name}`; fields are written `{object}.{first}`, and strings in quotes"
                )
            };
            return Some(self.with(message, name, Vec::new()));
        };
        let is_part = |known: &String| {
            let rest = field.strip_prefix(known.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if fields.iter().any(is_part) {
            return None;
        }
        let message =
            format!("`{field}` is not filterable; fields: {}", fields.join(", "));
        Some(self.with(message, field, fields.iter().map(String::as_str).collect()))
    }

    /// Returns the problem of a method that is only for strings, but not for IDs.
    fn receiver_problem<'m>(
        &self,
        model: &Model,
        listing: &Listing,
    ) -> Option<Problem<'m>> {
        let (name, receiver) = (&self.name, self.receiver.as_ref()?);
        let of_text = model.api.filter_text_methods.contains(name);
        let field = field_of(&model.api, receiver).filter(|_| of_text)?;
        let is_id = model.record(&listing.item)?.filters_id(model, field);
        let message = format!(
            "`{name}` is applied to `{receiver}`, which is an ID; `{name}` is only for other strings"
        );
        is_id.then(|| self.with(message, name, Vec::new()))
    }
}

/// Returns the field that a dotted name refers to, if it begins with the object of filters.
fn field_of<'n>(api: &Api, name: &'n str) -> Option<&'n str> {
    name.strip_prefix(api.filter_object.as_str())?.strip_prefix('.')
}

impl Record {
    /// Returns the field with this name in filters.
    #[must_use]
    pub fn filtered(&self, name: &str) -> Option<&Field> {
        let renamed = |field: &&Field| field.rules.filtered_as() == Some(name);
        let own = self.fields.iter().find(|field| field.wire == name);
        own.or_else(|| self.fields.iter().find(renamed))
    }

    /// Returns true if a dotted name in filters refers to an ID.
    fn filters_id(&self, model: &Model, path: &str) -> bool {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        match self.filtered(first).map(|field| &field.ty) {
            Some(TypeRef::Id { .. }) => rest.is_empty(),
            Some(TypeRef::Ref { .. }) => rest == "id",
            Some(TypeRef::Record(name)) => {
                model.record(name).is_some_and(|record| record.filters_id(model, rest))
            }
            _ => false,
        }
    }
}
