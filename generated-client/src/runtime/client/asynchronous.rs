//! The async client: a loop around the sans-io exchange that awaits its transport.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::{ApiClient, sealed::Sealed};
use crate::runtime::config::Config;
use crate::runtime::draft::Draft;
use crate::runtime::exchange::{Exchange, Step};
use crate::runtime::reply::Reply;
use crate::runtime::transport::{BoxFuture, Hyper, Transport};
use crate::runtime::{Builder, Result, chance};

/// A client whose calls are futures.
///
/// It needs a tokio runtime, of any flavor, with I/O and time switched on; with a
/// transport of your own it needs what that needs. Cloning it is cheap; clones share
/// their connections.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    config: Config,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A client with this API key and the usual settings.
    pub fn new(api_key: impl Into<String>) -> Result<Self> {
        Self::builder().api_key(api_key).build()
    }

    /// A client with the API key and, if it is set, the base URL of the environment.
    pub fn from_env() -> Result<Self> {
        Self::builder().read_env().build()
    }

    /// A client with other settings.
    pub fn builder() -> Builder<Self> {
        Builder::new()
    }

    /// Sends the request, again if need be, and gives the reply.
    pub(crate) fn run(&self, draft: Draft) -> BoxFuture<Result<Reply>> {
        let inner = Arc::clone(&self.0);
        Box::pin(async move {
            let mut exchange = Exchange::new(draft, &inner.config)?;
            loop {
                let attempt =
                    inner.transport.send(exchange.attempt(), exchange.limits());
                match exchange.step(attempt.await, SystemTime::now(), chance::draw())? {
                    Step::Done(reply) => return Ok(reply),
                    Step::Wait(wait) => inner.transport.sleep(wait).await,
                }
            }
        })
    }
}

impl Builder<Client> {
    /// Sends requests through a transport of your own.
    pub fn transport(self, transport: impl Transport) -> Self {
        self.with_transport(Arc::new(transport))
    }
}

impl ApiClient for Client {}

impl Sealed for Client {
    type Transport = Arc<dyn Transport>;
    type Pending = Option<BoxFuture<Result<Reply>>>;

    fn assemble(config: Config, transport: Option<Self::Transport>) -> Result<Self> {
        let transport = match transport {
            Some(transport) => transport,
            None => Arc::new(Hyper::new(&config)?),
        };
        Ok(Self(Arc::new(Inner { config, transport })))
    }

    fn config(&self) -> &Config {
        &self.0.config
    }
}

/// Without the API key.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.config().base.to_string())
            .finish()
    }
}
