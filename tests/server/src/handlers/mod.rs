//! What each kind of operation does. A request that was taken apart goes in; the state changes, and an answer comes out.
//! One module for each kind.

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
use crate::plan::{Kind, Route, Selector, field};
use crate::query::Query;
use crate::spot::Spot;
use crate::state::State;
use crate::store::Store;
use crate::view::View;
use crate::{clock, names};

/// A request for an operation.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Where its client reaches the server, without a slash at the end.
    pub(crate) url: String,
    /// Its path, escaped as it came.
    pub(crate) path: String,
    /// Its path and query, as they came.
    pub(crate) uri: String,
    /// What stands in the places of the path's parameters.
    pub(crate) arguments: Vec<String>,
    pub(crate) query: Query,
    pub(crate) body: Option<Value>,
}

/// What a handler works with.
struct Call<'a> {
    state: &'a State,
    route: &'a Route,
    request: &'a Request,
    /// The steps to the place that the path leads to.
    steps: Vec<Selector<'a>>,
}

/// Does what a request asks for, alone with the store.
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
        Kind::Related { home, owner } => list::related(&call, store, home, owner),
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

    /// The type of the body, if it is a record.
    fn body_record(&self) -> Option<&Record> {
        match &self.route.operation.body {
            Body::Type(name) => self.state.plan.record(name),
            Body::None | Body::Empty => None,
        }
    }

    /// Where the path leads, in the API.
    fn spot(&self) -> Spot<'_> {
        Spot::At { pattern: &self.route.pattern, path: &self.request.path }
    }

    /// Sets what the server derives.
    fn derive(&self, store: &Store, record: &Record, set: &mut Map<String, Value>) {
        derive(&self.state.plan, store, &self.state.caller, record, set);
    }

    /// Notes that something changed, where that is shown.
    fn touch(&self, value: &mut Map<String, Value>) {
        if let Output::Type(name) = &self.route.operation.output
            && let Some(record) = self.state.plan.record(name)
            && field(record, names::UPDATED_AT).is_some()
        {
            value.insert(names::UPDATED_AT.to_owned(), json!(clock::now()));
        }
    }

    /// The status of success.
    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.route.operation.status).unwrap_or(StatusCode::OK)
    }

    /// The answer of an operation that gives one value, or none.
    fn reply(&self, store: &Store, stored: &Value, spot: Spot<'_>) -> Whole {
        let body = match &self.route.operation.output {
            Output::Type(name) => {
                Some(written(&self.view(store).show(name, stored, spot)))
            }
            Output::Nothing | Output::List(_) => None,
        };
        reply(self.status(), body)
    }

    /// The same, for what is at these steps.
    fn reply_with(
        &self,
        store: &Store,
        steps: &[Selector<'_>],
        spot: Spot<'_>,
    ) -> Outcome<Whole> {
        let stored = store.get(steps).ok_or_else(Problem::not_found)?;
        Ok(self.reply(store, stored, spot))
    }
}

/// A value as JSON.
fn written(value: &impl Serialize) -> String {
    // It fails for maps whose keys are no text, and there are none.
    serde_json::to_string(value).unwrap_or_default()
}
