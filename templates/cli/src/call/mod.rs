//! Implementations of commands. Takes the words of a command and its arguments.

mod auth;
#[cfg(feature = "completion")]
pub(crate) mod completion;
mod delete;
mod edit;
pub(crate) mod explain;
mod interrupt;
mod list;
#[cfg(feature = "man")]
mod man;
mod overview;
mod raw;
#[cfg(feature = "jq")]
mod wait;

use clap::ArgMatches;
use ngrok_api_model::{Method, Operation, Output, Service};
use serde_json::Value;

use crate::app::{App, print};
use crate::client::{Client, dry_config, quota as quota_of_key};
use crate::failure::Failure;
use crate::lookup::{self, Shape, output_type};
use crate::names;
use crate::output::print_single;
use crate::request::{
    Request, body, path_values, print_dry_run, query_values, skeleton,
};

/// Runs the command with this name.
pub(crate) fn dispatch(
    app: &'static App,
    words: &[String],
    matches: &ArgMatches,
) -> Result<(), Failure> {
    if let Some((service, one)) = lookup::operation(app.model, words) {
        return operation(app, service, one, matches);
    }
    match words.first().map(String::as_str) {
        Some("api") => raw::run(app, matches),
        Some("auth") => auth::run(app, words, matches),
        Some("quota") => quota(app),
        Some("edit") => edit_command(app, matches),
        Some("explain") => explain::run(app, matches),
        #[cfg(feature = "jq")]
        Some("wait") => wait::run(app, matches),
        #[cfg(feature = "completion")]
        Some("completion") => completion::run(app, matches),
        #[cfg(feature = "man")]
        Some("man") => man::run(app, matches),
        #[cfg(feature = "mcp")]
        Some("mcp") => crate::mcp::run(app, matches),
        Some("commands") => overview::run(app),
        _ => Err(Failure::usage(format!("unknown command `{}`", words.join(" ")))),
    }
}

/// Runs an operation of the API.
fn operation(
    app: &App,
    service: &'static Service,
    operation: &'static Operation,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    if let (Some(name), Ok(Some(true))) =
        (lookup::body_type(operation), matches.try_get_one::<bool>("skeleton"))
    {
        return print(&skeleton(app.model, name));
    }
    let mut values = path_values(operation, matches);
    names::resolve(app, operation, &mut values)?;
    let single: Vec<String> =
        values.iter().filter_map(|values| values.first().cloned()).collect();
    let mut body = body(app, service, operation, matches)?;
    if let Ok(Some(true)) = matches.try_get_one::<bool>("edit") {
        body = edit::run(app, service, operation, &single, &body.unwrap_or_default())?;
        if body.is_none() {
            return Ok(());
        }
    }
    let dry = matches.get_one::<String>("dry-run");
    if operation.method == Method::Delete && dry.is_none() {
        return delete::run(app, service, operation, &values, matches);
    }
    let request = Request::new(app, operation, &single, body)?.with_query(
        app,
        operation,
        query_values(app, operation, matches),
    )?;
    if let Some(kind) = dry {
        return print_dry_run(app, &dry_config(app)?, request, kind == "curl");
    }
    if let Output::List(listing) = &operation.output {
        return list::run(app, listing, request, matches);
    }
    let value = Client::new(app)?.send(request.draft)?;
    match output_type(operation) {
        Some(name) => {
            print_single(app, Shape::Named(name), Some(&operation.name), value)
        }
        None => Ok(()),
    }
}

/// `edit SERVICE ID`: the update of the service, with its body in an editor.
fn edit_command(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let words: Vec<String> =
        matches.get_many::<String>("command").into_iter().flatten().cloned().collect();
    let update = |count: usize| {
        let names = [Method::Patch, Method::Put];
        let service =
            app.model.services.iter().find(|service| {
                lookup::command_of(service) == words[..count].join(" ")
            })?;
        let found = service.operations.iter().find(|own| {
            names.contains(&own.method) && own.parameters.len() == words.len() - count
        })?;
        Some((service, found, &words[count..]))
    };
    let Some((service, operation, parameters)) = (1..words.len()).find_map(update)
    else {
        return Err(Failure::usage(format!("`{}` cannot be edited", words.join(" "))));
    };
    let parameters = names::resolved(app, operation, parameters)?;
    let edited = edit::run(app, service, operation, &parameters, &Value::Null)?;
    let Some(body) = edited else { return Ok(()) };
    let request = Request::new(app, operation, &parameters, Some(body))?;
    let value = Client::new(app)?.send(request.draft)?;
    let shape = output_type(operation).map_or(Shape::Unknown, Shape::Named);
    print_single(app, shape, Some(&operation.name), value)
}

/// Prints the remaining rate limit.
fn quota(app: &App) -> Result<(), Failure> {
    let budget = quota_of_key(app)?.and_then(|quota| quota.budget());
    let budget = budget.ok_or_else(|| {
        Failure::other("client-side rate limiting is turned off, or has no state file")
    })?;
    let json = serde_json::to_value(budget)
        .map_err(|error| Failure::other(error.to_string()))?;
    print_single(app, Shape::Unknown, None, json)
}
