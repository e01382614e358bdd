//! Loading of descriptions: files are read and lowered, and every diagnostic is collected in the order of the texts.

use std::path::Path;

use crate::diagnostic::{Color, Diagnostics, SourceMap};
use crate::lower::lower;
use crate::model::Model;
use crate::spec::{self, Spec};

/// A loaded description.
#[derive(Debug)]
pub struct Loaded {
    /// The content of the files, without unreadable parts; `None` if `api.yaml` or `errors.yaml` is unreadable.
    pub description: Option<Spec>,
    /// The model; `None` if and only if there are errors.
    pub model: Option<Model>,
    /// All diagnostics, sorted.
    pub diagnostics: Diagnostics,
    /// The texts of the files.
    pub sources: SourceMap,
}

/// A description without errors, and its model.
#[derive(Debug, Clone, Copy)]
pub struct Described<'a> {
    /// Contents of the files.
    pub spec: &'a Spec,
    /// Texts of the files.
    pub sources: &'a SourceMap,
    /// Model.
    pub model: &'a Model,
}

/// Loads the description in a directory.
#[must_use]
pub fn load(folder: &Path) -> Loaded {
    spec::load(folder).into()
}

/// Loads a description from its files: paths relative to its directory, with `/`, and texts.
#[must_use]
pub fn load_files(files: impl IntoIterator<Item = (String, String)>) -> Loaded {
    spec::parse(files.into_iter().collect()).into()
}

impl From<spec::Loaded> for Loaded {
    fn from(read: spec::Loaded) -> Self {
        let mut diagnostics = read.diagnostics;
        let mut model = None;
        if let Some(spec) = &read.spec {
            let (lowered, more) = lower(spec);
            diagnostics.extend(more);
            // A description that was not read completely has no model.
            model = lowered.filter(|_| !diagnostics.has_errors());
        }
        let diagnostics = diagnostics.sorted();
        Self { description: read.spec, model, diagnostics, sources: read.sources }
    }
}

impl Loaded {
    /// Returns the description and its model, if there are no errors.
    #[must_use]
    pub fn described(&self) -> Option<Described<'_>> {
        let (spec, model) = (self.description.as_ref()?, self.model.as_ref()?);
        Some(Described { spec, sources: &self.sources, model })
    }

    /// Returns the model.
    ///
    /// # Errors
    ///
    /// The rendered diagnostics, if some of them are errors.
    pub fn into_model(self) -> Result<Model, String> {
        let Self { model, diagnostics, sources, .. } = self;
        model.ok_or_else(|| diagnostics.render(&sources, Color::Never))
    }
}
