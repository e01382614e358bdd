//! Sending in the async world: a loop around the exchange that awaits its transport.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::{
    BoxFuture, Config, Draft, Error, Exchange, HttpTransport, Reply, Result, Step,
    Transport, chance,
};

/// A configuration and a transport. Clones share both.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    config: Config,
    transport: Arc<dyn Transport>,
}

impl Session {
    /// Sends through this transport, or the built-in one.
    pub fn new(config: Config, transport: Option<Arc<dyn Transport>>) -> Result<Self> {
        let transport = match transport {
            Some(transport) => transport,
            None => Arc::new(built_in(&config)?),
        };
        Ok(Self(Arc::new(Inner { config, transport })))
    }

    /// What it was told once.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Sends the request, again if need be, and gives the reply.
    #[must_use]
    pub fn run(&self, draft: Draft) -> BoxFuture<Result<Reply>> {
        let inner = Arc::clone(&self.0);
        Box::pin(async move {
            let mut exchange = Exchange::new(draft, &inner.config)?;
            loop {
                let (request, limits) = (exchange.attempt()?, exchange.limits());
                let sending = async { inner.transport.send(request, limits).await };
                let outcome = exchange.span().around(sending).await;
                match exchange.step(outcome, SystemTime::now(), chance::draw())? {
                    Step::Done(reply) => return Ok(reply),
                    Step::Wait(wait) => inner.transport.sleep(wait).await,
                }
            }
        })
    }
}

fn built_in(config: &Config) -> Result<HttpTransport> {
    config.check_tls()?;
    HttpTransport::with_network(config.limits, &config.network)
        .map_err(Error::transport_settings)
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("config", self.config()).finish_non_exhaustive()
    }
}
