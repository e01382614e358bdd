//! Where things are in this repository, and the cargo that runs here.

use std::path::{Path, PathBuf};
use std::process::Command;

use ngrok_bare_cargo::bare_cargo;

/// The folder that holds the workspace.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Cargo, in a folder. What would build less than everything, or elsewhere, is switched off.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = bare_cargo();
    command.current_dir(folder).env_remove("CARGO_TARGET_DIR");
    command.env_remove("RUSTC_WRAPPER").env_remove("CARGO_BUILD_RUSTC_WRAPPER");
    command
}
