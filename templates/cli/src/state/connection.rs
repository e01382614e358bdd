//! The API as the engine of plans calls it, through the client of the command line.

use std::sync::{Mutex, PoisonError};

use ngrok_api_model::{Listing, Operation};
use ngrok_client_core::{Cursor, Draft};
use ngrok_state_core::{Api, ApiError, Request};
use serde_json::Value;

use crate::app::App;
use crate::client::Client;
use crate::failure::Failure;

/// Sends the requests of a plan.
pub(super) struct Connection<'a> {
    app: &'a App,
    client: Client<'a>,
    /// The failures behind errors, for what ends a command.
    failures: Mutex<Vec<Failure>>,
}

impl<'a> Connection<'a> {
    pub(super) fn new(app: &'a App) -> Result<Self, Failure> {
        Ok(Self { app, client: Client::new(app)?, failures: Mutex::default() })
    }

    /// Returns the failure behind an error.
    pub(super) fn failure(&self, error: ApiError) -> Failure {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let found = failures.iter().position(|it| it.to_string() == error.message);
        found.map_or_else(|| Failure::other(error.message), |at| failures.remove(at))
    }

    fn error(&self, failure: Failure) -> ApiError {
        let (status, message) = (failure.status(), failure.to_string());
        let error = ApiError { status, message, ..ApiError::default() };
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
        error
    }

    fn draft(&self, request: &Request) -> Draft {
        let method = request.method;
        let known = self.app.model.operation_at(method.as_str(), &request.path);
        let listing = known.and_then(Operation::listing);
        let operation = ngrok_client_core::Operation {
            name: known.map_or("", |it| it.id.as_str()),
            items: listing.map_or("", |it| it.key.as_str()),
        };
        let method = http::Method::from_bytes(method.as_str().as_bytes());
        let method = method.unwrap_or_default();
        let mut draft = Draft::new(self.app.api(), operation, method, &request.path);
        for (name, value) in &request.query {
            draft.query(name, value.clone());
        }
        if let Some(body) = &request.body {
            draft.body(serde_json::to_vec(body));
        }
        draft
    }
}

impl Api for Connection<'_> {
    fn send(&self, request: &Request) -> Result<Value, ApiError> {
        self.client.send(self.draft(request)).map_err(|failure| self.error(failure))
    }

    fn list(
        &self,
        request: &Request,
        listing: &Listing,
        each: &mut dyn FnMut(Value),
    ) -> Result<(), ApiError> {
        let facts = &self.app.model.api;
        let mut draft = self.draft(request);
        draft.query(&facts.limit_parameter, facts.limit_max.to_string());
        let base = self.client.config().base();
        let mut cursor = Cursor::new(draft, base);
        while let Some(draft) = cursor.take() {
            let mut page =
                self.client.send(*draft).map_err(|failure| self.error(failure))?;
            if let Some(Value::Array(items)) =
                page.get_mut(&listing.key).map(Value::take)
            {
                items.into_iter().for_each(&mut *each);
            }
            cursor.advance(page.get(&facts.page_next).and_then(Value::as_str), base);
        }
        Ok(())
    }
}
