//! Paths in this repository.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Returns the directory of the workspace: the one that cargo runs this for, else the one around the current directory, else the one around
/// this program. A compiled-in path could be that of another checkout.
pub(crate) fn root() -> PathBuf {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let here = env::current_dir().unwrap_or_default();
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let program = env::current_exe().ok();
        let starts = [package, Some(here.clone()), program];
        starts.iter().flatten().find_map(|start| around(start)).unwrap_or(here)
    })
    .clone()
}

/// Returns the nearest ancestor of a path that is a checkout of this repository.
fn around(path: &Path) -> Option<PathBuf> {
    let is_root = |folder: &&Path| {
        ["xtask/Cargo.toml", "templates/Cargo.toml"]
            .iter()
            .all(|file| folder.join(file).is_file())
    };
    path.ancestors().find(is_root).map(Path::to_owned)
}

/// Returns the directory of the API description.
pub(crate) fn spec() -> PathBuf {
    root().join("api-spec")
}

/// Returns the hand-written half of the client.
pub(crate) fn templates() -> PathBuf {
    root().join("templates")
}

/// Returns the directory of the client.
pub(crate) fn client() -> PathBuf {
    root().join("generated-client")
}

/// Returns a path for display: relative to the current directory if it is below it.
pub(crate) fn shown(path: &Path) -> String {
    let here = env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}
