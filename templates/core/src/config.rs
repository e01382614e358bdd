//! What a client was told once and uses for every call. Settings go in; headers, limits
//! and the base URL come out, checked.

use std::sync::Arc;
use std::{fmt, iter};

use http::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue, USER_AGENT};

use crate::draft::header;
use crate::env;
use crate::gzip::ACCEPTED;
use crate::key::{Key, KeyFunction, header_name};
use crate::limits::Check;
use crate::observe::Observer;
use crate::quota::Quota;
use crate::url::BaseUrl;
use crate::{Api, Error, HAS_TLS, Limits, Network, Result, RetryPolicy, Zeroizing};

/// Settings as they are given.
#[derive(Clone, Default)]
#[allow(clippy::exhaustive_structs, reason = "for clients alone")]
pub struct Settings {
    /// The API key.
    pub api_key: Option<Zeroizing<String>>,
    /// The environment variable that the API key is from.
    pub api_key_variable: Option<&'static str>,
    /// Gives the API key, in place of the one above.
    pub key_function: Option<Arc<KeyFunction>>,
    /// Sees what is sent and what comes back.
    pub observer: Option<Arc<dyn Observer>>,
    /// Where the API is, in place of its usual address.
    pub base_url: Option<String>,
    /// The environment variable that the base URL is from.
    pub base_url_variable: Option<&'static str>,
    /// Hosts that plain http may go to, besides loopback addresses.
    pub plain_http: Vec<String>,
    /// What the program calls itself in the `User-Agent` header.
    pub product: Option<String>,
    /// Headers of every request, names and values.
    pub headers: Vec<(String, String)>,
    /// How the built-in transports reach the API.
    pub network: Network,
    /// What no exchange may exceed.
    pub limits: Limits,
    /// When a request is sent again.
    pub retry: RetryPolicy,
    /// How many requests may be sent.
    pub quota: Option<Quota>,
    /// How bodies are held against the limits of the API before they are sent, if they are.
    pub validate: Option<Check>,
}

/// Without the API key and the headers.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

/// Settings that are fit for use.
pub struct Config {
    pub(crate) api: &'static Api,
    pub(crate) base: BaseUrl,
    pub(crate) key: Key,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    /// Headers of every request, with `[redacted]` where the API key goes.
    pub(crate) headers: HeaderMap,
    pub(crate) network: Network,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) quota: Option<Quota>,
    pub(crate) validate: Option<Check>,
}

impl Config {
    /// Checks the settings.
    pub fn new(settings: &Settings, api: &'static Api) -> Result<Self> {
        let base = settings.base_url.as_deref().unwrap_or(api.base_url);
        Ok(Self {
            api,
            base: BaseUrl::parse_allowing(base, &settings.plain_http)
                .map_err(|what| Error::configuration(bad_base_url(settings, what)))?,
            key: key(settings, api)
                .map_err(|what| Error::configuration(bad_key(settings, what)))?,
            observer: settings.observer.clone(),
            headers: headers(settings, api).map_err(Error::configuration)?,
            network: settings.network.clone(),
            limits: settings.limits.bounded(),
            retry: settings.retry,
            quota: settings.quota.clone(),
            validate: settings.validate,
        })
    }

    /// Where the API is.
    #[must_use]
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// Headers of every request, with `[redacted]` where the API key goes.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// What no exchange may exceed.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// How many requests may be sent, where that is limited.
    #[must_use]
    pub fn quota(&self) -> Option<&Quota> {
        self.quota.as_ref()
    }

    /// Whether a built-in transport can reach the base URL.
    pub(crate) fn check_tls(&self) -> Result<()> {
        if self.base.is_https() && !HAS_TLS {
            return Err(Error::configuration(
                "https needs the crate's feature `webpki-roots` or `native-roots`",
            ));
        }
        Ok(())
    }
}

/// The base URL alone.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("base", &self.base.to_string())
            .finish_non_exhaustive()
    }
}

fn headers(settings: &Settings, api: &Api) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    headers.insert(header_name(api)?, redacted());
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ACCEPTED));
    headers.insert(USER_AGENT, user_agent(settings.product.as_deref(), api)?);
    let own =
        settings.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let version = (api.version_header, api.version_value);
    let version = iter::once(version).filter(|(name, _)| !name.is_empty());
    for (name, value) in version.chain(own) {
        let (name, value) = header(name, value, api)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// What stands for the API key until a request is sent.
fn redacted() -> HeaderValue {
    let mut value = HeaderValue::from_static("[redacted]");
    value.set_sensitive(true);
    value
}

fn key(settings: &Settings, api: &Api) -> Result<Key, String> {
    if let Some(function) = &settings.key_function {
        return Key::provided(Arc::clone(function), api);
    }
    let key = settings.api_key.as_deref().map(String::as_str).unwrap_or_default();
    Key::fixed(key, api)
}

/// Names the variable and its value, where the base URL is from the environment.
fn bad_base_url(settings: &Settings, what: &str) -> String {
    match (settings.base_url_variable, &settings.base_url) {
        (Some(name), Some(url)) => env::invalid(name, url, what),
        _ => what.to_owned(),
    }
}

/// Names the variable, where the key is from the environment. Its value is never shown.
fn bad_key(settings: &Settings, what: String) -> String {
    match settings.api_key_variable {
        Some(name) => format!("environment variable {name}: {what}"),
        None => what,
    }
}

fn user_agent(product: Option<&str>, api: &Api) -> Result<HeaderValue, String> {
    match product.map(str::trim) {
        None | Some("") => Ok(HeaderValue::from_static(api.agent)),
        Some(product) => format!("{product} {}", api.agent)
            .parse()
            .map_err(|_| format!("{product:?} cannot be in a User-Agent header")),
    }
}
