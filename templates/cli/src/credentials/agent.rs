//! The API key in the configuration of another program: several files, merged, of several versions.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Found, exposed};
use crate::app::App;
use crate::failure::Failure;
use crate::home;
use crate::request::source;

/// Returns the key in the program's usual file, if there is one.
pub(super) fn find(app: &App) -> Result<Option<Found>, Failure> {
    let Some(agent) = &app.shell.agent else { return Ok(None) };
    let paths = agent.files.iter().filter_map(|path| home::expand(path));
    let Some(path) = paths.into_iter().find(|path| path.is_file()) else {
        return Ok(None);
    };
    read(app, &[path])
}

/// Returns the key in these files; later files win.
pub(super) fn read(app: &App, paths: &[PathBuf]) -> Result<Option<Found>, Failure> {
    let keys: &[&str] =
        app.shell.agent.as_ref().map_or(&["api_key"], |agent| agent.keys);
    let mut found = None;
    for path in paths {
        let config = document(path)?;
        let key = keys.iter().find_map(|key| lookup(&config, key));
        if let Some(key) = key.filter(|key| !key.trim().is_empty()) {
            let source = path.display().to_string();
            found = Some(Found {
                warning: exposed(path),
                ..Found::new(key.to_owned(), source)
            });
        }
    }
    Ok(found)
}

fn document(path: &Path) -> Result<Value, Failure> {
    let name = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        let class = if error.kind() == ErrorKind::NotFound {
            "does not exist".to_owned()
        } else {
            error.to_string()
        };
        Failure::usage(format!("{name}: {class}"))
    })?;
    // The message of the parser may quote the file, which contains keys.
    source::document(&text).map_err(|_| Failure::usage(format!("{name} is not YAML")))
}

fn lookup<'a>(config: &'a Value, path: &str) -> Option<&'a str> {
    path.split('.').try_fold(config, |value, key| value.get(key))?.as_str()
}
