//! Both clients, with everything that can be called on them.
//!
//! Enters the address of a server; leaves [`World`]s: operations by their ids, without their types. What is generated is
//! compiled twice from one text, which shows that both clients read the same.

mod asynchronous;
mod blocking;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use ngrok_client::{Event, HttpRequest, Page, Response, Result};
use serde::Serialize;
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::types::encode;

/// A client and what can be called on it.
pub struct World {
    /// Which it is.
    pub name: &'static str,
    /// The methods of services.
    pub operations: Vec<Callable>,
    /// The methods of resources in hand.
    pub instances: Vec<Callable>,
    /// All ways to name what a `get` is to fetch.
    pub fetches: Vec<(&'static str, Callable)>,
    /// What its builder, the client and its services print.
    pub debug: Vec<String>,
}

/// Something that can be called.
pub struct Callable {
    /// The id of the operation.
    pub id: &'static str,
    make: Bound,
}

/// Makes a call of arguments.
type Bound = Box<dyn Fn(&Arguments) -> Box<dyn Prepared>>;

impl Callable {
    fn bound<C: Clone + 'static>(id: &'static str, make: Make<C>, client: &C) -> Self {
        let client = client.clone();
        Self { id, make: Box::new(move |arguments| make(&client, arguments)) }
    }

    /// The call with these arguments.
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

/// A call or list that was not sent yet.
pub trait Prepared {
    /// The request that it shows.
    fn request(&self) -> Result<HttpRequest>;

    /// Everything that it prints.
    fn debug(&self) -> String;

    /// Sends it; of a list, fetches the first page.
    fn send(self: Box<Self>) -> Result<Answer>;

    /// Sends it in the shortest way there is.
    fn value(self: Box<Self>) -> Result<Value>;

    /// Fetches all items; `None` for what is no list.
    fn items(self: Box<Self>) -> Option<Result<Vec<Value>>>;
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The API's own id of the call.
    pub operation_id: Option<String>,
    /// The value, encoded again.
    pub value: Value,
    /// What the response and its value print.
    pub debug: String,
}

impl Answer {
    fn new<T: fmt::Debug>(response: &Response<T>, value: Value) -> Self {
        Self {
            status: response.status().as_u16(),
            operation_id: response.operation_id().map(str::to_owned),
            value,
            debug: format!("{response:?}"),
        }
    }
}

/// A page as the API would write it, with its items under `items`.
fn page_value<T: Serialize>(page: &Page<T>) -> Value {
    let items: Vec<_> = page.items.iter().map(encode).collect();
    json!({ "items": items, "uri": page.uri, "next": page.next_page_uri })
}

/// Something generated: makes a call of a client and arguments.
type Make<C> = fn(&C, &Arguments) -> Box<dyn Prepared>;

/// The generated tables for one client.
struct Tables<C: 'static> {
    operations: Table<C>,
    instances: Table<C>,
    fetches: &'static [(&'static str, Table<C>)],
    services: &'static [fn(&C) -> String],
}

/// Calls of a client, by what they are called.
type Table<C> = &'static [(&'static str, Make<C>)];

impl<C: Clone + 'static> Tables<C> {
    fn world(&self, name: &'static str, client: &C, mut debug: Vec<String>) -> World {
        debug.extend(self.services.iter().map(|print| print(client)));
        let bind = |table: Table<C>| {
            table.iter().map(|(id, make)| Callable::bound(id, *make, client)).collect()
        };
        let fetches = self.fetches.iter().flat_map(|(id, ways)| {
            ways.iter().map(|(way, make)| (*way, Callable::bound(id, *make, client)))
        });
        World {
            name,
            operations: bind(self.operations),
            instances: bind(self.instances),
            fetches: fetches.collect(),
            debug,
        }
    }
}

impl World {
    /// Both clients for the server at this address.
    #[must_use]
    pub fn both(url: &str) -> [Self; 2] {
        [asynchronous::world(url), blocking::world(url)]
    }
}

/// Gives what was recorded so far, as text.
pub type Record = Box<dyn Fn() -> String>;

impl World {
    /// Both clients, with a secret in a header, and what they record.
    #[must_use]
    pub fn both_recorded(url: &str) -> [(Self, Record); 2] {
        [asynchronous::recorded(url), blocking::recorded(url)]
    }
}

/// Everything that observers printed.
static SEEN: Mutex<String> = Mutex::new(String::new());

/// Prints what an observer is shown.
fn watch(event: &Event<'_>) {
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    seen.extend([format!("{event:?}\n"), format!("{event:#?}\n")]);
}

/// Everything that the observers of all clients printed so far.
#[must_use]
pub fn seen() -> String {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
