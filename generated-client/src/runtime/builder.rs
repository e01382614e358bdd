//! The builder of both clients: settings go in, a client or the first thing that is wrong
//! comes out.

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

/// Makes a client with other settings than the usual ones.
///
/// From `Client::builder()` or `blocking::Client::builder()`; nothing is checked before
/// [`build`](Self::build).
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

    /// The API key, which goes with every request, and to the base URL's host alone.
    ///
    /// Its memory is wiped when the last client and the last request that have it are
    /// gone. That does not reach copies that others make: the environment variable it was
    /// read from, and the buffers that the HTTP library and TLS write requests to.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.settings.api_key = Some(key.into().into());
        self.settings.api_key_variable = None;
        self.settings.key_function = None;
        self
    }

    /// A function that gives the API key, so that it can be changed without another
    /// client.
    ///
    /// It is asked before each attempt, and must give what it has at hand: fetch a new key
    /// elsewhere, since the call waits for it. A call that is answered with status 401 is
    /// sent once more if the function by then gives another key than the one refused.
    pub fn api_key_from<F, E>(mut self, key: F) -> Self
    where
        F: Fn() -> Result<String, E> + Send + Sync + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.settings.key_function = Some(Arc::new(move || key().map_err(Into::into)));
        self
    }

    /// Shows each attempt of each call to a function or an [`Observer`], for metrics and
    /// audit.
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

    /// Sets the base URL: https, or plain http to a loopback address. It may have a path,
    /// which is put before the path of every call.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.base_url = Some(url.into());
        self.settings.base_url_variable = None;
        self
    }

    /// Allows a base URL of plain http with this host, such as a fake API server in another
    /// container. May be called several times.
    ///
    /// Everything then travels unencrypted, the API key included, so use it in trusted
    /// networks and with keys made for tests. The environment cannot allow it: a base URL
    /// from there is checked in the same way.
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
        self.settings.validate = validate.then_some(check_text as Check);
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

    /// Lets no more requests start than this quota allows: a call waits for its turn.
    ///
    /// By default requests are sent at once, however many there are. Hand a clone of one
    /// quota to all clients that use one account. [`account_quota`](crate::account_quota)
    /// is what the API allows.
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

    /// Reaches the API through a proxy, `http://user:password@host:port`, which is asked
    /// for a tunnel: it does not see what is sent.
    ///
    /// Other kinds of proxies, such as `socks5://` and `https://`, are not supported: naming
    /// one is an error, here and in the environment. Plain http never goes through a proxy.
    ///
    /// Without this, the environment is asked: the first of `HTTPS_PROXY` and `ALL_PROXY`,
    /// in capitals or small letters, unless the API is on this machine or `NO_PROXY` has
    /// it. That is a list with commas: `*` is for all; `example.com` for that host and all
    /// below it, as are `.example.com` and `*.example.com`; `10.0.0.1`, `10.0.0.0/8` and
    /// `fd00::/8` for addresses that are written as numbers; and any of these with a port,
    /// `example.com:8443`, for that port alone.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.network.proxy = Some(url.into());
        self.environment_proxy = false;
        self
    }

    /// Reaches the API straight, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.settings.network.proxy = None;
        self.environment_proxy = false;
        self
    }

    /// Trusts the authorities with these certificates, in PEM, and no others: not those
    /// that the crate's features name. May be called several times.
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.settings.network.roots.push(pem.as_ref().to_vec());
        self
    }

    /// The client.
    pub fn build(mut self) -> Result<C> {
        if let Some(what) = self.invalid {
            return Err(Error::configuration(what));
        }
        // A transport of one's own finds its way itself.
        if self.environment_proxy && self.transport.is_none() {
            let lookup = |name: &str| std::env::var_os(name);
            let proxy = env::proxy(&API, &self.settings, &lookup);
            self.settings.network.proxy = proxy.map_err(Error::configuration)?;
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
