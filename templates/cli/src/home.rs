//! Directories of the program's own files: configuration, state and caches of the user.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::shell::Shell;

/// Returns the directory for configuration, such as `~/.config/NAME`.
pub(crate) fn config(shell: &Shell) -> Option<PathBuf> {
    folder(shell, "XDG_CONFIG_HOME", "APPDATA", ".config")
}

/// Returns the directory for state that survives restarts, such as `~/.local/state/NAME`.
pub(crate) fn state(shell: &Shell) -> Option<PathBuf> {
    folder(shell, "XDG_STATE_HOME", "LOCALAPPDATA", ".local/state")
}

/// Returns the directory for caches, such as `~/.cache/NAME`.
#[cfg(feature = "completion")]
pub(crate) fn cache(shell: &Shell) -> Option<PathBuf> {
    folder(shell, "XDG_CACHE_HOME", "LOCALAPPDATA", ".cache")
}

fn folder(shell: &Shell, xdg: &str, windows: &str, below_home: &str) -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let base = match set(xdg).map(PathBuf::from).filter(|path| path.is_absolute()) {
        Some(base) => base,
        None if cfg!(windows) => set(windows).map(PathBuf::from)?,
        None => env::home_dir()?.join(below_home),
    };
    Some(base.join(shell.name))
}

/// Opens a file that only its user can read; `options` say how.
pub(crate) fn private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.write(true).open(path)
}

/// Replaces a file atomically with one that only its user can read, and creates its directory.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    ngrok_state_core::write_private(path, bytes)
}

/// Expands `~` and a leading `$NAME` in a path; `None` if the variable is not set.
pub(crate) fn expand(path: &str) -> Option<PathBuf> {
    if let Some(rest) = path.strip_prefix("~/") {
        return Some(env::home_dir()?.join(rest));
    }
    if let Some(rest) = path.strip_prefix('$') {
        let (name, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let value = env::var_os(name).filter(|value| !value.is_empty())?;
        return Some(PathBuf::from(value).join(rest));
    }
    Some(PathBuf::from(path))
}
