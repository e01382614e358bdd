//! Requests of operations: takes path parameters and query; returns drafts.

use clap::ArgMatches;
use http::Method;
use ngrok_api_model::{Api, Operation, Output};
use ngrok_client_core::{Draft, Operation as Name};
use serde_json::Value;

use super::filter;
use crate::app::App;
use crate::failure::{Failure, OrFail};
use crate::lookup::body_type;
use crate::tree::{ID, path_argument, query_argument, string, strings};

/// A request that can be sent or printed.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) draft: Draft,
    pub(crate) body: Option<Value>,
    /// Type of the body, if it has one.
    pub(crate) body_type: Option<&'static str>,
}

impl Request {
    /// Creates a request to an operation, with these path parameters.
    pub(crate) fn new(
        app: &App,
        operation: &'static Operation,
        parameters: &[String],
        body: Option<Value>,
    ) -> Result<Self, Failure> {
        let method = Method::from_bytes(operation.method.as_str().as_bytes())
            .or_usage("HTTP method")?;
        let items = match &operation.output {
            Output::List(listing) => listing.key.as_str(),
            _ => "",
        };
        let name = Name { name: &operation.id, items };
        let mut draft = Draft::new(app.api(), name, method, &operation.path);
        for (parameter, value) in operation.parameters.iter().zip(parameters) {
            draft.param(&parameter.wire, value);
        }
        if let Some(json) = &body {
            draft.body(serde_json::to_vec(json));
        }
        Ok(Self { draft, body, body_type: body_type(operation) })
    }

    /// Adds query parameters, checked.
    pub(crate) fn with_query(
        mut self,
        app: &App,
        operation: &'static Operation,
        query: Vec<(String, String)>,
    ) -> Result<Self, Failure> {
        let api = &app.model.api;
        for (wire, value) in query {
            if wire == api.limit_parameter {
                check_limit(&value, api)?;
            }
            if let (Output::List(listing), true) =
                (&operation.output, wire == api.filter_parameter)
            {
                filter::check(api, &listing.filter, &value)?;
            }
            self.draft.query(&wire, value);
        }
        Ok(self)
    }

    /// Returns the names of an operation's query parameters, those of lists first.
    pub(crate) fn query_parameters<'m>(
        app: &'m App,
        operation: &'m Operation,
    ) -> Vec<&'m str> {
        let api = &app.model.api;
        let mut names = Vec::new();
        if let Output::List(listing) = &operation.output {
            if listing.paged {
                names.extend([api.limit_parameter.as_str(), &api.cursor_parameter]);
            }
            if !listing.filter.is_empty() {
                names.push(&api.filter_parameter);
            }
        }
        names.extend(operation.query.iter().map(|own| own.wire.as_str()));
        names
    }
}

fn check_limit(limit: &str, api: &Api) -> Result<(), Failure> {
    let (least, most) = (api.limit_min, api.limit_max);
    if limit.parse().is_ok_and(|limit| (least..=most).contains(&limit)) {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "--{} must be from {least} to {most}; use --max-items to get more than one page",
        api.limit_parameter
    )))
}

/// Returns the values of query parameters.
pub(crate) fn query_values(
    app: &App,
    operation: &Operation,
    matches: &ArgMatches,
) -> Vec<(String, String)> {
    let mut values = Vec::new();
    for wire in Request::query_parameters(app, operation) {
        let given = strings(matches, &query_argument(wire)).into_iter();
        values.extend(given.map(|value| (wire.to_owned(), value)));
    }
    if let Some(size) = string(matches, "page-size") {
        values.push((app.model.api.limit_parameter.clone(), size.to_owned()));
    }
    values
}

/// Returns the values of the path parameters, in the order of the path; several of the last for deletions.
pub(crate) fn path_values(
    operation: &Operation,
    matches: &ArgMatches,
) -> Vec<Vec<String>> {
    let values = operation.parameters.iter().map(|parameter| {
        let mut values = strings(matches, &path_argument(&parameter.wire));
        values.extend(strings(matches, &format!("{ID}{}", parameter.wire)));
        values
    });
    values.collect()
}
