//! Sending in the blocking world: the same crank, turned in place.

use std::fmt;
use std::sync::Arc;

use super::ahead::Ahead;
use super::{HttpTransport, Transport};
use crate::quota::Turns;
use crate::wish::Wish;
use crate::{Config, Draft, Error, Exchange, Reply, Result, Step};

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

    /// The same, and begins at once, on a thread of its own.
    #[must_use]
    pub fn begin(&self, draft: Box<Draft>) -> Ahead {
        Ahead::new(self.clone(), draft)
    }

    /// Gives the memory of a reply back, which nobody needs any more.
    pub fn reuse(&self, reply: Reply) {
        self.0.transport.reuse(reply.body);
    }

    /// Sends the request, again if need be, and gives the reply.
    pub fn run(&self, draft: Box<Draft>) -> Result<Reply> {
        self.run_while(draft, &Wish::default())
    }

    /// The same, for as long as it is wished for.
    pub(super) fn run_while(&self, draft: Box<Draft>, wish: &Wish) -> Result<Reply> {
        let Inner { config, transport } = &*self.0;
        let mut turns = Turns::new(config.quota(), &draft);
        let mut exchange = Exchange::new(*draft, config)?;
        loop {
            if wish.is_given_up() {
                return Err(Error::given_up());
            }
            let permit = match &mut turns {
                Some(turns) => Some(turns.wait(exchange.span(), wish)?),
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
