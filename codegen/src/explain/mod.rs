//! Explanations of names: documentation, location, the generated Rust code, and the request as curl and as Rust.
//!
//! Takes a description with its texts, and a name; returns plain text. Values in examples are generated
//! deterministically from the model. Prints nothing and reads no files.

mod error_code;
mod find;
mod operation;
mod page;
mod part;
mod place;
mod service;
mod types;
mod uses;
mod words;

use std::fmt;

use crate::diagnostic::SourceMap;
use crate::model::Model;
use crate::spec::Spec;

use find::Thing;

pub use find::names;

/// A description and its model.
#[derive(Debug, Clone, Copy)]
pub struct Described<'a> {
    /// Contents of the files.
    pub spec: &'a Spec,
    /// Texts of the files.
    pub sources: &'a SourceMap,
    /// Model.
    pub model: &'a Model,
}

/// Error for an unknown name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// Suggestions, the most likely first.
    pub near: Vec<String>,
}

/// Explains a service, an operation, a type, a field or value, or an error code.
///
/// # Errors
///
/// If the name is unknown.
pub fn explain(described: Described, name: &str) -> Result<String, Unknown> {
    let model = described.model;
    let Some(thing) = find::find(name, model) else {
        return Err(Unknown { name: name.to_owned(), near: find::near(name, model) });
    };
    let page = match thing {
        Thing::Service(found) => service::page(found, described),
        Thing::Operation(home, found) => operation::page(home, found, described),
        Thing::Type(found) => types::page(found, described),
        Thing::Part(home, wire) => part::page(home, &wire, described),
        Thing::ErrorCode(number) => error_code::page(number, described),
    };
    Ok(page.text())
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown name `{}`", self.name)?;
        match self.near.as_slice() {
            [] => Ok(()),
            [one] => write!(f, "; did you mean `{one}`?"),
            many => write!(f, "; did you mean one of `{}`?", many.join("`, `")),
        }
    }
}

impl std::error::Error for Unknown {}
