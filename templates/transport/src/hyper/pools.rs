//! Pools of connections, one for each runtime: a connection is driven by the runtime that
//! opened it, and stalls if another one uses it.

use std::fmt;
use std::panic::catch_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use hyper_util::client::legacy::{Client, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::net::UdpSocket;
use tokio::runtime::{Handle, Id};
use tokio::time::sleep;

use super::connector::Connector;
use crate::{Limits, TransportError};

/// The largest number of runtimes whose pools are kept; the least recently used goes first.
const RUNTIMES: usize = 32;

/// The largest number of connections that wait for their next request, per runtime.
const IDLE: usize = 32;

/// The largest buffer for what was read and is not decoded yet; the head of a response fits
/// in.
const BUFFER: usize = 64 * 1024;

type Pool = Client<Connector, Full<Bytes>>;

/// The pools of a client. Clones share them.
#[derive(Clone)]
pub(super) struct Pools(Arc<Inner>);

struct Inner {
    connector: Connector,
    /// The time after which a silent HTTP/2 connection is pinged, and the timeout of the response.
    #[cfg_attr(not(feature = "http2"), expect(dead_code, reason = "for HTTP/2"))]
    patience: Duration,
    /// The most recently used one is the last.
    pools: Mutex<Vec<(Id, Pool)>>,
}

impl Pools {
    pub(super) fn new(connector: Connector, limits: Limits) -> Self {
        Self(Arc::new(Inner {
            connector,
            patience: patience(limits),
            pools: Mutex::default(),
        }))
    }

    /// Sends a request over the current runtime's connections.
    pub(super) fn request(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<ResponseFuture, TransportError> {
        let runtime = Handle::try_current().map_err(|_| unfit(NO_RUNTIME))?.id();
        let mut pools = self.0.pools.lock().unwrap_or_else(PoisonError::into_inner);
        let found = pools.iter().rposition(|(id, _)| *id == runtime);
        let pool = match found {
            Some(at) => pools.remove(at).1,
            None => self.0.pool()?,
        };
        let response = pool.request(request);
        if pools.len() >= RUNTIMES {
            pools.remove(0);
        }
        pools.push((runtime, pool));
        Ok(response)
    }

    /// Returns true if the current runtime can drive requests.
    pub(super) fn is_usable(&self) -> bool {
        let Ok(runtime) = Handle::try_current() else { return false };
        let pools = self.0.pools.lock().unwrap_or_else(PoisonError::into_inner);
        pools.iter().any(|(id, _)| *id == runtime.id()) || check_drivers().is_ok()
    }
}

impl Inner {
    fn pool(&self) -> Result<Pool, TransportError> {
        check_drivers()?;
        let mut builder = Client::builder(TokioExecutor::new());
        let builder = builder
            .pool_timer(TokioTimer::new())
            .pool_max_idle_per_host(IDLE)
            .http1_max_buf_size(BUFFER);
        #[cfg(feature = "http2")]
        let builder = builder
            .timer(TokioTimer::new())
            .http2_keep_alive_interval(self.patience)
            .http2_keep_alive_timeout(self.patience);
        Ok(builder.build(self.connector.clone()))
    }
}

/// Long enough for any network, and short enough to notice a dead connection before an
/// exchange of the usual length times out.
fn patience(limits: Limits) -> Duration {
    const SHORTEST: Duration = Duration::from_secs(2);
    const LONGEST: Duration = Duration::from_secs(10);
    (limits.timeout / 4).clamp(SHORTEST, LONGEST)
}

const NO_RUNTIME: &str = "the client needs a tokio runtime to run in";
const NO_DRIVERS: &str =
    "the client needs a tokio runtime with I/O and timers: build it with `enable_all`";

fn unfit(why: &str) -> TransportError {
    TransportError::connect(why).permanent()
}

/// Checks that the current runtime has I/O and timers. tokio panics if they are missing, and provides no other way
/// to detect it.
fn check_drivers() -> Result<(), TransportError> {
    let probe = || {
        drop(sleep(Duration::ZERO));
        let socket = std::net::UdpSocket::bind(("127.0.0.1", 0)).ok()?;
        socket.set_nonblocking(true).ok()?;
        UdpSocket::from_std(socket).ok()
    };
    catch_unwind(probe).map(drop).map_err(|_| unfit(NO_DRIVERS))
}

/// Omits the connections.
impl fmt::Debug for Pools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pools").finish_non_exhaustive()
    }
}
