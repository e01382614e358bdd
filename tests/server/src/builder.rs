//! Configuration of a server. Takes settings; returns a running server.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ngrok_api_model::Model;

use crate::Server;
use crate::faults::Fault;
use crate::hosts::Hosts;
use crate::plan::Plan;
use crate::running::Running;
use crate::state::State;

/// The model of the description, as written by `cargo xtask generate`.
const MODEL: &str = include_str!("../api.json");

/// Configures and starts a server.
#[derive(Default)]
pub struct Builder {
    port: u16,
    plan: Option<Arc<Plan>>,
    limited: bool,
    settings: Settings,
}

/// The settings of a server.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) api_key: Option<String>,
    pub(crate) rate_limit: Option<u32>,
    /// Window of the rate limit, if it differs from that of the API.
    pub(crate) rate_window: Option<Duration>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) seed: Option<u64>,
    pub(crate) record: Option<PathBuf>,
    pub(crate) imagines: bool,
    pub(crate) hosts: Vec<String>,
    pub(crate) header_timeout: Option<Duration>,
}

impl Builder {
    /// Listens on this port. By default, the system chooses a free one.
    #[must_use]
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// Serves other machines as well: listens on this IP address, or under this DNS name on all addresses. Requests whose `Host` header
    /// names anything but the loopback interface or a configured host are rejected, which protects against DNS rebinding. Can be called
    /// several times; the first name is the one in [`Server::url`].
    ///
    /// Every client that can reach the server and has its key can read and change all data in it.
    #[must_use]
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.settings.hosts.push(host.into());
        self
    }

    /// Closes connections on which the head of a request takes longer than this. Default: 30 seconds.
    #[must_use]
    pub fn header_timeout(mut self, timeout: Duration) -> Self {
        self.settings.header_timeout = Some(timeout);
        self
    }

    /// Accepts this API key: letters, digits and underscores. By default, the server generates one.
    #[must_use]
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.settings.api_key = Some(key.into());
        self
    }

    /// Enforces the rate limit of the API.
    #[must_use]
    pub fn rate_limited(self) -> Self {
        Self { limited: true, ..self }
    }

    /// Enforces a limit of this many requests in the window of the API's rate limit.
    #[must_use]
    pub fn rate_limit(mut self, requests: u32) -> Self {
        self.settings.rate_limit = Some(requests);
        self
    }

    /// Sets the window of the rate limit, for tests that cannot wait as long as users can. `Retry-After` is still in whole seconds, rounded
    /// up.
    #[must_use]
    pub fn rate_window(mut self, window: Duration) -> Self {
        self.settings.rate_window = Some(window);
        self
    }

    /// Delays all responses.
    #[must_use]
    pub fn latency(self, delay: Duration) -> Self {
        self.fault(Fault::latency(delay))
    }

    /// Injects a fault.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.settings.faults.push(fault);
        self
    }

    /// Sets the seed of everything random. The same seed gives the same behaviour.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = Some(seed);
        self
    }

    /// Writes all requests and responses to this file, in the HAR format.
    #[must_use]
    pub fn record(mut self, file: impl Into<PathBuf>) -> Self {
        self.settings.record = Some(file.into());
        self
    }

    /// Assumes that all resources that a request refers to exist, that no unique value is taken, and that no list is empty: for examples
    /// that show one call without its prerequisites.
    #[must_use]
    pub fn imagining(mut self) -> Self {
        self.settings.imagines = true;
        self
    }

    /// Serves another API.
    #[must_use]
    pub fn model(self, model: Model) -> Self {
        Self { plan: Some(Arc::new(Plan::new(model))), ..self }
    }

    /// Starts the server on its own thread.
    ///
    /// # Errors
    ///
    /// If the port is in use, if the API key or a host is invalid, if the recording cannot be written, or if the system provides no port or
    /// thread.
    pub fn start(mut self) -> io::Result<Server> {
        if self.settings.api_key.as_deref().is_some_and(|key| !is_key(key)) {
            let message = "an API key has letters, digits and underscores";
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        }
        let plan = self.plan.take().map_or_else(usual, Ok)?;
        if self.limited {
            self.settings.rate_limit = Some(plan.model.api.rate_limit_requests);
        }
        if let Some(host) = self.settings.hosts.iter().find(|host| !is_host(host)) {
            let message =
                format!("{host:?} is not a host: neither a DNS name nor an IP address");
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        }
        let address = Hosts::address(&self.settings.hosts);
        let listener = TcpListener::bind((address, self.port))?;
        let names = std::mem::take(&mut self.settings.hosts);
        let hosts = Hosts::new(names, listener.local_addr()?);
        let state = Arc::new(State::new(plan, hosts, self.settings)?);
        let running = Running::start(listener, Arc::clone(&state))?;
        Ok(Server { state, _running: running })
    }
}

/// Omits the API key.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("port", &self.port).finish_non_exhaustive()
    }
}

/// Returns true if a string can be an API key.
pub(crate) fn is_key(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !text.is_empty() && text.bytes().all(fits)
}

/// Returns true if a string can be the host of a URL, without a port.
fn is_host(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    text.parse::<IpAddr>().is_ok() || !text.is_empty() && text.chars().all(fits)
}

/// Returns the plan of the description, which is shared by all servers.
fn usual() -> io::Result<Arc<Plan>> {
    static PLAN: OnceLock<Arc<Plan>> = OnceLock::new();
    if let Some(plan) = PLAN.get() {
        return Ok(Arc::clone(plan));
    }
    let model = Model::from_json(MODEL).map_err(io::Error::other)?;
    let plan = Arc::new(Plan::new(model));
    Ok(Arc::clone(PLAN.get_or_init(|| plan)))
}
