//! The state file: locked while in use, written atomically, readable by its owner only.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use serde_json::Value;

use crate::state::{State, VERSION};

/// A state and its file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    state: State,
    /// Locked until the store is dropped.
    _lock: File,
}

impl Store {
    /// Opens the state of an account, or creates one if the file does not exist. `salt` is used for a new one only. Links are followed:
    /// all paths of a file share one lock.
    ///
    /// # Errors
    ///
    /// If another process uses it, if it belongs to another account or was written by a newer version, or if it cannot be read.
    pub fn open(path: &Path, account: &str, salt: &str) -> io::Result<Self> {
        let path = &resolved(path);
        let fail = |message| failed(path, message);
        if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(fail("cannot create the folder"))?;
        }
        let mut options = OpenOptions::new();
        let lock = options.create(true).truncate(false).write(true);
        let lock = lock.open(beside(path, "lock"));
        let lock = lock.map_err(fail("cannot create the lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => refused(
                path,
                "another process is using this state; wait until it has finished",
            ),
            TryLockError::Error(error) => fail("cannot lock the state")(error),
        })?;
        let state = match fs::read(path) {
            Ok(bytes) => parse(path, &bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                State::new(account, salt)
            }
            Err(error) => return Err(fail("cannot be read")(error)),
        };
        if state.account != account {
            let message = format!(
                "belongs to the account {}, not to {account}; use another state, or the key of that account",
                state.account
            );
            return Err(refused(path, &message));
        }
        Ok(Self { path: path.to_owned(), state, _lock: lock })
    }

    /// Returns the state.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Changes the state and writes it.
    ///
    /// # Errors
    ///
    /// If the file cannot be written; the old one is unchanged.
    pub fn update(&mut self, change: impl FnOnce(&mut State)) -> io::Result<()> {
        let before = self.state.clone();
        change(&mut self.state);
        if self.state == before {
            return Ok(());
        }
        self.state.serial += 1;
        let mut text = serde_json::to_vec_pretty(&self.state)?;
        text.push(b'\n');
        write_private(&self.path, &text)
            .map_err(failed(&self.path, "cannot write the state"))
    }
}

/// Replaces a file atomically with one that only its user can read.
///
/// # Errors
///
/// If the file cannot be written; the old one is unchanged.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = beside(path, &format!("{}.new", process::id()));
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.create(true).truncate(true).write(true).open(&draft)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_data());
    let replaced = written.and_then(|()| fs::rename(&draft, path));
    if replaced.is_err() {
        let _ = fs::remove_file(&draft);
    }
    replaced
}

/// Returns the error for a state that cannot be used.
fn refused(path: &Path, message: &str) -> io::Error {
    io::Error::other(format!("{}: {message}", path.display()))
}

/// Returns what an error of the file system becomes.
fn failed(path: &Path, message: &str) -> impl FnOnce(io::Error) -> io::Error {
    move |error| {
        let message = format!("{}: {message}: {error}", path.display());
        io::Error::new(error.kind(), message)
    }
}

/// Parses a state that this program can read.
fn parse(path: &Path, bytes: &[u8]) -> io::Result<State> {
    let invalid = |error| {
        let message = format!("is not a state: {error}; restore it from a backup");
        refused(path, &message)
    };
    let state: Value = serde_json::from_slice(bytes).map_err(invalid)?;
    match state["version"].as_u64() {
        Some(version) if version > VERSION.into() => {
            let message = format!("has version {version}; this program reads {VERSION}");
            Err(refused(path, &message))
        }
        _ => serde_json::from_value(state).map_err(invalid),
    }
}

/// Follows links, also to a file that does not exist yet: writing replaces the file, not the link.
fn resolved(path: &Path) -> PathBuf {
    const MOST_LINKS: usize = 32;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(target) = fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
}

/// Returns the path of a file beside another one.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{ending}"))
}
