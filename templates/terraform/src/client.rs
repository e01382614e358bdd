//! Requests to the API: JSON in and out, with the retries and the rate limit of the client's core.

use http::Method;
use ngrok_api_model::{Model, Operation};
use ngrok_client_core::blocking::Session;
use ngrok_client_core::{Api, Config, Cursor, Draft, Error, Network, Settings};
use ngrok_state_core::{Identity, Request};
use serde_json::Value as Json;

use crate::value::Value;

/// A client of the API.
pub(crate) struct Client {
    session: Session,
    api: &'static Api,
    model: &'static Model,
}

/// A failed request.
#[derive(Debug)]
pub(crate) struct Failure {
    /// HTTP status, where there was a response.
    pub(crate) status: Option<u16>,
    /// Number of the error code, where the response has one.
    pub(crate) code: Option<u32>,
    /// Problem and solution.
    pub(crate) message: String,
}

impl Client {
    /// Checks the settings; connects with the first request.
    pub(crate) fn new(
        model: &'static Model,
        api: &'static Api,
        mut settings: Settings,
    ) -> Result<Self, String> {
        let lookup = |name: &str| std::env::var_os(name);
        let proxy = ngrok_client_core::env::proxy(api, &settings, &lookup)?;
        settings.network = Network { proxy, ..Network::default() };
        let config =
            Config::new(&settings, api).map_err(|error| error.message().to_owned())?;
        let session =
            Session::new(config, None).map_err(|error| error.message().to_owned())?;
        Ok(Self { session, api, model })
    }

    /// Sends the request of an operation whose path parameters are among these values; a response without a body is null.
    pub(crate) fn send(
        &self,
        operation: &Operation,
        values: &Value,
        body: Option<Json>,
    ) -> Result<Json, Failure> {
        let request = Request::new(operation, &parameters(operation, values), body);
        let mut draft = self.draft(&request);
        if let Some(body) = &request.body {
            draft.body(serde_json::to_vec(body));
        }
        self.run(draft)
    }

    /// Lists resources, page by page.
    pub(crate) fn list(
        &self,
        operation: &Operation,
        values: &Value,
        filter: Option<&str>,
    ) -> Result<Vec<Json>, Failure> {
        let Some(listing) = operation.listing() else { return Ok(Vec::new()) };
        let facts = &self.model.api;
        let request = Request::new(operation, &parameters(operation, values), None);
        let mut draft = self.draft(&request);
        if listing.paged {
            draft.query(&facts.limit_parameter, facts.limit_max.to_string());
        }
        if let Some(filter) = filter {
            draft.query(&facts.filter_parameter, filter.to_owned());
        }
        let base = self.session.config().base();
        let (mut items, mut cursor) = (Vec::new(), Cursor::new(draft, base));
        while let Some(draft) = cursor.take() {
            let mut page = self.run(*draft)?;
            if let Some(Json::Array(found)) = page.get_mut(&listing.key).map(Json::take)
            {
                items.extend(found);
            }
            let next = page.get(&facts.page_next).and_then(Json::as_str);
            cursor.advance(next.filter(|_| listing.paged), base);
        }
        Ok(items)
    }

    fn draft(&self, request: &Request) -> Draft {
        let operation = ngrok_client_core::Operation { name: "terraform", items: "" };
        let method = Method::from_bytes(request.method.as_str().as_bytes());
        Draft::new(self.api, operation, method.unwrap_or_default(), &request.path)
    }

    fn run(&self, draft: Draft) -> Result<Json, Failure> {
        let reply =
            self.session.run(Box::new(draft)).map_err(|error| self.failure(&error))?;
        if reply.status() == http::StatusCode::NO_CONTENT {
            return Ok(Json::Null);
        }
        reply.decode().map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &Error) -> Failure {
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
        Failure { status: error.status().map(|it| it.as_u16()), code, message }
    }
}

/// Returns the values of the path parameters of an operation.
fn parameters(operation: &Operation, values: &Value) -> Identity {
    let names = operation.parameters.iter().map(|it| &it.wire);
    let value =
        |name: &String| Some((name.clone(), values.get(name).as_str()?.to_owned()));
    names.filter_map(value).collect()
}
