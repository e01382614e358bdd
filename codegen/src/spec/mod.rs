//! Contents of the description files: types with source positions, and loading.
//!
//! Takes a directory of YAML files; returns a [`Spec`] with the contents of the files. Its meaning (resolved names,
//! types) is determined by `lower`.

mod api;
mod check;
mod decode;
mod field;
mod load;
mod overrides;
mod place;
mod resource;
mod schema;
mod spanned;

pub use api::*;
use field::yes;
pub use field::*;
pub use load::{Loaded, load, parse};
pub(crate) use overrides::Change;
pub use overrides::{Override, Overrides, parse_overrides};
pub(crate) use place::{Marked, Place};
pub use resource::*;
pub use schema::{json_schema, schema_text};
pub(crate) use spanned::names;
pub(crate) use spanned::plain;
pub use spanned::{Entries, Span, Spanned};

pub use crate::model::{Equality, Method, OnDelete};

/// A complete description.
#[derive(Debug)]
pub struct Spec {
    /// `api.yaml`.
    pub api: Api,
    /// `errors.yaml`.
    pub errors: Errors,
    /// `resources/**.yaml`, in the order of their paths.
    pub resources: Vec<ResourceFile>,
    /// True if nothing was omitted because it was unreadable. Otherwise, an unknown name may be defined in an
    /// unreadable part.
    pub whole: bool,
}

/// One file below `resources/`.
#[derive(Debug)]
pub struct ResourceFile {
    /// Path below `resources/` without its ending, in parts: `["edges", "https"]`.
    pub accessor: Vec<String>,
    /// The beginning of the file, for problems of the file as a whole.
    pub span: Span,
    /// Contents of the file.
    pub resource: Resource,
}

impl ResourceFile {
    /// Returns the path of the file in the folder of the description: `resources/edges/https.yaml`.
    #[must_use]
    pub fn path(&self) -> String {
        resource_path(&self.accessor.join("/"))
    }
}

/// Returns the path of the file that describes a service, from its path below `resources/` without its ending.
#[must_use]
pub fn resource_path(accessor: &str) -> String {
    format!("resources/{accessor}.yaml")
}
