//! The async client.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use ngrok_client_core::session::Session;
use ngrok_client_core::{BoxFuture, Config, Draft, Reply, Transport};

use super::{ApiClient, sealed::Sealed};
use crate::runtime::{Builder, Result};

/// A reply that is on its way. The mutex is never locked: it makes the future `Sync`, so that what holds a call can be
/// shared between threads.
#[allow(unnameable_types, reason = "it is a part of the sealed trait of clients")]
pub struct Pending(Mutex<BoxFuture<ngrok_client_core::Result<Reply>>>);

impl Pending {
    fn new(reply: BoxFuture<ngrok_client_core::Result<Reply>>) -> Self {
        Self(Mutex::new(reply))
    }
}

impl Future for Pending {
    type Output = ngrok_client_core::Result<Reply>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        reply.as_mut().poll(context)
    }
}

/// A client whose calls are futures.
///
/// It needs a tokio runtime of any flavor, with I/O and timers (`enable_all`); elsewhere
/// every call fails at once. In browsers, with the feature `fetch`, it needs no runtime.
/// With a transport of your own it needs what that needs.
/// Cloning it is cheap, and clones share their connections. A client may be used from
/// several runtimes, at the same time or one after another, as from a `static` in tests:
/// each runtime has its own connections.
#[derive(Clone)]
pub struct Client(Session);

impl Client {
    /// Creates a client with this API key and the default settings.
    pub fn new(api_key: impl Into<String>) -> Result<Self> {
        Self::builder().api_key(api_key).build()
    }

    /// A client with the API key and, if it is set, the base URL of the environment. See
    /// [Environment](crate#environment) for the variables.
    pub fn from_env() -> Result<Self> {
        Self::builder().read_env().build()
    }

    /// Returns a builder for a client with other settings.
    pub fn builder() -> Builder<Self> {
        Builder::new()
    }

    /// Sends the request, with retries, and returns the reply.
    pub(crate) fn run(&self, draft: Box<Draft>) -> Pending {
        Pending::new(self.0.run(draft))
    }
}

/// With the async client.
impl Builder<Client> {
    /// Sends requests through a custom transport.
    pub fn transport(self, transport: impl Transport) -> Self {
        self.with_transport(Arc::new(transport))
    }
}

impl ApiClient for Client {}

impl Sealed for Client {
    type Transport = Arc<dyn Transport>;
    type Pending = Pending;

    fn assemble(config: Config, transport: Option<Self::Transport>) -> Result<Self> {
        Ok(Self(Session::new(config, transport)?))
    }

    fn config(&self) -> &Config {
        self.0.config()
    }

    fn begin(&self, draft: Box<Draft>) -> Pending {
        Pending::new(self.0.begin(draft))
    }

    fn reuse(&self, reply: Reply) {
        self.0.reuse(reply);
    }
}

/// Omits the API key.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.config().base().to_string())
            .finish()
    }
}
