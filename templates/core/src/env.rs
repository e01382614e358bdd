//! Settings from environment variables. The lookup is a parameter, so that nothing here accesses the process.

use std::ffi::OsString;

use http::Uri;

use crate::no_proxy::spares;
use crate::url::is_loopback;
use crate::{Api, Network, Settings, excerpt};

/// Reads the API key and, if it is set, the base URL. An empty variable counts as unset.
pub fn read(
    api: &Api,
    settings: &mut Settings,
    lookup: &dyn Fn(&str) -> Option<OsString>,
) -> Result<(), String> {
    match variable(api.key_variable, lookup)? {
        Some(key) => {
            settings.api_key = Some(key.into());
            settings.api_key_variable = Some(api.key_variable);
        }
        None => {
            return Err(format!("environment variable {} is not set", api.key_variable));
        }
    }
    if let Some(url) = variable(api.url_variable, lookup)? {
        settings.base_url = Some(url);
        settings.base_url_variable = Some(api.url_variable);
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

/// Returns the proxy for the API from the environment: the first of `HTTPS_PROXY` and `ALL_PROXY`, unless
/// `NO_PROXY` contains the host. Lower-case names are accepted.
pub fn proxy(
    api: &Api,
    settings: &Settings,
    lookup: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<String>, String> {
    let base = settings.base_url.as_deref().unwrap_or(api.base_url);
    let uri = base.trim().parse::<Uri>().unwrap_or_default();
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let spared = either("NO_PROXY", lookup)?.is_some_and(|(_, it)| spares(&it, &uri));
    if spared || is_loopback(&host) {
        return Ok(None);
    }
    let found = match either("HTTPS_PROXY", lookup)? {
        None => either("ALL_PROXY", lookup)?,
        found => found,
    };
    let Some((name, proxy)) = found else { return Ok(None) };
    let network = Network { proxy: Some(proxy.clone()), ..Network::default() };
    let checked = network.checked_proxy();
    checked.map_err(|what| invalid(&name, &proxy, what))
}

/// Names a variable with an address that is wrong, and shows it without its user, password and query, which may be
/// secret.
pub(crate) fn invalid(name: &str, address: &str, what: &str) -> String {
    let shown = address.split(['?', '#']).next().unwrap_or_default();
    let shown = match shown.rsplit_once('@') {
        Some((before, place)) => {
            let scheme = before.split_once("://").map_or("", |(scheme, _)| scheme);
            let slashes = if scheme.is_empty() { "" } else { "://" };
            format!("{scheme}{slashes}[redacted]@{place}")
        }
        None => shown.to_owned(),
    };
    format!("environment variable {name} ({:?}): {what}", excerpt(&shown))
}

/// Returns name and value of a variable, in upper or lower case.
fn either(
    name: &str,
    lookup: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<(String, String)>, String> {
    for name in [name.to_owned(), name.to_ascii_lowercase()] {
        if let Some(value) = variable(&name, lookup)? {
            return Ok(Some((name, value)));
        }
    }
    Ok(None)
}
