//! The blocking client, without an async runtime.

use std::fmt;
use std::sync::Arc;

pub use ngrok_client_core::blocking::{HttpTransport, Transport};
use ngrok_client_core::blocking::{Prefetch, Session};
use ngrok_client_core::{Config, Draft, Reply};

use crate::runtime::client::{ApiClient, sealed::Sealed};
use crate::runtime::{Builder, Result};

/// A client whose calls block until they are completed.
///
/// Cloning it is cheap; clones share their connections. Do not use it inside async code: it would block the runtime.
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
    pub(crate) fn run(&self, draft: Box<Draft>) -> Result<Reply> {
        Ok(self.0.run(draft)?)
    }
}

/// With the blocking client.
impl Builder<Client> {
    /// Sends requests through a custom transport.
    pub fn transport(self, transport: impl Transport) -> Self {
        self.with_transport(Arc::new(transport))
    }
}

impl ApiClient for Client {}

impl Sealed for Client {
    type Transport = Arc<dyn Transport>;
    type Pending = Prefetch;

    fn assemble(config: Config, transport: Option<Self::Transport>) -> Result<Self> {
        Ok(Self(Session::new(config, transport)?))
    }

    fn config(&self) -> &Config {
        self.0.config()
    }

    fn begin(&self, draft: Box<Draft>) -> Prefetch {
        self.0.begin(draft)
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
