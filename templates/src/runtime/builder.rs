//! The builder of both clients: settings go in, a client or the first thing that is wrong
//! comes out.

use std::fmt;
use std::time::Duration;

use ngrok_client_core::{Config, RetryPolicy, Settings, env};

use crate::runtime::client::ApiClient;
use crate::runtime::facts::API;
use crate::runtime::{Error, Result};

/// Makes a client with other settings than the usual ones.
///
/// From `Client::builder()` or `blocking::Client::builder()`; nothing is checked before
/// [`build`](Self::build).
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder<C: ApiClient> {
    settings: Settings,
    transport: Option<C::Transport>,
    invalid: Option<String>,
}

impl<C: ApiClient> Builder<C> {
    pub(crate) fn new() -> Self {
        Self { settings: Settings::default(), transport: None, invalid: None }
    }

    /// The API key, which goes with every request, and to the base URL's host alone.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.settings.api_key = Some(key.into());
        self
    }

    /// Takes API key and base URL from the environment, as `from_env` does.
    pub fn read_env(mut self) -> Self {
        let lookup = |name: &str| std::env::var_os(name);
        if let Err(what) = env::read(&API, &mut self.settings, &lookup) {
            self.invalid.get_or_insert(what);
        }
        self
    }

    /// Where the API is: https, or plain http on this machine alone. It may have a path,
    /// which then stands before the path of every call.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.base_url = Some(url.into());
        self
    }

    /// How long one attempt may take, from looking up the host to the last byte of the
    /// response: 30 seconds by default.
    ///
    /// A call may take longer than that, since it may make several attempts.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.limits.timeout = timeout;
        self
    }

    /// How long finding the host, connecting and agreeing on TLS may take: 10 seconds by
    /// default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.limits.connect_timeout = timeout;
        self
    }

    /// How often a call is sent again at most: 3 times by default.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.settings.retry = self.settings.retry.max_retries(retries);
        self
    }

    /// How often a call is sent again, and how long it waits before.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Whether bodies are checked before they are sent: not by default. A call whose body
    /// breaks what the API says of it then fails at once, and its error names all that is
    /// wrong; its [source](std::error::Error::source) is an
    /// [`Invalid`](crate::runtime::Invalid).
    pub fn validate_bodies(mut self, validate: bool) -> Self {
        self.settings.validate = validate;
        self
    }

    /// How long the body of a response may be: 16 MiB by default. A longer one is not
    /// read to its end.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings.limits.max_response_bytes = limit;
        self
    }

    /// Names your own program in the `User-Agent` header, before this crate: `my-tool/1.2`.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.settings.product = Some(product.into());
        self
    }

    /// Adds a header to every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.headers.push((name.into(), value.into()));
        self
    }

    /// The client.
    pub fn build(self) -> Result<C> {
        if let Some(what) = self.invalid {
            return Err(Error::configuration(what));
        }
        C::assemble(Config::new(&self.settings, &API)?, self.transport)
    }

    /// Another transport than the built-in one.
    pub(crate) fn with_transport(mut self, transport: C::Transport) -> Self {
        self.transport = Some(transport);
        self
    }
}

/// Without the API key and the headers.
impl<C: ApiClient> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("limits", &self.settings.limits)
            .field("retry", &self.settings.retry)
            .finish_non_exhaustive()
    }
}
