//! From the model to the files of the client.
//!
//! Takes a [`Model`] and the hand-written half of the client; returns a [`FileTree`]. Emission cannot fail: all
//! errors were found while lowering. Nothing here knows the description's files or constructs a name.

mod choices;
mod error_codes;
mod examples;
mod filters;
mod groups;
mod imports;
mod limits;
mod manifest;
mod operations;
mod records;
mod resources;
pub mod signatures;
mod tokens;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::example::life_cycle;
use crate::file_tree::FileTree;
use crate::model::Model;
use crate::parallel;

pub use manifest::TemplateError;

/// Path of the serialised model, which the engines read.
pub const MODEL: &str = "cli/api.json";

/// The hand-written half of the client.
#[derive(Debug, Default)]
pub struct Templates {
    /// Files that are copied unchanged, by their paths below `src/`.
    pub runtime: BTreeMap<String, String>,
    /// Templates (minijinja), by their paths in the client.
    pub varying: BTreeMap<String, String>,
    /// Names of the examples of the client, in order. One whose name begins with `blocking` is for that client.
    pub examples: Vec<String>,
    /// Manifest parts for a client outside of this workspace.
    pub standalone: Option<Standalone>,
}

/// The part of a manifest that a member of a workspace inherits.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Standalone {
    /// The edition of Rust.
    pub edition: String,
    /// Minimum supported version of Rust.
    pub rust_version: String,
    /// Requirements of dependencies, by name: `version = "1.0"` and similar.
    pub dependencies: BTreeMap<String, String>,
}

/// Emits all generated files of the client.
///
/// # Errors
///
/// If one of the templates is invalid.
pub fn emit(model: &Model, templates: &Templates) -> Result<FileTree, TemplateError> {
    let mut tree = FileTree::default();
    manifest::emit(model, templates, &mut tree)?;
    tree.copy("src", &templates.runtime);
    tree.insert(MODEL, model.to_json());
    tree.insert("src/error_codes.rs", error_codes::emit(model));
    tree.insert("src/clients.rs", groups::clients(model));
    tree.insert("src/limits.json", limits::emit(model));
    tree.insert("src/types.rs", resources::all_types(model));
    groups::emit(model, &mut tree);
    for files in parallel::map(&model.services, |service| {
        let mut files = FileTree::default();
        let life_cycle = life_cycle(service, model);
        resources::emit(service, life_cycle.as_ref(), model, &mut files);
        examples::emit(service, life_cycle.as_ref(), model, &mut files);
        files
    }) {
        tree.extend(files);
    }
    Ok(tree)
}
