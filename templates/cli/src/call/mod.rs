//! Implementations of commands. Takes the words of a command and its arguments.

mod auth;
#[cfg(feature = "completion")]
pub(crate) mod completion;
mod delete;
mod edit;
pub(crate) mod explain;
mod list;
#[cfg(feature = "man")]
mod man;
mod overview;
mod raw;
#[cfg(feature = "jq")]
mod wait;

use clap::ArgMatches;
use ngrok_api_model::{Method, Operation, Output, Service, Shape};
use serde_json::json;

use crate::app::{App, print};
use crate::client::{Client, dry_config, usage};
use crate::failure::Failure;
use crate::lookup;
use crate::output::print_single;
use crate::request::{Request, body, paths, print_dry_run, query_values, skeleton};
use crate::tree::{is_set, string};

/// Runs the command with this name.
pub(crate) fn dispatch(
    app: &'static App,
    words: &[String],
    matches: &ArgMatches,
) -> Result<(), Failure> {
    if let Some((service, one, [])) = lookup::operation(app.model, words) {
        return operation(app, service, one, matches);
    }
    match words.first().map(String::as_str) {
        Some("api") => raw::run(app, matches),
        Some("auth") => auth::run(app, words, matches),
        Some("quota") => quota(app),
        Some("edit") => edit::command(app, matches),
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
        _ => Err(lookup::unknown(app.model, words)),
    }
}

/// Runs an operation of the API.
fn operation(
    app: &App,
    service: &'static Service,
    operation: &'static Operation,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    if let (Some(name), true) = (operation.body_type(), is_set(matches, "skeleton")) {
        return print(&skeleton(app.model, name));
    }
    let mut body = body(app, service, operation, matches)?;
    let paths = paths(app, operation, matches)?;
    let Some(first) = paths.first() else {
        return Err(Failure::usage("no IDs were given"));
    };
    if is_set(matches, "edit") {
        body = edit::run(app, service, operation, first, &body.unwrap_or_default())?;
        if body.is_none() {
            return Ok(());
        }
    }
    let dry = string(matches, "dry-run");
    if operation.method == Method::Delete && dry.is_none() {
        return delete::run(app, service, operation, &paths, matches);
    }
    let query = query_values(app, operation, matches)?;
    let request = |path: &Vec<String>| {
        let request = Request::new(app, operation, path, body.clone())?;
        Ok(request.with_query(query.clone()))
    };
    if let Some(kind) = dry {
        let config = dry_config(app)?;
        return paths.iter().try_for_each(|path| {
            print_dry_run(app, &config, request(path)?, kind == "curl")
        });
    }
    match &operation.output {
        Output::List(listing) => list::run(app, listing, request(first)?, matches),
        _ => send(app, operation, request(first)?),
    }
}

/// Sends a request and prints the response, if there is one.
fn send(app: &App, operation: &Operation, request: Request) -> Result<(), Failure> {
    let value = Client::new(app)?.send(request.draft)?;
    if operation.output_type().is_none() {
        return Ok(());
    }
    print_single(app, operation.output_shape(), Some(&operation.name), value)
}

/// Prints the remaining rate limit.
fn quota(app: &App) -> Result<(), Failure> {
    let usage = usage(app)?.ok_or_else(|| {
        Failure::other("client-side rate limiting is turned off, or has no state file")
    })?;
    let usage = json!({
        "requests": usage.requests,
        "window_seconds": usage.window.as_secs_f64(),
        "used": usage.used,
        "remaining": usage.requests.saturating_sub(usage.used),
        // 0 if a request can start now.
        "wait_seconds": usage.wait.as_secs_f64(),
    });
    print_single(app, Shape::Unknown, None, usage)
}
