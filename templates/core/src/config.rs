//! Configuration of a client. Takes settings; returns validated headers, limits and base URL.

use std::fmt;
use std::sync::Arc;

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

/// Unvalidated settings.
#[derive(Clone, Default)]
#[allow(clippy::exhaustive_structs, reason = "for clients alone")]
pub struct Settings {
    /// The API key.
    pub api_key: Option<Zeroizing<String>>,
    /// The environment variable that the API key is from.
    pub api_key_variable: Option<&'static str>,
    /// Provides the API key, instead of a fixed one.
    pub key_function: Option<Arc<KeyFunction>>,
    /// Observes requests and responses.
    pub observer: Option<Arc<dyn Observer>>,
    /// Base URL, instead of the default.
    pub base_url: Option<String>,
    /// The environment variable that the base URL is from.
    pub base_url_variable: Option<&'static str>,
    /// Hosts for which plain http is allowed, besides loopback addresses.
    pub plain_http: Vec<String>,
    /// Name of the program in the `User-Agent` header.
    pub product: Option<String>,
    /// Additional headers of every request, names and values.
    pub headers: Vec<(String, String)>,
    /// Network settings of the built-in transports.
    pub network: Network,
    /// Limits of every exchange.
    pub limits: Limits,
    /// Policy of retries.
    pub retry: RetryPolicy,
    /// Client-side rate limit.
    pub quota: Option<Quota>,
    /// Validation of bodies before they are sent, if enabled.
    pub validate: Option<Check>,
}

/// Omits the API key and the headers.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

/// Validated configuration.
pub struct Config {
    pub(crate) api: &'static Api,
    pub(crate) base: BaseUrl,
    pub(crate) key: Key,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    /// Headers of every request, with `[redacted]` in place of the API key.
    pub(crate) headers: HeaderMap,
    pub(crate) network: Network,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) quota: Option<Quota>,
    pub(crate) validate: Option<Check>,
}

impl Config {
    /// Validates the settings.
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

    /// Returns the base URL.
    #[must_use]
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// Returns the headers of every request, with `[redacted]` in place of the API key.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the limits of every exchange.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Returns the client-side rate limit, if there is one.
    #[must_use]
    pub fn quota(&self) -> Option<&Quota> {
        self.quota.as_ref()
    }

    /// Checks that a built-in transport can reach the base URL.
    pub(crate) fn check_tls(&self) -> Result<()> {
        if self.base.is_https() && !HAS_TLS {
            return Err(Error::configuration(
                "https needs the crate's feature `webpki-roots` or `native-roots`",
            ));
        }
        Ok(())
    }
}

/// Shows the base URL only.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("base", &self.base.to_string())
            .finish_non_exhaustive()
    }
}

fn headers(settings: &Settings, api: &Api) -> Result<HeaderMap, String> {
    // Each request clones this map, and its transport adds a few more: they must not make every clone grow.
    let mut headers = HeaderMap::with_capacity(10);
    headers.insert(header_name(api)?, redacted());
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ACCEPTED));
    headers.insert(USER_AGENT, user_agent(settings.product.as_deref(), api)?);
    if !api.version_header.is_empty() {
        let (name, value) = header(api.version_header, api.version_value, api)?;
        headers.insert(name, value);
    }
    for (name, value) in &settings.headers {
        let (name, value) = header(name, value, api)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// Returns the placeholder of the API key until a request is sent.
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
