//! What the published document gets wrong, and why we think so.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::decode::decode;
use super::{Spanned, node};
use crate::diagnostic::{Diagnostics, SourceMap};

/// `overrides.yaml`: what is corrected in a published document before it is imported.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overrides {
    /// Title of the document that is corrected; others are taken as they are.
    pub document: Spanned<String>,
    /// The corrections, in the order they are made.
    pub overrides: Vec<Override>,
}

/// A correction. One that changes nothing any more is an error.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// JSON pointer to what is wrong. `[name=ids]` stands for the item of a list that has this key.
    pub at: Spanned<String>,
    /// What is to be there instead.
    pub set: Option<Spanned<Value>>,
    /// It is to go.
    #[serde(default)]
    pub remove: bool,
    /// The item that is to go from the list that is there.
    pub without: Option<Spanned<Value>>,
    /// Why the document is wrong.
    pub reason: Spanned<String>,
}

/// Reads the text of the file of this name.
#[must_use]
pub fn parse_overrides(
    name: &str,
    text: &str,
) -> (Option<Overrides>, SourceMap, Diagnostics) {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::new();
    let file = sources.add(name, text);
    let root = node::read(file, text, &mut diagnostics);
    let overrides = root.and_then(|root| decode(&root, &mut diagnostics));
    (overrides.filter(|_| !diagnostics.has_errors()), sources, diagnostics)
}
