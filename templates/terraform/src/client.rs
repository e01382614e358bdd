//! Requests to the API: JSON in and out, with the retries and the rate limit of the client's core.

use http::Method;
use ngrok_api_model::{Listing, Model, Operation};
use ngrok_client_core::blocking::Session;
use ngrok_client_core::{self as core, Config, Cursor, Draft, Error, Network, Settings};
use ngrok_state_core::{Api, ApiError, Request};
use serde_json::Value as Json;

/// A client of the API.
pub(crate) struct Client {
    session: Session,
    api: &'static core::Api,
    model: &'static Model,
}

impl Client {
    /// Checks the settings; connects with the first request.
    pub(crate) fn new(
        model: &'static Model,
        api: &'static core::Api,
        mut settings: Settings,
    ) -> Result<Self, String> {
        let lookup = |name: &str| std::env::var_os(name);
        let proxy = core::env::proxy(api, &settings, &lookup)?;
        settings.network = Network { proxy, ..Network::default() };
        let config = Config::new(&settings, api);
        let session = config.and_then(|it| Session::new(it, None));
        let session = session.map_err(|error| error.message().to_owned())?;
        Ok(Self { session, api, model })
    }

    /// Sends the request of an operation whose path parameters are among these values.
    pub(crate) fn call(
        &self,
        operation: &Operation,
        values: &Json,
    ) -> Result<Json, ApiError> {
        self.send(&Request::new(operation, values, None))
    }

    /// Returns everything that a list has, or what a filter selects.
    pub(crate) fn all(
        &self,
        operation: &Operation,
        values: &Json,
        filter: Option<&str>,
    ) -> Result<Vec<Json>, ApiError> {
        let mut items = Vec::new();
        if let Some(listing) = operation.listing() {
            let mut request = Request::new(operation, values, None);
            let name = &self.model.api.filter_parameter;
            request.query.extend(filter.map(|it| (name.clone(), it.to_owned())));
            self.list(&request, listing, &mut |item| items.push(item))?;
        }
        Ok(items)
    }

    fn draft(&self, request: &Request) -> Draft {
        let operation = core::Operation { name: "terraform", items: "" };
        let method = Method::from_bytes(request.method.as_str().as_bytes());
        let method = method.unwrap_or_default();
        let mut draft = Draft::new(self.api, operation, method, &request.path);
        for (name, value) in &request.query {
            draft.query(name, value.clone());
        }
        if let Some(body) = &request.body {
            draft.body(serde_json::to_vec(body));
        }
        draft
    }

    fn run(&self, draft: Draft) -> Result<Json, ApiError> {
        let reply =
            self.session.run(Box::new(draft)).map_err(|error| self.failure(&error))?;
        if reply.status() == http::StatusCode::NO_CONTENT {
            return Ok(Json::Null);
        }
        reply.decode().map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &Error) -> ApiError {
        let codes = &self.model.error_codes;
        let code = error.raw_code().and_then(|code| codes.number(code));
        let known = code.and_then(|it| codes.codes.get(&it));
        let mut message = error.message().to_owned();
        if let Some(code) = error.raw_code() {
            message = format!("{message}\n\n{code}");
            if let Some(known) = known {
                message = format!("{message}: {}", known.meaning);
            }
        }
        if let Some(id) = error.operation_id() {
            message = format!("{message}\n\nOperation ID: {id}");
        }
        ApiError { status: error.status().map(|it| it.as_u16()), code, message }
    }
}

impl Api for Client {
    fn send(&self, request: &Request) -> Result<Json, ApiError> {
        self.run(self.draft(request))
    }

    fn list(
        &self,
        request: &Request,
        listing: &Listing,
        each: &mut dyn FnMut(Json),
    ) -> Result<(), ApiError> {
        let (facts, base) = (&self.model.api, self.session.config().base());
        let mut draft = self.draft(request);
        if listing.paged {
            draft.query(&facts.limit_parameter, facts.limit_max.to_string());
        }
        let mut cursor = Cursor::new(draft, base);
        while let Some(draft) = cursor.take() {
            let mut page = self.run(*draft)?;
            if let Some(Json::Array(items)) = page.get_mut(&listing.key).map(Json::take)
            {
                items.into_iter().for_each(&mut *each);
            }
            let next = page[&facts.page_next].as_str();
            cursor.advance(next.filter(|_| listing.paged), base);
        }
        Ok(())
    }
}
