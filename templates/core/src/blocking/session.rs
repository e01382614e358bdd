//! Sending by the blocking client: drives an exchange in the calling thread.

use std::fmt;
use std::sync::Arc;

use super::prefetch::Prefetch;
use super::{HttpTransport, Transport};
use crate::cancel::Cancel;
use crate::quota::Permits;
use crate::{Config, Draft, Error, Exchange, Reply, Result, Step};

/// A configuration and a transport. Clones share both.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    config: Config,
    transport: Arc<dyn Transport>,
}

impl Session {
    /// Creates a session with this transport, or the built-in one.
    pub fn new(config: Config, transport: Option<Arc<dyn Transport>>) -> Result<Self> {
        let transport = match transport {
            Some(transport) => transport,
            None => Arc::new(built_in(&config)?),
        };
        Ok(Self(Arc::new(Inner { config, transport })))
    }

    /// Returns the configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Starts the call immediately, on its own thread.
    #[must_use]
    pub fn begin(&self, draft: Box<Draft>) -> Prefetch {
        Prefetch::new(self.clone(), draft)
    }

    /// Returns the buffer of a reply that is no longer needed.
    pub fn reuse(&self, reply: Reply) {
        self.0.transport.reuse(reply.body);
    }

    /// Sends the request, with retries, and returns the reply.
    pub fn run(&self, draft: Box<Draft>) -> Result<Reply> {
        self.run_while(draft, &Cancel::default())
    }

    /// Sends the request, with retries, until it is cancelled.
    pub(super) fn run_while(&self, draft: Box<Draft>, cancel: &Cancel) -> Result<Reply> {
        let Inner { config, transport } = &*self.0;
        let mut permits = Permits::new(config.quota(), &draft);
        let mut exchange = Exchange::new(*draft, config)?;
        loop {
            if cancel.is_cancelled() {
                return Err(Error::cancelled());
            }
            let permit = match &mut permits {
                Some(permits) => Some(permits.wait(exchange.span(), cancel)?),
                None => None,
            };
            let (request, limits) = (exchange.attempt()?, exchange.limits());
            let outcome = exchange.span().within(|| transport.send(request, limits));
            let step = exchange.step_now(outcome);
            if let Some(permit) = permit {
                permit.end(exchange.verdict());
            }
            match step? {
                Step::Done(reply) => return Ok(reply),
                Step::Wait(wait) => transport.sleep(wait),
            }
        }
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
