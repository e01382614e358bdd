//! From the model to the files of the client.
//!
//! Enters a [`Model`] and the hand-written half of the client; leaves a [`FileTree`]. Emission cannot fail: whatever
//! could go wrong was found while lowering. Nothing here knows the description's files or makes a name.

mod api;
mod clients;
mod derives;
mod enums;
mod error_codes;
mod examples;
mod filters;
mod groups;
mod imports;
mod limits;
mod manifest;
mod operations;
mod parallel;
mod records;
mod resources;
mod services;
pub mod signatures;
mod tokens;
mod types;
mod unions;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::file_tree::FileTree;
use crate::model::Model;

pub use manifest::TemplateError;

/// Path of the serialised model, which the engines read.
pub const MODEL: &str = "cli/api.json";

/// The hand-written half of the client.
#[derive(Debug, Default)]
pub struct Templates {
    /// Files that are copied as they are, by their paths below `src/`.
    pub runtime: BTreeMap<String, String>,
    /// Files in which text varies, by their paths in the client; minijinja templates.
    pub varying: BTreeMap<String, String>,
    /// Names of the examples that the client has, in order. One whose name begins with `blocking` is for that client.
    pub examples: Vec<String>,
    /// What the manifest says for itself where the client is no member of this workspace.
    pub standalone: Option<Standalone>,
}

/// The part of a manifest that a member of a workspace inherits.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Standalone {
    /// The edition of Rust.
    pub edition: String,
    /// The oldest version of Rust that will do.
    pub rust_version: String,
    /// What is asked of dependencies, by their names: `version = "1.0"` and the like.
    pub dependencies: BTreeMap<String, String>,
}

/// All files of the client that are not written by hand.
///
/// # Errors
///
/// If one of the varying templates is not a template.
pub fn emit(model: &Model, templates: &Templates) -> Result<FileTree, TemplateError> {
    let mut tree = FileTree::default();
    manifest::emit(model, templates, &mut tree)?;
    tree.copy("src", &templates.runtime);
    tree.insert(MODEL, model.to_json());
    tree.insert("src/api.rs", api::emit(model));
    tree.insert("src/error_codes.rs", error_codes::emit(model));
    tree.insert("src/clients.rs", clients::emit(model));
    tree.insert("src/limits.json", limits::emit(model));
    tree.insert("src/types.rs", types::emit(model));
    groups::emit(model, &mut tree);
    for files in parallel::map(&model.services, |service| {
        let mut files = FileTree::default();
        resources::emit(service, model, &mut files);
        examples::emit(service, model, &mut files);
        files
    }) {
        tree.extend(files);
    }
    Ok(tree)
}
