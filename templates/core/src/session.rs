//! Sending by the async client: a loop around the exchange that awaits its transport.

use std::fmt;
use std::sync::Arc;

use crate::quota::Permits;
use crate::{BoxFuture, Config, Draft, Exchange, Reply, Result, Step, Transport};

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
            None => built_in(&config)?,
        };
        Ok(Self(Arc::new(Inner { config, transport })))
    }

    /// Returns the configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Starts the call immediately, if there is a tokio runtime; otherwise when it is first polled. Dropping the
    /// future cancels it.
    #[must_use]
    pub fn begin(&self, draft: Box<Draft>) -> BoxFuture<Result<Reply>> {
        let call = self.run(draft);
        #[cfg(feature = "hyper")]
        let call = background::begin(call);
        call
    }

    /// Returns the buffer of a reply that is no longer needed.
    pub fn reuse(&self, reply: Reply) {
        self.0.transport.reuse(reply.body);
    }

    /// Sends the request, with retries, and returns the reply.
    #[must_use]
    pub fn run(&self, draft: Box<Draft>) -> BoxFuture<Result<Reply>> {
        let inner = Arc::clone(&self.0);
        Box::pin(async move {
            let Inner { config, transport } = &*inner;
            let mut permits = Permits::new(config.quota(), &draft);
            let mut exchange = Exchange::new(*draft, config)?;
            loop {
                let permit = match &mut permits {
                    Some(permits) => {
                        Some(permits.next(transport, exchange.span()).await?)
                    }
                    None => None,
                };
                let (request, limits) = (exchange.attempt()?, exchange.limits());
                let span = exchange.span();
                let sending = span.within(|| transport.send(request, limits));
                let outcome = span.around(sending).await;
                let step = exchange.step_now(outcome);
                if let Some(permit) = permit {
                    permit.end(exchange.verdict());
                }
                let wait = match step? {
                    Step::Done(reply) => return Ok(reply),
                    Step::Wait(wait) => wait,
                };
                transport.sleep(wait).await;
            }
        })
    }
}

/// Returns the transport of the enabled features, if there is one.
#[cfg(feature = "hyper")]
fn built_in(config: &Config) -> Result<Arc<dyn Transport>> {
    config.check_tls()?;
    let transport = crate::HttpTransport::with_network(config.limits, &config.network);
    Ok(Arc::new(transport.map_err(crate::Error::transport_settings)?))
}

/// Returns the transport of the enabled features, if there is one.
#[cfg(all(feature = "fetch", target_family = "wasm", target_os = "unknown"))]
#[allow(clippy::unnecessary_wraps, reason = "other transports can fail")]
fn built_in(_config: &Config) -> Result<Arc<dyn Transport>> {
    Ok(Arc::new(crate::FetchTransport::new()))
}

/// Returns the transport of the enabled features, if there is one.
#[cfg(not(any(
    feature = "hyper",
    all(feature = "fetch", target_family = "wasm", target_os = "unknown")
)))]
fn built_in(_config: &Config) -> Result<Arc<dyn Transport>> {
    Err(crate::Error::configuration(
        "the async client has no transport: enable the feature `hyper`, or `fetch` in \
         browsers, or give it a transport of your own with `transport`",
    ))
}

#[cfg(feature = "hyper")]
mod background {
    //! Calls in the background.

    use std::panic::resume_unwind;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use tokio::runtime::Handle;
    use tokio::task::JoinHandle;

    use crate::trace::Scene;
    use crate::{BoxFuture, Error, Reply, Result};

    /// Starts a call in the background, if there is a runtime.
    pub(super) fn begin(call: BoxFuture<Result<Reply>>) -> BoxFuture<Result<Reply>> {
        match Handle::try_current() {
            Ok(runtime) => {
                let call = Scene::current().around(call);
                Box::pin(Background(runtime.spawn(call)))
            }
            Err(_) => call,
        }
    }

    /// A call in the background.
    struct Background(JoinHandle<Result<Reply>>);

    impl Future for Background {
        type Output = Result<Reply>;

        fn poll(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Result<Reply>> {
            Pin::new(&mut self.0).poll(context).map(|ended| {
                ended.unwrap_or_else(|error| match error.try_into_panic() {
                    Ok(panic) => resume_unwind(panic),
                    Err(error) => Err(Error::abandoned().caused_by(error)),
                })
            })
        }
    }

    impl Drop for Background {
        fn drop(&mut self) {
            self.0.abort();
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("config", self.config()).finish_non_exhaustive()
    }
}
