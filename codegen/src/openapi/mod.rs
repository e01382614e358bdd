//! `OpenAPI` documents: export of a description.
//!
//! [`export()`] enters a [`Model`](crate::model::Model) and leaves a document as a [`Tree`]; [`to_yaml`] and [`to_json`]
//! print it. Nothing here reads or writes a file.
//!
//! Facts without an `OpenAPI` keyword are under the key `x-spec` of their parent, with the keys of the model.

pub(crate) mod describe;
pub(crate) mod document;
mod export;
pub mod import;

pub(crate) use crate::yaml::text;
pub use crate::yaml::{Map, Tree, edit, to_json, to_yaml};
pub use export::{export, to_openapi_3_0};

/// The key of facts without an `OpenAPI` keyword.
pub(crate) const EXTENSION: &str = "x-spec";
