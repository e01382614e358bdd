//! The API of the description, served from memory: for tests, demonstrations and examples.
//!
//! ```
//! let server = ngrok_test_server::Server::start()?;
//! assert!(server.url().starts_with("http://127.0.0.1:"));
//! // Any client that is given `server.url()` and `server.api_key()` can create, list, change and delete.
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! It serves every operation of the description, and knows none of them: what is sent, what comes back and what is
//! wrong with a request all follow from the model. What it does not do is what only the real service can: it issues no
//! certificates, opens no tunnels, and checks no permissions.

mod body;
mod clock;
mod errors;
mod handlers;
mod http;
mod ids;
mod json;
mod names;
mod plan;
mod query;
mod routes;
mod running;
mod state;
mod store;
mod view;

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, OnceLock};

use ngrok_codegen::model::Model;
use serde_json::Value;

use plan::{Plan, Selector};
use running::Running;
use state::State;

/// The model of the description, as it was when this package was built.
const MODEL: &str = include_str!(concat!(env!("OUT_DIR"), "/model.json"));

/// An API in memory, on a free port of this machine. It stops when it is dropped.
pub struct Server {
    state: Arc<State>,
    _running: Running,
}

impl Server {
    /// Starts a server, on a thread of its own.
    ///
    /// # Errors
    ///
    /// If the system gives it no port or no thread.
    pub fn start() -> io::Result<Self> {
        static PLAN: OnceLock<Arc<Plan>> = OnceLock::new();
        if let Some(plan) = PLAN.get() {
            return Self::with_plan(Arc::clone(plan));
        }
        let plan = Arc::new(Plan::new(serde_json::from_str(MODEL)?));
        Self::with_plan(Arc::clone(PLAN.get_or_init(|| plan)))
    }

    /// Starts a server for another API.
    ///
    /// # Errors
    ///
    /// If the system gives it no port or no thread.
    pub fn serving(model: Model) -> io::Result<Self> {
        Self::with_plan(Arc::new(Plan::new(model)))
    }

    /// Where it is, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.state.url
    }

    /// The API key that it lets in.
    #[must_use]
    pub fn api_key(&self) -> &str {
        &self.state.api_key
    }

    /// Adds an item to the list at a path, and gives its id. For what the API itself cannot create: a session of an
    /// agent, say.
    ///
    /// `fields` are those of an answer; what the server decides, such as the id, may be left out.
    ///
    /// # Errors
    ///
    /// If there is no list at the path, or `fields` is not an object.
    pub fn add(&self, path: &str, fields: Value) -> io::Result<String> {
        let invalid = |what: String| io::Error::new(ErrorKind::InvalidInput, what);
        let plan = &self.state.plan;
        let item =
            plan.type_at(&format!("{path}/{{}}")).and_then(|name| plan.record(name));
        let item = item.ok_or_else(|| invalid(format!("there is no list at {path}")))?;
        let Value::Object(mut fields) = fields else {
            return Err(invalid(format!("an item of {path} is an object")));
        };
        handlers::stamp(&self.state.ids, item, "", &mut fields);
        let id =
            fields.get(names::ID).and_then(Value::as_str).unwrap_or_default().to_owned();
        let list = [Selector::Member(path.trim_start_matches('/'))];
        self.state.store().push(&list, Value::Object(fields));
        Ok(id)
    }

    fn with_plan(plan: Arc<Plan>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(State::new(plan, url));
        let running = Running::start(listener, routes::router(&state))?;
        Ok(Self { state, _running: running })
    }
}

/// Without the API key.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("url", &self.state.url).finish_non_exhaustive()
    }
}
