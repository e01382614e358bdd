//! Where things are in this repository.

use std::path::{Path, PathBuf};

/// The folder that holds the workspace.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The folder of the API description.
pub(crate) fn spec() -> PathBuf {
    root().join("api-spec")
}

/// The hand-written half of the client.
pub(crate) fn templates() -> PathBuf {
    root().join("templates")
}

/// The client.
pub(crate) fn client() -> PathBuf {
    root().join("generated-client")
}

/// A path as people want it: relative to the current folder where it is below it.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}
