//! Credentials: the API key in use, profiles in a file of the user, and the configuration of another program.
//!
//! The rest of the engine uses only [`find`], [`Store`] and the commands in `call::auth`.

mod agent;
mod store;

use std::env;
use std::path::Path;

use ngrok_client_core::Zeroizing;

use crate::app::App;
use crate::failure::Failure;

pub(crate) use store::{Profile, Store};

/// An API key and its source.
pub(crate) struct Found {
    pub(crate) key: Zeroizing<String>,
    pub(crate) source: String,
    /// Warning about the storage of the key.
    pub(crate) warning: Option<String>,
}

impl Found {
    fn new(key: impl Into<Zeroizing<String>>, source: impl Into<String>) -> Self {
        Self { key: key.into(), source: source.into(), warning: None }
    }
}

/// Returns the API key: from the option, a named profile or file, the environment, the default profile, or the other program.
pub(crate) fn find(app: &App) -> Result<Found, Failure> {
    let globals = &app.globals;
    if let Some(key) = &globals.api_key {
        let variable = &app.model.api.key_variable;
        let warning = format!(
            "--api-key is visible to other users of this machine; set {variable} instead"
        );
        return Ok(Found {
            warning: Some(warning),
            ..Found::new(key.clone(), "--api-key")
        });
    }
    if let Some(name) = &globals.profile {
        return profile(app, name);
    }
    if !globals.config.is_empty() {
        return match agent::read(app, &globals.config)? {
            Some(found) => Ok(found),
            None => Err(missing(app, "the files of --config contain no API key")),
        };
    }
    let variable = &app.model.api.key_variable;
    if let Some(key) = env::var(variable).ok().filter(|key| !key.trim().is_empty()) {
        return Ok(Found::new(key, variable.clone()));
    }
    let store = Store::read(app.shell)?;
    if let Some(name) = store.default_profile() {
        return profile(app, name);
    }
    if let Some(found) = agent::find(app)? {
        return Ok(found);
    }
    Err(missing(app, "no API key was found"))
}

fn missing(app: &App, what: &str) -> Failure {
    let variable = &app.model.api.key_variable;
    Failure::authentication(what)
        .hint(format!("set {variable} or run `{} auth login`", app.shell.name))
}

fn profile(app: &App, name: &str) -> Result<Found, Failure> {
    let store = Store::read(app.shell)?;
    let Some(profile) = store.profile(name) else {
        let hint = crate::prose::suggestion(name, store.names());
        let what = format!("there is no profile `{name}`{hint}");
        return Err(missing(app, &what));
    };
    let warning = store.path().and_then(exposed);
    Ok(Found {
        warning,
        ..Found::new(profile.api_key.clone(), format!("profile {name}"))
    })
}

/// Returns the base URL of the profile in use, if it has one.
pub(crate) fn profile_url(app: &App) -> Option<String> {
    if app.globals.api_key.is_some() {
        return None;
    }
    let explicit = app.globals.profile.is_some();
    if !explicit
        && env::var_os(&app.model.api.key_variable).is_some_and(|key| !key.is_empty())
    {
        return None;
    }
    let store = Store::read(app.shell).ok()?;
    let name = app.globals.profile.as_deref().or_else(|| store.default_profile())?;
    store.profile(name)?.api_url.clone()
}

/// A warning if other users can read a file with a key.
pub(crate) fn exposed(path: &Path) -> Option<String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
        (mode & 0o004 != 0).then(|| {
            format!("{} contains an API key and is readable by all users; run chmod 600 on it", path.display())
        })
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}
