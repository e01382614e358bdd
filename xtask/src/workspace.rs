//! Paths and manifests in this repository.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fs};

use anyhow::Context;
use toml_edit::DocumentMut;

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

/// Reads a manifest of this repository.
pub(crate) fn manifest(path: &str) -> anyhow::Result<DocumentMut> {
    let path = root().join(path);
    let shown = path.display();
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read `{shown}`"))?;
    text.parse().with_context(|| format!("`{shown}` is not a manifest"))
}

/// Returns a path for display: relative to the current directory if it is below it.
pub(crate) fn shown(path: &Path) -> String {
    let here = env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::client_files::files_below;
    use crate::process::metadata;

    #[test]
    fn libraries_without_a_test_target_have_no_tests() {
        let metadata = metadata().expect("cargo can be run");
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let ours = packages.filter(|it| it["source"].is_null());
        let targets = ours.flat_map(|it| it["targets"].as_array().into_iter().flatten());
        let untested: Vec<_> = targets
            .filter(|it| it["kind"][0] == "lib" && it["test"] == false)
            .filter_map(|it| Path::new(it["src_path"].as_str()?).parent())
            .filter(|folder| folder.ends_with("src"))
            .collect();
        assert!(untested.iter().any(|it| it.ends_with("codegen/src")), "{untested:?}");
        for folder in untested {
            for (path, code) in files_below(folder).expect("readable files") {
                let has_tests = String::from_utf8_lossy(&code).contains("#[test]");
                assert!(
                    !has_tests,
                    "cargo does not run the tests in {folder:?}, {path}"
                );
            }
        }
    }
}
