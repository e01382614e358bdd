//! The API key: takes a string or a function, returns the value of a header, whose memory is wiped when its last
//! copy is dropped. No error contains the key.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::{Api, Error, Result};

/// Error of a function that provides the key.
pub type KeyError = Box<dyn StdError + Send + Sync>;

/// A function that returns the API key.
pub type KeyFunction = dyn Fn() -> Result<String, KeyError> + Send + Sync;

/// The API key: its header and its source.
#[derive(Clone)]
pub(crate) struct Key {
    name: HeaderName,
    source: Source,
}

#[derive(Clone)]
enum Source {
    /// A constant key.
    Fixed(HeaderValue),
    /// Requested before each attempt.
    Provided(Arc<KeyFunction>),
}

impl Key {
    /// Validates a constant key.
    pub(crate) fn fixed(key: &str, api: &Api) -> Result<Self, String> {
        Ok(Self { name: header_name(api)?, source: Source::Fixed(header(key, api)?) })
    }

    /// Uses the key that a function returns.
    pub(crate) fn provided(
        function: Arc<KeyFunction>,
        api: &Api,
    ) -> Result<Self, String> {
        Ok(Self { name: header_name(api)?, source: Source::Provided(function) })
    }

    /// Returns the name of the header.
    pub(crate) fn name(&self) -> &HeaderName {
        &self.name
    }

    /// Returns the value of the header for the next attempt.
    pub(crate) fn header(&self, api: &Api) -> Result<HeaderValue> {
        match &self.source {
            Source::Fixed(value) => Ok(value.clone()),
            Source::Provided(function) => {
                let key = function().map_err(|error| {
                    let what = format!("there is no {} API key", api.name);
                    Error::configuration(what).caused_by(error)
                })?;
                header(&Zeroizing::new(key), api).map_err(Error::configuration)
            }
        }
    }

    /// Returns true if the key may change.
    pub(crate) fn may_change(&self) -> bool {
        matches!(self.source, Source::Provided(_))
    }
}

/// Omits the key.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Returns the name of the header with the key.
pub(crate) fn header_name(api: &Api) -> Result<HeaderName, String> {
    HeaderName::from_bytes(api.auth_header.as_bytes()).map_err(|error| error.to_string())
}

/// Returns the value of the header for a key. The bytes are wiped when its last clone is dropped.
fn header(key: &str, api: &Api) -> Result<HeaderValue, String> {
    let key = key.trim();
    if key.is_empty() {
        return Err(format!("there is no {} API key", api.name));
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!(
            "the {} API key has a character that no key has, such as a space or a line break",
            api.name
        ));
    }
    let scheme = api.auth_scheme;
    let space = if scheme.is_empty() { "" } else { " " };
    // Allocated with the right size: growing would leave a copy behind.
    let mut text =
        Zeroizing::new(Vec::with_capacity(scheme.len() + space.len() + key.len()));
    for part in [scheme, space, key] {
        text.extend_from_slice(part.as_bytes());
    }
    let value = HeaderValue::from_maybe_shared(Bytes::from_owner(text));
    let mut value = value.map_err(|_| "the API key is no header value")?;
    value.set_sensitive(true);
    Ok(value)
}
