//! Where things are in this repository.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The folder that holds the workspace: the one that cargo runs this for, else the one around the current folder, else
/// the one around this program. A path that was compiled in could be that of another checkout.
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

/// The nearest folder around a path that is a checkout of this repository.
fn around(path: &Path) -> Option<PathBuf> {
    let is_root = |folder: &&Path| {
        ["xtask/Cargo.toml", "templates/Cargo.toml"]
            .iter()
            .all(|file| folder.join(file).is_file())
    };
    path.ancestors().find(is_root).map(Path::to_owned)
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
    let here = env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}
