//! Profiles: names for API keys, in a file that only its user can read.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::home;
use crate::shell::Shell;

/// The file of profiles.
#[derive(Default)]
pub(crate) struct Store {
    path: Option<PathBuf>,
    content: Content,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Content {
    default: Option<String>,
    profiles: BTreeMap<String, Profile>,
}

/// An API key and the base URL where it is valid.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) api_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) api_url: Option<String>,
}

impl Store {
    /// Reads the file; a file that does not exist has no profiles.
    pub(crate) fn read(shell: &Shell) -> Result<Self, Failure> {
        let Some(folder) = home::config(shell) else { return Ok(Self::default()) };
        let path = folder.join("profiles.json");
        let content = match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| {
                let (line, column) = (error.line(), error.column());
                Failure::other(format!(
                    "{} is damaged at {line}:{column}",
                    path.display()
                ))
            })?,
            Err(error) if error.kind() == ErrorKind::NotFound => Content::default(),
            Err(error) => {
                return Err(Failure::other(format!("{}: {error}", path.display())));
            }
        };
        Ok(Self { path: Some(path), content })
    }

    /// Returns the path of the file.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns the profile with this name.
    pub(crate) fn profile(&self, name: &str) -> Option<&Profile> {
        self.content.profiles.get(name)
    }

    /// Returns the name of the default profile.
    pub(crate) fn default_profile(&self) -> Option<&str> {
        self.content.default.as_deref()
    }

    /// Iterates over all names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.content.profiles.keys().map(String::as_str)
    }

    /// Adds or replaces a profile; the first one becomes the default.
    pub(crate) fn insert(&mut self, name: &str, profile: Profile) {
        self.content.profiles.insert(name.to_owned(), profile);
        self.content.default.get_or_insert_with(|| name.to_owned());
    }

    /// Removes a profile, and returns true if it existed.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let removed = self.content.profiles.remove(name).is_some();
        if self.content.default.as_deref() == Some(name) {
            self.content.default = self.content.profiles.keys().next().cloned();
        }
        removed
    }

    /// Writes the file atomically with mode 0600.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        let Some(path) = &self.path else {
            return Err(Failure::other("no home directory for the file of profiles"));
        };
        let failed = |error: std::io::Error| {
            Failure::other(format!("{}: {error}", path.display()))
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let json = serde_json::to_vec_pretty(&self.content)
            .map_err(|error| failed(error.into()))?;
        let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
        let file = home::private(&temporary, OpenOptions::new().create_new(true));
        let mut file = file.map_err(failed)?;
        file.write_all(&json).and_then(|()| file.sync_all()).map_err(failed)?;
        fs::rename(&temporary, path).map_err(failed)
    }
}
