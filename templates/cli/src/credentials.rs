//! Credentials: the API key in use, from an option, the environment, a profile or the configuration of another program; and
//! profiles, which are names for API keys in a file that only its user can read.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{env, fs};

use ngrok_client_core::Zeroizing;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::failure::{Class, Failure, OrFail};
use crate::request::source;
use crate::shell::Shell;
use crate::{home, prose};

/// An API key and its source.
pub(crate) struct Found {
    pub(crate) key: Zeroizing<String>,
    pub(crate) source: String,
    /// The base URL that belongs to the key.
    pub(crate) url: Option<String>,
    /// Warning about the storage of the key.
    pub(crate) warning: Option<String>,
}

impl Found {
    fn new(key: &str, source: impl Into<String>) -> Self {
        let key = key.to_owned().into();
        Self { key, source: source.into(), url: None, warning: None }
    }
}

/// Returns the API key: from the option, a named profile or file, the environment, the default profile, or the other program.
pub(crate) fn find(app: &App) -> Result<Found, Failure> {
    let globals = &app.globals;
    let variable = &app.model.api.key_variable;
    if let Some(key) = &globals.api_key {
        let warning = format!(
            "--api-key is visible to other users of this machine; set {variable} instead"
        );
        return Ok(Found { warning: Some(warning), ..Found::new(key, "--api-key") });
    }
    if let Some(name) = &globals.profile {
        return profile(app, &Store::read(app.shell)?, name);
    }
    if !globals.config.is_empty() {
        let missing = || missing(app, "the files of --config contain no API key");
        return of_files(app, &globals.config)?.ok_or_else(missing);
    }
    if let Some(key) = env::var(variable).ok().filter(|key| !key.trim().is_empty()) {
        return Ok(Found::new(&key, variable));
    }
    let store = Store::read(app.shell)?;
    if let Some(name) = &store.default {
        return profile(app, &store, name);
    }
    let agent = app.shell.agent.iter().flat_map(|agent| agent.files);
    let mut paths = agent.filter_map(|path| home::expand(path));
    let found = match paths.find(|path| path.is_file()) {
        Some(path) => of_files(app, &[path])?,
        None => None,
    };
    found.ok_or_else(|| missing(app, "no API key was found"))
}

fn missing(app: &App, what: &str) -> Failure {
    let variable = &app.model.api.key_variable;
    Failure::new(Class::Authentication, what)
        .hint(format!("set {variable} or run `{} auth login`", app.shell.name))
}

fn profile(app: &App, store: &Store, name: &str) -> Result<Found, Failure> {
    let Some(profile) = store.profiles.get(name) else {
        return Err(missing(app, &store.unknown(name)));
    };
    Ok(Found {
        url: profile.api_url.clone(),
        warning: exposed(&store.path),
        ..Found::new(&profile.api_key, format!("profile {name}"))
    })
}

/// Returns the key in configuration files of the other program, which may be of several versions; later files win.
fn of_files(app: &App, paths: &[PathBuf]) -> Result<Option<Found>, Failure> {
    let keys: &[&str] =
        app.shell.agent.as_ref().map_or(&["api_key"], |agent| agent.keys);
    let mut found = None;
    for path in paths {
        let name = path.display();
        let text = fs::read_to_string(path).or_usage(name.to_string())?;
        // The message of the parser may quote the file, which contains keys.
        let config = source::document(&text)
            .map_err(|_| Failure::usage(format!("{name} is not YAML")))?;
        let at = |path: &&str| -> Option<&str> {
            path.split('.').try_fold(&config, |value, key| value.get(key))?.as_str()
        };
        let key = keys.iter().find_map(at).filter(|key| !key.trim().is_empty());
        if let Some(key) = key {
            let warning = exposed(path);
            found = Some(Found { warning, ..Found::new(key, name.to_string()) });
        }
    }
    Ok(found)
}

/// Returns a warning if other users can read a file with a key.
#[cfg(unix)]
fn exposed(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;

    let mode = fs::metadata(path).ok()?.permissions().mode();
    (mode & 0o004 != 0).then(|| {
        let name = path.display();
        format!("{name} contains an API key and is readable by all users; run chmod 600 on it")
    })
}

#[cfg(not(unix))]
fn exposed(_: &Path) -> Option<String> {
    None
}

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

    /// Reports a name that is no profile.
    pub(crate) fn unknown(&self, name: &str) -> String {
        let hint = prose::suggestion(name, self.profiles.keys().map(String::as_str));
        format!("there is no profile `{name}`{hint}")
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
