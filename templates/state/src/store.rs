//! The state file: locked while in use, written atomically, readable by its owner only.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::state::{State, VERSION};

/// A state and its file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    state: State,
    /// Locked until the store is dropped.
    _lock: File,
}

/// The part of a state that every version has.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// An error of the state file.
#[derive(Debug)]
pub struct StoreError {
    path: PathBuf,
    message: String,
    source: Option<io::Error>,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|it| it as _)
    }
}

impl StoreError {
    fn new(path: &Path, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), message: message.into(), source: None }
    }

    /// Returns what an error of the file system becomes.
    fn io(path: &Path, message: &str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self { source: Some(source), ..Self::new(path, message) }
    }
}

impl Store {
    /// Opens the state of an account, or creates one if the file does not exist. `salt` is used for a new one only. Links are followed:
    /// all paths of a file share one lock.
    ///
    /// # Errors
    ///
    /// If another process uses it, if it belongs to another account or was written by a newer version, or if it cannot be read.
    pub fn open(path: &Path, account: &str, salt: &str) -> Result<Self, StoreError> {
        let path = &resolved(path);
        let fail = |message| StoreError::io(path, message);
        if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(fail("cannot create the folder"))?;
        }
        let mut options = OpenOptions::new();
        let lock = options.create(true).truncate(false).write(true);
        let lock = lock.open(beside(path, "lock"));
        let lock = lock.map_err(fail("cannot create the lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => StoreError::new(
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
            return Err(StoreError::new(path, message));
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
    pub fn update(&mut self, change: impl FnOnce(&mut State)) -> Result<(), StoreError> {
        let before = self.state.clone();
        change(&mut self.state);
        if self.state == before {
            return Ok(());
        }
        self.state.serial += 1;
        self.write().map_err(StoreError::io(&self.path, "cannot write the state"))
    }

    fn write(&self) -> io::Result<()> {
        let draft = beside(&self.path, "new");
        let mut options = OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = options.open(&draft)?;
        let mut text = serde_json::to_vec_pretty(&self.state)?;
        text.push(b'\n');
        file.write_all(&text)?;
        file.sync_data()?;
        fs::rename(&draft, &self.path)
    }
}

/// Parses a state that this program can read.
fn parse(path: &Path, bytes: &[u8]) -> Result<State, StoreError> {
    let invalid = |error| {
        let message = format!("is not a state: {error}; restore it from a backup");
        StoreError::new(path, message)
    };
    let Version { version } = serde_json::from_slice(bytes).map_err(invalid)?;
    if version > VERSION {
        let message = format!("has version {version}; this program reads {VERSION}");
        return Err(StoreError::new(path, message));
    }
    serde_json::from_slice(bytes).map_err(invalid)
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
