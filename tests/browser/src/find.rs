//! Finds the program of a browser.

use std::env;
use std::path::PathBuf;

/// The names of its programs.
const NAMES: &[&str] = &[
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Returns the program named by `CHROME`, or the first one in `PATH`.
pub(crate) fn chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROME").map(PathBuf::from);
    let paths = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&paths).collect();
    let mut candidates =
        NAMES.iter().flat_map(|name| folders.iter().map(move |it| it.join(name)));
    named.or_else(|| candidates.find(|path| path.is_file()))
}
