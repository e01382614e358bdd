//! Handlers of operations. Takes a parsed request; changes the state and returns a response. One module for each kind.

mod act;
mod create;
mod delete;
mod get;
mod imagine;
mod list;
mod replace;
mod update;

use hyper::StatusCode;
use ngrok_api_model::{Body, Output, Record};
use serde::Serialize;
use serde_json::{Map, Value, json};

pub(crate) use create::stamp;

use crate::body::Check;
use crate::derive::derive;
use crate::errors::{Outcome, Problem};
use crate::http::{Whole, reply};
use crate::location::Location;
use crate::plan::{Kind, Route, Selector, field};
use crate::query::Query;
use crate::state::State;
use crate::store::Store;
use crate::view::View;
use crate::{clock, names};

/// A request for an operation.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Base URL under which the client reaches the server, without a trailing slash.
    pub(crate) url: String,
    /// Path, escaped as received.
    pub(crate) path: String,
    /// Path and query, as received.
    pub(crate) uri: String,
    /// Values of the path parameters.
    pub(crate) arguments: Vec<String>,
    pub(crate) query: Query,
    pub(crate) body: Option<Value>,
}

/// The context of a handler.
struct Call<'a> {
    state: &'a State,
    route: &'a Route,
    request: &'a Request,
    /// Steps to the location of the path.
    steps: Vec<Selector<'a>>,
}

/// Handles a request with exclusive access to the store.
pub(crate) fn handle(state: &State, route: &Route, request: &Request) -> Outcome<Whole> {
    let steps = route.place.with(&request.arguments);
    let call = Call { state, route, request, steps };
    let store = &mut *state.store();
    if state.imagines {
        imagine::imagine(&call, store);
    }
    match &route.kind {
        Kind::Create => create::create(&call, store),
        Kind::Get => get::get(&call, store),
        Kind::Given => Ok(get::given(&call, store)),
        Kind::List => list::list(&call, store),
        Kind::Related { list_pattern, owner } => {
            list::related(&call, store, list_pattern, owner)
        }
        Kind::Update => update::update(&call, store),
        Kind::Replace => replace::replace(&call, store),
        Kind::Delete => delete::delete(&call, store),
        Kind::Act => act::act(&call, store),
    }
}

impl Call<'_> {
    fn check<'b>(&'b self, store: &'b Store) -> Check<'b> {
        Check::new(&self.state.plan, store, self.state.imagines)
    }

    fn view<'b>(&'b self, store: &'b Store) -> View<'b> {
        View::new(&self.state.plan, store, &self.request.url, &self.route.operation.name)
    }

    /// Returns the type of the body, if it is a record.
    fn body_record(&self) -> Option<&Record> {
        match &self.route.operation.body {
            Body::Type(name) => self.state.plan.record(name),
            Body::None | Body::Empty => None,
        }
    }

    /// Returns the location of the path in the API.
    fn location(&self) -> Location<'_> {
        Location::At { pattern: &self.route.pattern, path: &self.request.path }
    }

    /// Sets the derived fields.
    fn derive(&self, store: &Store, record: &Record, set: &mut Map<String, Value>) {
        derive(&self.state.plan, store, &self.state.caller, record, set);
    }

    /// Updates the modification time, where there is one.
    fn touch(&self, value: &mut Map<String, Value>) {
        if let Output::Type(name) = &self.route.operation.output
            && let Some(record) = self.state.plan.record(name)
            && field(record, names::UPDATED_AT).is_some()
        {
            value.insert(names::UPDATED_AT.to_owned(), json!(clock::now()));
        }
    }

    /// Returns the status of success.
    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.route.operation.status).unwrap_or(StatusCode::OK)
    }

    /// Returns the response of an operation that returns one value, or none.
    fn reply(&self, store: &Store, stored: &Value, location: Location<'_>) -> Whole {
        let body = match &self.route.operation.output {
            Output::Type(name) => {
                Some(written(&self.view(store).show(name, stored, location)))
            }
            Output::Nothing | Output::List(_) => None,
        };
        reply(self.status(), body)
    }

    /// Returns the response for the value at these steps.
    fn reply_with(
        &self,
        store: &Store,
        steps: &[Selector<'_>],
        location: Location<'_>,
    ) -> Outcome<Whole> {
        let stored = store.get(steps).ok_or_else(Problem::not_found)?;
        Ok(self.reply(store, stored, location))
    }
}

/// Serializes a value as JSON.
fn written(value: &impl Serialize) -> String {
    // Serialization fails only for maps whose keys are not strings, and there are none.
    serde_json::to_string(value).unwrap_or_default()
}
