//! Reads an API description, and reports its errors.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::ensure;
use ngrok_codegen::diagnostic::{Diagnostics, Severity, SourceMap};
use ngrok_codegen::model::Model;
use ngrok_codegen::spec::{self, Spec};
use ngrok_codegen::{Described, Loaded, load_files};

use crate::cli::Description;
use crate::count::count;
use crate::{terminal, workspace};

/// A loaded description.
pub(crate) struct Read {
    /// The content of the files, as far as it could be read.
    pub(crate) spec: Option<Spec>,
    /// The model; `None` if there are errors.
    pub(crate) model: Option<Model>,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) sources: SourceMap,
    /// Durations of reading and lowering.
    pub(crate) stages: Vec<(&'static str, std::time::Duration)>,
}

impl Description {
    /// Returns the selected directory.
    pub(crate) fn folder(&self) -> PathBuf {
        self.spec.clone().unwrap_or_else(workspace::spec)
    }
}

/// Reads the description in a directory.
pub(crate) fn read(folder: &Path) -> anyhow::Result<Read> {
    ensure!(
        folder.is_dir(),
        "there is no folder `{}` to read a description from",
        folder.display()
    );
    let start = Instant::now();
    let loaded = spec::load(folder);
    let loading = start.elapsed();
    let start = Instant::now();
    let mut read = Read::new(loaded.into(), &workspace::shown(folder));
    read.stages = vec![("read", loading), ("lower", start.elapsed())];
    Ok(read)
}

/// Loads a description from its files; `root` is their directory.
pub(crate) fn understand(files: Vec<(String, String)>, root: &str) -> Read {
    Read::new(load_files(files), root)
}

impl Read {
    /// Returns the description and its model, if there are no errors.
    pub(crate) fn described(&self) -> Option<Described<'_>> {
        let (spec, model) = (self.spec.as_ref()?, self.model.as_ref()?);
        Some(Described { spec, sources: &self.sources, model })
    }

    fn new(loaded: Loaded, root: &str) -> Self {
        let Loaded { description: spec, model, diagnostics, mut sources } = loaded;
        sources.set_root(root);
        Self { spec, model, diagnostics, sources, stages: Vec::new() }
    }

    /// Prints the diagnostics, if there are any, and their number.
    pub(crate) fn print_diagnostics(&self) {
        if self.diagnostics.is_empty() {
            return;
        }
        terminal::report(&self.diagnostics.render(&self.sources, terminal::color()));
        let told = |severity, word: &str| {
            let number = self.diagnostics.count(severity);
            (number > 0).then(|| count(number, word))
        };
        let counts =
            [told(Severity::Error, "error"), told(Severity::Warning, "warning")];
        let counts: Vec<_> = counts.into_iter().flatten().collect();
        terminal::report(&(counts.join(", ") + "\n"));
    }
}
