//! Reading an API description, and telling what is wrong with it.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::ensure;
use ngrok_codegen::diagnostic::{Diagnostics, Severity, SourceMap};
use ngrok_codegen::lower::lower;
use ngrok_codegen::model::Model;
use ngrok_codegen::spec::{self, Loaded, Spec};

use crate::cli::Description;
use crate::count::count;
use crate::{terminal, workspace};

/// A description that was read.
pub(crate) struct Read {
    /// What the files say, as far as it could be read.
    pub(crate) spec: Option<Spec>,
    /// What it means; nothing if there are errors.
    pub(crate) model: Option<Model>,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) sources: SourceMap,
    /// How long reading and lowering took.
    pub(crate) stages: Vec<(&'static str, std::time::Duration)>,
}

impl Description {
    /// The folder that was asked for.
    pub(crate) fn folder(&self) -> PathBuf {
        self.spec.clone().unwrap_or_else(workspace::spec)
    }
}

/// Reads the description in a folder.
pub(crate) fn read(folder: &Path) -> anyhow::Result<Read> {
    ensure!(
        folder.is_dir(),
        "there is no folder `{}` to read a description from",
        folder.display()
    );
    let start = Instant::now();
    let loaded = spec::load(folder);
    let loading = start.elapsed();
    let mut read = understand(loaded, &workspace::shown(folder));
    read.stages.insert(0, ("read", loading));
    Ok(read)
}

/// Finds out what a description means that was loaded from somewhere, which `root` names.
pub(crate) fn understand(mut loaded: Loaded, root: &str) -> Read {
    let start = Instant::now();
    loaded.sources.set_root(root);
    let (model, more) = match &loaded.spec {
        Some(spec) => lower(spec),
        None => (None, Diagnostics::new()),
    };
    let mut diagnostics = loaded.diagnostics;
    diagnostics.extend(more);
    diagnostics.sort();
    let stages = vec![("lower", start.elapsed())];
    // A description of which something could not be read is not the whole one.
    let model = model.filter(|_| !diagnostics.has_errors());
    let (spec, sources) = (loaded.spec, loaded.sources);
    Read { spec, model, diagnostics, sources, stages }
}

impl Read {
    /// Prints what is wrong, if anything, and how much it is.
    pub(crate) fn print_diagnostics(&self) {
        if self.diagnostics.is_empty() {
            return;
        }
        eprint!("{}", self.diagnostics.render(&self.sources, terminal::color()));
        let told = |severity, word: &str| {
            let number = self.diagnostics.count(severity);
            (number > 0).then(|| count(number, word))
        };
        let counts =
            [told(Severity::Error, "error"), told(Severity::Warning, "warning")];
        eprintln!("{}", counts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    }
}
