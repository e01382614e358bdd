//! Corrections of the published document, with reasons.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::Spanned;
use super::decode::decode;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceMap};
use crate::yaml::{self, Dialect};

/// `overrides.yaml`: corrections of a published document before it is imported.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Overrides {
    /// Title of the corrected document; others are not changed.
    pub document: Spanned<String>,
    /// The corrections, in order. May be empty.
    #[serde(default, deserialize_with = "or_default")]
    #[schemars(with = "Option<Vec<Override>>", extend("default" = []))]
    pub overrides: Vec<Override>,
}

/// A correction. One without effect is an error.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Override {
    /// JSON pointer to the error. `[name=ids]` stands for the item of a list that has this key.
    pub at: Spanned<String>,
    /// New value.
    pub set: Option<Spanned<Value>>,
    /// Removes the value.
    #[serde(default)]
    pub remove: bool,
    /// Item to remove from the list.
    pub without: Option<Spanned<Value>>,
    /// Reason for the correction.
    pub reason: Spanned<String>,
}

/// Decodes a key without a value as the default.
fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    from: D,
) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

/// The effect of a correction.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Change<'a> {
    Set(&'a Spanned<Value>),
    Remove,
    Without(&'a Spanned<Value>),
}

impl Overrides {
    /// Returns the problems of the corrections, independent of the document.
    pub(crate) fn problems(&self) -> impl Iterator<Item = Diagnostic> {
        self.overrides.iter().filter_map(Override::problem)
    }
}

impl Override {
    /// Returns the effect, if there is exactly one.
    pub(crate) fn change(&self) -> Option<Change<'_>> {
        match (&self.set, self.remove, &self.without) {
            (Some(value), false, None) => Some(Change::Set(value)),
            (None, true, None) => Some(Change::Remove),
            (None, false, Some(item)) => Some(Change::Without(item)),
            _ => None,
        }
    }

    fn problem(&self) -> Option<Diagnostic> {
        if self.reason.trim().is_empty() {
            let message = "a correction has a reason, and this one is empty";
            return Some(Diagnostic::error(Code::NoReason, self.reason.span, message));
        }
        let span = self.at.span;
        if !self.at.starts_with('/') {
            let message = format!("`{}` is no JSON pointer", *self.at);
            let help = "such as `/components/schemas/Thing/required`; `~1` stands for `/` inside of a key";
            return Some(
                Diagnostic::error(Code::MalformedPointer, span, message).help(help),
            );
        }
        let message = "a correction has one of `set`, `remove: true` and `without`";
        let unclear = || Diagnostic::error(Code::UnclearOverride, span, message);
        self.change().is_none().then(unclear)
    }
}

/// Parses the file with this name.
#[must_use]
pub fn parse_overrides(
    name: &str,
    text: &str,
) -> (Option<Overrides>, SourceMap, Diagnostics) {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add(name, text);
    let root = yaml::read(file, text, Dialect::Description, &mut diagnostics);
    let overrides: Option<Overrides> =
        root.and_then(|root| decode(root, &mut diagnostics));
    diagnostics.extend(overrides.iter().flat_map(Overrides::problems));
    (overrides.filter(|_| !diagnostics.has_errors()), sources, diagnostics)
}
