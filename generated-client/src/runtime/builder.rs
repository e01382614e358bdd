//! The builder of both clients: takes settings, returns a client or the first error.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ngrok_client_core::limits::{Check, check_text};
use ngrok_client_core::quota::Quota;
use ngrok_client_core::{Config, Observer, RetryPolicy, Settings, env};

use crate::runtime::client::ApiClient;
use crate::runtime::facts::API;
use crate::runtime::{Error, Result};

/// Configures and creates a client.
///
/// Returned by `Client::builder()` and `blocking::Client::builder()`; nothing is validated before [`build`](Self::build).
#[doc(alias = "ClientBuilder")]
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder<C: ApiClient> {
    settings: Settings,
    transport: Option<C::Transport>,
    invalid: Option<String>,
    environment_proxy: bool,
}

impl<C: ApiClient> Builder<C> {
    pub(crate) fn new() -> Self {
        Self {
            settings: Settings::default(),
            transport: None,
            invalid: None,
            environment_proxy: true,
        }
    }

    /// Sets the API key, which is sent with every request, to the host of the base URL only.
    ///
    /// Its memory is wiped when the last client and the last request with it are dropped. Copies made elsewhere are
    /// not wiped: the environment variable it was read from, and the buffers of the HTTP library and TLS.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.settings.api_key = Some(key.into().into());
        self.settings.api_key_variable = None;
        self.settings.key_function = None;
        self
    }

    /// Sets a function that returns the API key, so that the key can change without creating another client.
    ///
    /// It is called before each attempt, and must return immediately: fetch a new key elsewhere, since the call
    /// waits for the function. A call with a response of status 401 is retried once if the function returns another
    /// key than the rejected one.
    pub fn api_key_from<F, E>(mut self, key: F) -> Self
    where
        F: Fn() -> Result<String, E> + Send + Sync + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.settings.key_function = Some(Arc::new(move || key().map_err(Into::into)));
        self
    }

    /// Passes each attempt of each call to a function or an [`Observer`], for metrics and audit.
    ///
    /// ```
    /// # #[cfg(feature = "blocking")] {
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Event, blocking::Client};")]
    ///
    /// let client = Client::builder().api_key("key").on_exchange(|event: &Event<'_>| {
    ///     let status = event.response().map(|response| response.status());
    ///     println!("{} {status:?} {:?}", event.operation(), event.took());
    /// });
    /// # }
    /// ```
    pub fn on_exchange(mut self, observer: impl Observer) -> Self {
        self.settings.observer = Some(Arc::new(observer));
        self
    }

    /// Takes API key and base URL from the environment, as `from_env` does. See
    /// [Environment](crate#environment) for the variables.
    pub fn read_env(mut self) -> Self {
        let lookup = |name: &str| std::env::var_os(name);
        if let Err(what) = env::read(&API, &mut self.settings, &lookup) {
            self.invalid.get_or_insert(what);
        }
        self
    }

    /// Sets the base URL: https, or plain http for a loopback address. It may have a path, which is prepended to
    /// the path of every call.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.base_url = Some(url.into());
        self.settings.base_url_variable = None;
        self
    }

    /// Allows a base URL of plain http with this host, such as a fake API server in another container. Can be
    /// called several times.
    ///
    /// Everything is then sent unencrypted, including the API key, so use it in trusted networks and with test
    /// keys. The environment cannot allow it: a base URL from there is validated in the same way.
    ///
    /// ```
    /// # #[cfg(feature = "blocking")] {
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::blocking::Client;")]
    ///
    /// let client = Client::builder()
    ///     .api_key("test-key")
    ///     .base_url("http://mock:4000")
    ///     .allow_plain_http_to("mock")
    ///     .build()?;
    /// # let _ = client;
    /// # }
    #[doc = concat!("# Ok::<(), ", env!("CARGO_CRATE_NAME"), "::Error>(())")]
    /// ```
    pub fn allow_plain_http_to(mut self, host: impl Into<String>) -> Self {
        self.settings.plain_http.push(host.into());
        self
    }

    /// Sets the timeout of one attempt, from DNS lookup to the last byte of the response. Default: 30 seconds.
    ///
    /// A call can take longer, since it may make several attempts.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.limits.timeout = timeout;
        self
    }

    /// Sets the timeout for DNS lookup, TCP connect and TLS handshake. Default: 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.limits.connect_timeout = timeout;
        self
    }

    /// Sets the maximum number of retries of a call. Default: 3.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.settings.retry = self.settings.retry.max_retries(retries);
        self
    }

    /// Sets the number of retries, and the waits before them.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Enables client-side validation of bodies. Disabled by default. A call with an invalid body then fails
    /// immediately with all problems in its error, whose [source](std::error::Error::source) is an
    /// [`Invalid`](crate::runtime::Invalid).
    pub fn validate_bodies(mut self, validate: bool) -> Self {
        self.settings.validate = validate.then_some(check_text as Check);
        self
    }

    /// Sets the maximum length of a response body. Default: 16 MiB. A longer one is not read to its end.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings.limits.max_response_bytes = limit;
        self
    }

    /// Adds your own program to the `User-Agent` header, before this crate: `my-tool/1.2`.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.settings.product = Some(product.into());
        self
    }

    /// Adds a header to every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.headers.push((name.into(), value.into()));
        self
    }

    /// Limits the rate of requests: a call waits for a permit of this quota.
    ///
    /// By default requests are not limited. Pass a clone of one quota to all clients that use one account.
    /// [`account_quota`](crate::account_quota) returns the API's limit.
    ///
    /// ```
    /// # #[cfg(all(feature = "blocking", feature = "webpki-roots"))] {
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{account_quota, blocking::Client};")]
    ///
    /// // A quarter is for the other programs of the account.
    /// let quota = account_quota().reserve(30);
    /// let client = Client::builder().api_key("key").quota(&quota).build()?;
    /// println!("{} calls can start at once", quota.left());
    /// # let _ = client;
    /// # }
    #[doc = concat!("# Ok::<(), ", env!("CARGO_CRATE_NAME"), "::Error>(())")]
    /// ```
    pub fn quota(mut self, quota: &Quota) -> Self {
        self.settings.quota = Some(quota.clone());
        self
    }

    /// Connects to the API through a proxy, `http://user:password@host:port`, which tunnels connections: it cannot
    /// read requests.
    ///
    /// Other kinds of proxies, such as `socks5://` and `https://`, are not supported: they are an error, here and
    /// in the environment. Plain http never uses a proxy.
    ///
    /// By default the proxy is read from the environment: the first of `HTTPS_PROXY` and `ALL_PROXY`, in upper or
    /// lower case, unless the API is on this machine or `NO_PROXY` contains it. That is a comma-separated list: `*`
    /// matches all; `example.com`, `.example.com` and `*.example.com` match that host and its subdomains;
    /// `10.0.0.1`, `10.0.0.0/8` and `fd00::/8` match numeric addresses; and any of these with a port, such as
    /// `example.com:8443`, matches that port only.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.network.proxy = Some(url.into());
        self.environment_proxy = false;
        self
    }

    /// Connects to the API directly, ignoring the environment.
    pub fn no_proxy(mut self) -> Self {
        self.settings.network.proxy = None;
        self.environment_proxy = false;
        self
    }

    /// Trusts the authorities with these certificates, in PEM, and no others: the roots of the crate's features are
    /// not used. Can be called several times.
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.settings.network.roots.push(pem.as_ref().to_vec());
        self
    }

    /// Creates the client.
    pub fn build(mut self) -> Result<C> {
        if let Some(what) = self.invalid {
            return Err(Error::configuration(what));
        }
        // A custom transport makes its own connections.
        if self.environment_proxy && self.transport.is_none() {
            let lookup = |name: &str| std::env::var_os(name);
            let proxy = env::proxy(&API, &self.settings, &lookup);
            self.settings.network.proxy = proxy.map_err(Error::configuration)?;
        }
        C::assemble(Config::new(&self.settings, &API)?, self.transport)
    }

    /// Sets another transport than the built-in one.
    pub(crate) fn with_transport(mut self, transport: C::Transport) -> Self {
        self.transport = Some(transport);
        self
    }
}

/// Omits the API key and the headers.
impl<C: ApiClient> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("limits", &self.settings.limits)
            .field("retry", &self.settings.retry)
            .finish_non_exhaustive()
    }
}
