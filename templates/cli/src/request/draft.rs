//! Requests of operations: takes path parameters and query; returns drafts.

use clap::ArgMatches;
use http::Method;
use ngrok_api_model::{Api, Operation, Output};
use ngrok_client_core::{Draft, Operation as Name};
use serde_json::Value;

use super::filter;
use crate::app::App;
use crate::failure::Failure;
use crate::tree::{ID, path_argument, query_argument};

/// A request that can be sent or printed.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) draft: Draft,
    pub(crate) body: Option<Value>,
    /// Type of the body, if it has one.
    pub(crate) body_type: Option<&'static str>,
}

/// Returns the core's name of an operation.
pub(crate) fn leak_operation(operation: &'static Operation) -> Name {
    let items = match &operation.output {
        Output::List(listing) => listing.key.as_str(),
        _ => "",
    };
    Name { name: &operation.id, items }
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

    /// The names of an operation's query parameters, those of lists first.
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
    if limit.parse().is_ok_and(|limit| (api.limit_min..=api.limit_max).contains(&limit))
    {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "--{} must be from {} to {}; use --max-items to get more than one page",
        api.limit_parameter, api.limit_min, api.limit_max
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
        let given = matches.get_many::<String>(&query_argument(wire));
        let given = given.into_iter().flatten();
        values.extend(given.map(|value| (wire.to_owned(), value.clone())));
    }
    if let Ok(Some(size)) = matches.try_get_one::<String>("page-size") {
        values.push((app.model.api.limit_parameter.clone(), size.clone()));
    }
    values
}

/// Returns the values of the path parameters, in the order of the path; several of the last for deletions.
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
