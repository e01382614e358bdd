//! What a client was told once and uses for every call. Settings go in; headers, limits
//! and the base URL come out, checked.

use std::iter;

use http::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use crate::api;
use crate::runtime::draft::header;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::Limits;
use crate::runtime::url::BaseUrl;
use crate::runtime::{Error, Result};

/// What the crate calls itself.
const SELF: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Settings as they are given.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    pub(crate) api_key: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) product: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
}

/// Settings that are fit for use.
#[allow(unnameable_types, reason = "only a sealed trait speaks of it")]
pub struct Config {
    pub(crate) base: BaseUrl,
    /// Headers of every request, the API key among them.
    pub(crate) headers: HeaderMap,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
}

impl Config {
    /// Checks the settings.
    pub(crate) fn new(settings: &Settings) -> Result<Self> {
        let base = settings.base_url.as_deref().unwrap_or(api::BASE_URL);
        Ok(Self {
            base: BaseUrl::parse(base).map_err(Error::configuration)?,
            headers: headers(settings).map_err(Error::configuration)?,
            limits: settings.limits.bounded(),
            retry: settings.retry,
        })
    }

    /// Whether a built-in transport can reach the base URL.
    pub(crate) fn check_tls(&self) -> Result<()> {
        if self.base.is_https()
            && !cfg!(any(feature = "webpki-roots", feature = "native-roots"))
        {
            return Err(Error::configuration(
                "https needs the crate's feature `webpki-roots` or `native-roots`",
            ));
        }
        Ok(())
    }
}

/// What stands in the place of the API key where a request is shown.
pub(crate) fn hide_key(headers: &mut HeaderMap) {
    if let Some(value) = headers.get_mut(api::AUTH_HEADER) {
        *value = HeaderValue::from_static("[redacted]");
        value.set_sensitive(true);
    }
}

fn headers(settings: &Settings) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, user_agent(settings.product.as_deref())?);
    let own =
        settings.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in iter::once((api::VERSION_HEADER, api::VERSION_VALUE)).chain(own)
    {
        let (name, value) = header(name, value)?;
        headers.insert(name, value);
    }
    let name = HeaderName::from_bytes(api::AUTH_HEADER.as_bytes());
    let name = name.map_err(|error| error.to_string())?;
    headers.insert(name, authorization(settings.api_key.as_deref())?);
    Ok(headers)
}

/// The header with the API key. No error shows the key.
fn authorization(key: Option<&str>) -> Result<HeaderValue, String> {
    let key = key.map(str::trim).unwrap_or_default();
    if key.is_empty() {
        return Err(format!("there is no {} API key", api::API_NAME));
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!(
            "the {} API key has a character that no key has, such as a space or a line break",
            api::API_NAME
        ));
    }
    let value = format!("{} {key}", api::AUTH_SCHEME);
    let mut value: HeaderValue =
        value.parse().map_err(|_| "the API key is no header value")?;
    value.set_sensitive(true);
    Ok(value)
}

fn user_agent(product: Option<&str>) -> Result<HeaderValue, String> {
    match product.map(str::trim) {
        None | Some("") => Ok(HeaderValue::from_static(SELF)),
        Some(product) => format!("{product} {SELF}")
            .parse()
            .map_err(|_| format!("{product:?} cannot be in a User-Agent header")),
    }
}
