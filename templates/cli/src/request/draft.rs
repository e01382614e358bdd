//! Requests of operations: path parameters and query go in; drafts come out.

use clap::ArgMatches;
use http::Method;
use ngrok_api_model::{Operation, Output};
use ngrok_client_core::{Draft, Operation as Name};
use serde_json::Value;

use super::filter;
use crate::app::App;
use crate::failure::Failure;
use crate::tree::{ID, path_argument};

/// A request that can be sent or printed.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) draft: Draft,
    pub(crate) body: Option<Value>,
    /// Type of the body, where it has one.
    pub(crate) body_type: Option<&'static str>,
}

/// What the core calls an operation.
pub(crate) fn leak_operation(operation: &'static Operation) -> Name {
    let items = match &operation.output {
        Output::List(listing) => listing.key.as_str(),
        _ => "",
    };
    Name { name: &operation.id, items }
}

impl Request {
    /// A request to an operation, for these path parameters.
    pub(crate) fn new(
        app: &App,
        operation: &'static Operation,
        parameters: &[String],
        body: Option<Value>,
    ) -> Result<Self, Failure> {
        let method = Method::from_bytes(operation.method.as_str().as_bytes())
            .map_err(|error| Failure::usage(error.to_string()))?;
        let name = leak_operation(operation);
        let mut draft = Draft::new(app.api(), name, method, &operation.path);
        for (parameter, value) in operation.parameters.iter().zip(parameters) {
            draft.param(&parameter.wire, value);
        }
        if let Some(json) = &body {
            draft.body(serde_json::to_vec(json));
        }
        let body_type = super::body::type_name(operation);
        let body_type = body_type.and_then(|name| app.model.types.get_key_value(name));
        Ok(Self { draft, body, body_type: body_type.map(|(name, _)| name.as_str()) })
    }

    /// Adds the query parameters that the arguments give, checked.
    pub(crate) fn with_query(
        mut self,
        app: &App,
        operation: &'static Operation,
        matches: &ArgMatches,
    ) -> Result<Self, Failure> {
        let api = &app.model.api;
        let Output::List(listing) = &operation.output else { return Ok(self) };
        if listing.paged {
            let limit = matches.get_one::<u32>("limit");
            if let Some(limit) = limit.or_else(|| matches.get_one("page-size")) {
                check_limit(*limit, api)?;
                self.draft.query(&api.limit_parameter, limit.to_string());
            }
            if let Some(before) = matches.get_one::<String>("before") {
                self.draft.query(&api.cursor_parameter, before.clone());
            }
        }
        if !listing.filter.is_empty()
            && let Some(text) = matches.get_one::<String>("filter")
        {
            filter::check(api, &listing.filter, text)?;
            self.draft.query(&api.filter_parameter, text.clone());
        }
        for query in &operation.query {
            let id = format!("query {}", query.wire);
            for value in matches.get_many::<String>(&id).into_iter().flatten() {
                self.draft.query(&query.wire, value.clone());
            }
        }
        Ok(self)
    }
}

fn check_limit(limit: u32, api: &ngrok_api_model::Api) -> Result<(), Failure> {
    if (api.limit_min..=api.limit_max).contains(&limit) {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "--{} must be from {} to {}; use --max-items to get more than one page",
        api.limit_parameter, api.limit_min, api.limit_max
    )))
}

/// The values of the path parameters, in the order of the path; several of the last where the operation deletes.
pub(crate) fn path_values(
    operation: &Operation,
    matches: &ArgMatches,
) -> Vec<Vec<String>> {
    let values = operation.parameters.iter().map(|parameter| {
        let flag = format!("{ID}{}", parameter.wire);
        let positional = path_argument(&parameter.wire);
        let given = matches.get_many::<String>(&positional);
        let given = given.or_else(|| matches.get_many::<String>(&flag));
        given.into_iter().flatten().cloned().collect()
    });
    values.collect()
}
