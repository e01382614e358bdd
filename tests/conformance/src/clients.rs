//! Both clients, with all their operations.
//!
//! Takes the address of a server; returns [`TestClient`]s: operations by ID, without their types. The generated code is compiled twice from
//! one source, which proves that both clients have the same API.

mod asynchronous;
mod blocking;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use ngrok_client::{Event, HttpRequest, Page, Response, Result};
use serde::Serialize;
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::types::encode;

/// A client and its operations.
pub struct TestClient {
    /// Name of the client.
    pub name: &'static str,
    /// Methods of services.
    pub operations: Vec<Callable>,
    /// Methods of resources.
    pub instances: Vec<Callable>,
    /// All ways to identify the resource of a `get`.
    pub fetches: Vec<(&'static str, Callable)>,
    /// `Debug` output of its builder, of the client and of its services.
    pub debug: Vec<String>,
}

/// An operation that can be called.
pub struct Callable {
    /// ID of the operation.
    pub id: &'static str,
    make: Bound,
}

/// Makes a call from arguments.
type Bound = Box<dyn Fn(&Arguments) -> Box<dyn Prepared>>;

impl Callable {
    fn bound<C: Clone + 'static>(id: &'static str, make: Make<C>, client: &C) -> Self {
        let client = client.clone();
        Self { id, make: Box::new(move |arguments| make(&client, arguments)) }
    }

    /// Returns the call with these arguments.
    #[must_use]
    pub fn with(&self, arguments: &Arguments) -> Box<dyn Prepared> {
        (self.make)(arguments)
    }
}

impl fmt::Debug for Callable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// A call or list that has not been sent.
pub trait Prepared {
    /// Returns its request.
    fn request(&self) -> Result<HttpRequest>;

    /// Returns its `Debug` output.
    fn debug(&self) -> String;

    /// Sends it; of a list, fetches the first page.
    fn send(self: Box<Self>) -> Result<CallResult>;

    /// Sends it and returns the value only.
    fn value(self: Box<Self>) -> Result<Value>;

    /// Fetches all items; `None` if it is not a list.
    fn items(self: Box<Self>) -> Option<Result<Vec<Value>>>;
}

/// The response of a call.
#[derive(Debug)]
pub struct CallResult {
    /// HTTP status.
    pub status: u16,
    /// Call ID assigned by the API.
    pub operation_id: Option<String>,
    /// The value, encoded again.
    pub value: Value,
    /// `Debug` output of the response and its value.
    pub debug: String,
}

impl CallResult {
    fn new<T: fmt::Debug>(response: &Response<T>, value: Value) -> Self {
        Self {
            status: response.status().as_u16(),
            operation_id: response.operation_id().map(str::to_owned),
            value,
            debug: format!("{response:?}"),
        }
    }
}

/// Returns a page as the API would write it, with its items under `items`.
fn page_value<T: Serialize>(page: &Page<T>) -> Value {
    let items: Vec<_> = page.items.iter().map(encode).collect();
    json!({ "items": items, "uri": page.uri, "next": page.next_page_uri })
}

/// Generated function that makes a call from a client and arguments.
type Make<C> = fn(&C, &Arguments) -> Box<dyn Prepared>;

/// The generated tables for one client.
struct Tables<C: 'static> {
    operations: Table<C>,
    instances: Table<C>,
    fetches: &'static [(&'static str, Table<C>)],
    services: &'static [fn(&C) -> String],
}

/// Calls of a client, by name.
type Table<C> = &'static [(&'static str, Make<C>)];

impl<C: Clone + 'static> Tables<C> {
    fn test_client(
        &self,
        name: &'static str,
        client: &C,
        mut debug: Vec<String>,
    ) -> TestClient {
        debug.extend(self.services.iter().map(|print| print(client)));
        let bind = |table: Table<C>| {
            table.iter().map(|(id, make)| Callable::bound(id, *make, client)).collect()
        };
        let fetches = self.fetches.iter().flat_map(|(id, ways)| {
            ways.iter().map(|(way, make)| (*way, Callable::bound(id, *make, client)))
        });
        TestClient {
            name,
            operations: bind(self.operations),
            instances: bind(self.instances),
            fetches: fetches.collect(),
            debug,
        }
    }
}

impl TestClient {
    /// Returns both clients for the server at this address.
    #[must_use]
    pub fn both(url: &str) -> [Self; 2] {
        [asynchronous::test_client(url), blocking::test_client(url)]
    }
}

/// Returns the recording so far, as a string.
pub type Record = Box<dyn Fn() -> String>;

impl TestClient {
    /// Returns both clients, with a secret in a header, and their recordings.
    #[must_use]
    pub fn both_recorded(url: &str) -> [(Self, Record); 2] {
        [asynchronous::recorded(url), blocking::recorded(url)]
    }
}

/// Everything that observers printed.
static SEEN: Mutex<String> = Mutex::new(String::new());

/// Records the `Debug` output of an observed event.
fn watch(event: &Event<'_>) {
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    seen.extend([format!("{event:?}\n"), format!("{event:#?}\n")]);
}

/// Returns everything that the observers of all clients printed so far.
#[must_use]
pub fn seen() -> String {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
