//! The API as the engine of plans calls it, through the client of the command line.

use std::sync::{Mutex, PoisonError};

use ngrok_client_core::{Cursor, Draft, Operation};
use ngrok_state_core::{Api, ApiError, ListCall, Request};
use serde_json::Value;

use crate::app::App;
use crate::client::Client;
use crate::failure::Failure;
use crate::lookup;

/// Sends the requests of a plan.
pub(super) struct Connection<'a> {
    app: &'a App,
    client: Client<'a>,
    /// The last failure, for what ends a command.
    last: Mutex<Option<Failure>>,
}

impl<'a> Connection<'a> {
    pub(super) fn new(app: &'a App) -> Result<Self, Failure> {
        Ok(Self { app, client: Client::new(app)?, last: Mutex::new(None) })
    }

    /// The failure behind the error that was returned last.
    pub(super) fn failure(&self, error: ApiError) -> Failure {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).take();
        last.unwrap_or_else(|| Failure::other(error.message))
    }

    fn error(&self, failure: Failure) -> ApiError {
        let error = ApiError { status: failure.status(), message: failure.to_string() };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
        error
    }

    fn draft(&self, request: &Request, items: &str) -> Draft {
        let method = request.method;
        let known = lookup::operation_at(self.app.model, method.as_str(), &request.path);
        let name = known.map_or("", |(_, operation)| operation.id.as_str());
        // The key of the items is part of the model, which lives as long as the process.
        let items = known
            .and_then(|(_, operation)| match &operation.output {
                ngrok_api_model::Output::List(listing) => Some(listing.key.as_str()),
                _ => None,
            })
            .filter(|key| *key == items);
        let operation = Operation { name, items: items.unwrap_or_default() };
        let method = http::Method::from_bytes(method.as_str().as_bytes());
        let method = method.unwrap_or_default();
        let mut draft = Draft::new(self.app.api(), operation, method, &request.path);
        if let Some(body) = &request.body {
            draft.body(serde_json::to_vec(body));
        }
        draft
    }
}

impl Api for Connection<'_> {
    fn send(&self, request: &Request) -> Result<Value, ApiError> {
        self.client.send(self.draft(request, "")).map_err(|failure| self.error(failure))
    }

    fn list(
        &self,
        call: &ListCall,
        each: &mut dyn FnMut(Value),
    ) -> Result<(), ApiError> {
        let facts = &self.app.model.api;
        let path = call.call.path.clone();
        let request = Request { method: call.call.method, path, body: None };
        let mut draft = self.draft(&request, &call.items);
        draft.query(&facts.limit_parameter, facts.limit_max.to_string());
        let base = self.client.config().base();
        let mut cursor = Cursor::new(draft, base);
        while let Some(draft) = cursor.take() {
            let mut page =
                self.client.send(*draft).map_err(|failure| self.error(failure))?;
            if let Some(Value::Array(items)) = page.get_mut(&call.items).map(Value::take)
            {
                items.into_iter().for_each(&mut *each);
            }
            cursor.advance(page.get(&facts.page_next).and_then(Value::as_str), base);
        }
        Ok(())
    }
}
