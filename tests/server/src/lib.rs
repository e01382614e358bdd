//! In-memory server of the described API, for tests, demonstrations and examples.
//!
//! ```
//! let server = ngrok_test_server::Server::start()?;
//! assert!(server.url().starts_with("http://127.0.0.1:"));
//! // Any client that is given `server.url()` and `server.api_key()` can create, list, change and delete.
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! It serves every operation of the description without knowing any of them: requests, responses and errors all follow from the model. It
//! does not issue certificates, open tunnels or check permissions, as only the real service can.
//!
//! A server can limit requests, record them, and inject faults, from the start or at any time:
//!
//! ```
//! use ngrok_test_server::{Fault, Server};
//!
//! let server = Server::builder().api_key("secret").rate_limited().seed(7).start()?;
//! server.fault(Fault::reset_after().method("POST").times(1));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! It serves the loopback interface only, unless [`Builder::host`] names another host. Requests for other hosts are rejected, which
//! protects against DNS rebinding.

mod body;
mod builder;
mod certificate;
mod clock;
mod connection;
mod cors;
mod derive;
mod errors;
mod faults;
mod files;
mod filter;
mod handlers;
mod hosts;
mod http;
mod ids;
mod json;
mod limiter;
mod location;
mod names;
mod payload;
mod plan;
mod query;
mod record;
mod router;
mod running;
mod samples;
mod scrub;
mod service;
mod state;
mod store;
mod url;
mod view;

/// Compiles the examples of the READMEs.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
#[doc = include_str!("../../../generated-client/README.md")]
struct Readme;

use std::borrow::Cow;
use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::Arc;

use bytes::Bytes;
pub use ngrok_api_model::Model;
use serde_json::Value;

pub use builder::Builder;
pub use faults::{Fault, InvalidFault};
use plan::Selector;
use running::Running;
use state::State;

/// In-memory API on a free local port. It stops when dropped.
pub struct Server {
    state: Arc<State>,
    _running: Running,
}

impl Server {
    /// Starts a server on its own thread.
    ///
    /// # Errors
    ///
    /// If the system provides no port or thread.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Starts a server for another API.
    ///
    /// # Errors
    ///
    /// If the system provides no port or thread.
    pub fn serving(model: Model) -> io::Result<Self> {
        Self::builder().model(model).start()
    }

    /// Returns a builder for a server with other settings.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the base URL, without a trailing slash.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.state.url
    }

    /// Returns the API key that the server accepts.
    #[must_use]
    pub fn api_key(&self) -> &str {
        &self.state.api_key
    }

    /// Returns the environment variables that configure a client for this server, with their values.
    #[must_use]
    pub fn environment(&self) -> [(&str, &str); 2] {
        let api = &self.state.plan.model.api;
        [(&api.key_variable, self.api_key()), (&api.url_variable, self.url())]
    }

    /// Adds an item to the list at a path, and returns its ID. For resources that the API itself cannot create, such as agent sessions.
    ///
    /// `fields` are those of a response; values that the server assigns, such as the ID, are optional.
    ///
    /// # Errors
    ///
    /// If there is no list at the path, or `fields` is not an object.
    pub fn add(&self, path: &str, fields: Value) -> io::Result<String> {
        let invalid = |what: String| io::Error::new(ErrorKind::InvalidInput, what);
        let plan = &self.state.plan;
        let item =
            plan.type_at(&format!("{path}/{{}}")).and_then(|name| plan.record(name));
        let item = item.ok_or_else(|| invalid(format!("no list at {path}")))?;
        let Value::Object(mut fields) = fields else {
            return Err(invalid(format!("an item of {path} is an object")));
        };
        handlers::stamp(&self.state.ids, item, "", &mut fields);
        let id =
            fields.get(names::ID).and_then(Value::as_str).unwrap_or_default().to_owned();
        let list = [Selector::Member(path.trim_start_matches('/'))];
        self.state.store().push(&list, names::ID, Value::Object(fields));
        Ok(id)
    }

    /// Serves a file for browsers beside the API, without a key. Pages of other sites cannot load it.
    pub fn add_file(
        &self,
        path: impl Into<String>,
        content_type: &'static str,
        content: impl Into<Cow<'static, [u8]>>,
    ) {
        let content = match content.into() {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => bytes.into(),
        };
        self.state.files.add(path.into(), content_type, content);
    }

    /// Injects a fault from now on. Several faults can affect one request, in the order in which they were set.
    pub fn fault(&self, fault: Fault) {
        self.state.faults.add(fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.state.faults.clear();
    }
}

/// Omits the API key.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("url", &self.state.url).finish_non_exhaustive()
    }
}
