//! `api METHOD PATH`: a request to any path, documented or not.

use clap::ArgMatches;
use http::Method;
use ngrok_api_model::{Operation, Shape};
use ngrok_client_core::{Draft, Operation as Name};
use percent_encoding::percent_decode_str;

use crate::app::App;
use crate::client::{Client, dry_config};
use crate::failure::Failure;
use crate::output::print_single;
use crate::request::{Request, print_dry_run, untyped_fields};
use crate::tree::{string, strings};

/// Sends the request and prints the response. Types are known if the path is that of an operation.
pub(super) fn run(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let method = string(matches, "method").unwrap_or_default().to_ascii_uppercase();
    let path = string(matches, "path").unwrap_or_default();
    let (plain, query) = path.split_once('?').unwrap_or((path, ""));
    if !plain.starts_with('/') {
        return Err(Failure::usage(format!("the path {plain:?} must begin with /")));
    }
    let body = untyped_fields(string(matches, "body"), &strings(matches, "field"))?;
    let operation = app.model.operation_at(&method, plain);
    let http_method = Method::from_bytes(method.as_bytes())
        .map_err(|_| Failure::usage(format!("{method:?} is not an HTTP method")))?;
    let name = match operation {
        Some(known) => known.id.as_str(),
        None => format!("{method} {plain}").leak(),
    };
    let named = Name { name, items: "" };
    let mut draft = Draft::new(app.api(), named, http_method, plain);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        draft.query(&decoded(name), decoded(value));
    }
    if let Some(json) = &body {
        draft.body(serde_json::to_vec(json));
    }
    let body_type = operation.and_then(|it| it.body_type());
    let request = Request { draft, body, body_type };
    if let Some(kind) = string(matches, "dry-run") {
        return print_dry_run(app, &dry_config(app)?, request, kind == "curl");
    }
    let value = Client::new(app)?.send(request.draft)?;
    if value.is_null() {
        return Ok(());
    }
    let shape = operation.map_or(Shape::Unknown, Operation::output_shape);
    print_single(app, shape, operation.map(|operation| operation.name.as_str()), value)
}

/// Decodes a part of a query.
fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}
