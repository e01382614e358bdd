//! Profiles: names for API keys, in a file that only its user can read.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::failure::{Failure, OrFail};
use crate::home;
use crate::shell::Shell;

/// The profiles, and the path of their file.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Store {
    #[serde(skip)]
    pub(crate) path: PathBuf,
    /// Name of the default profile.
    pub(crate) default: Option<String>,
    pub(crate) profiles: BTreeMap<String, Profile>,
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
        let store = match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| {
                // The message of the parser may quote the file, which contains keys.
                let place = format!("{}:{}", error.line(), error.column());
                Failure::other(format!("{} is damaged at {place}", path.display()))
            })?,
            Err(error) if error.kind() == ErrorKind::NotFound => Self::default(),
            Err(error) => return Err(error).or_other(path.display()),
        };
        Ok(Self { path, ..store })
    }

    /// Adds or replaces a profile; the first one becomes the default.
    pub(crate) fn insert(&mut self, name: &str, profile: Profile) {
        self.profiles.insert(name.to_owned(), profile);
        self.default.get_or_insert_with(|| name.to_owned());
    }

    /// Removes a profile, and returns true if it existed.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let removed = self.profiles.remove(name).is_some();
        if self.default.as_deref() == Some(name) {
            self.default = self.profiles.keys().next().cloned();
        }
        removed
    }

    /// Writes the file atomically with mode 0600.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        if self.path.as_os_str().is_empty() {
            return Err(Failure::other("no home directory for the file of profiles"));
        }
        let json = serde_json::to_vec_pretty(self).or_other(self.path.display())?;
        home::replace(&self.path, &json).or_other(self.path.display())
    }
}
