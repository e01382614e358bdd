//! Settings from environment variables. How to look one up goes in, so that nothing here
//! touches the process.

use std::ffi::OsString;

use crate::{Api, Settings};

/// Reads the API key and, if it is set, the base URL. An empty variable counts as unset.
pub fn read(
    api: &Api,
    settings: &mut Settings,
    lookup: &dyn Fn(&str) -> Option<OsString>,
) -> Result<(), String> {
    match variable(api.key_variable, lookup)? {
        Some(key) => settings.api_key = Some(key.into()),
        None => {
            return Err(format!("environment variable {} is not set", api.key_variable));
        }
    }
    if let Some(url) = variable(api.url_variable, lookup)? {
        settings.base_url = Some(url);
    }
    Ok(())
}

fn variable(
    name: &str,
    lookup: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<String>, String> {
    match lookup(name).map(OsString::into_string) {
        None => Ok(None),
        Some(Ok(value)) if value.trim().is_empty() => Ok(None),
        Some(Ok(value)) => Ok(Some(value)),
        Some(Err(_)) => Err(format!("environment variable {name} is not valid Unicode")),
    }
}
