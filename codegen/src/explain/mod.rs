//! All there is to know about one name, offline: what the description says and where, what Rust it becomes, and its
//! request as curl and as Rust.
//!
//! Enters a description with its texts, and a name; leaves plain text. Values in examples are made up from what the
//! model says of them, the same every time. Prints nothing and reads no files.

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

/// A description, and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Described<'a> {
    /// What the files say.
    pub spec: &'a Spec,
    /// Their texts.
    pub sources: &'a SourceMap,
    /// What they mean.
    pub model: &'a Model,
}

/// A name that stands for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// Names that may have been meant, the likeliest first.
    pub near: Vec<String>,
}

/// Explains a service, an operation, a type, a field or value, or an error code.
///
/// # Errors
///
/// If there is nothing of that name.
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
        write!(f, "there is nothing called `{}`", self.name)?;
        match self.near.as_slice() {
            [] => Ok(()),
            [one] => write!(f, "; did you mean `{one}`?"),
            many => write!(f, "; did you mean one of `{}`?", many.join("`, `")),
        }
    }
}

impl std::error::Error for Unknown {}
