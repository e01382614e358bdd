//! Settings from environment variables. How to look one up goes in, so that nothing here
//! touches the process.

use std::ffi::OsString;

use crate::url::is_loopback;
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

/// The proxy that the environment names for the API, if any: the first of `HTTPS_PROXY`
/// and `ALL_PROXY`, unless `NO_PROXY` has the host. Each may be in small letters.
pub fn proxy(
    api: &Api,
    settings: &Settings,
    lookup: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<String>, String> {
    let base = settings.base_url.as_deref().unwrap_or(api.base_url);
    let uri = base.trim().parse::<http::Uri>().unwrap_or_default();
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let spared = either("NO_PROXY", lookup)?.unwrap_or_default();
    if is_loopback(&host) || spared.split(',').any(|it| is_spared(&host, it)) {
        return Ok(None);
    }
    match either("HTTPS_PROXY", lookup)? {
        None => either("ALL_PROXY", lookup),
        found => Ok(found),
    }
}

fn either(
    name: &str,
    lookup: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<String>, String> {
    match variable(name, lookup)? {
        None => variable(&name.to_ascii_lowercase(), lookup),
        found => Ok(found),
    }
}

/// Whether an entry of `NO_PROXY` is for a host: the host, a domain it is in, or `*`.
fn is_spared(host: &str, entry: &str) -> bool {
    let entry = entry.trim().to_ascii_lowercase();
    let domain = entry.trim_start_matches("*.").trim_start_matches('.');
    let inside = host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    entry == "*" || !domain.is_empty() && (host == domain || inside)
}
