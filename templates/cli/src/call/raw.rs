//! `api METHOD PATH`: a request to any path, documented or not.

use clap::ArgMatches;
use http::Method;
use ngrok_api_model::Output;
use ngrok_client_core::{Draft, Operation};

use crate::app::App;
use crate::client::{Client, dry_config};
use crate::failure::Failure;
use crate::lookup::{self, Shape};
use crate::output::print_single;
use crate::request::{Request, print_dry_run, untyped_fields};

/// Sends the request and prints the response. Types are known if the path is that of an operation.
pub(super) fn run(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let text = |name: &str| {
        matches.get_one::<String>(name).map(String::as_str).unwrap_or_default()
    };
    let method = text("method").to_ascii_uppercase();
    let path = text("path");
    let (plain, query) = path.split_once('?').unwrap_or((path, ""));
    if !plain.starts_with('/') {
        return Err(Failure::usage(format!("the path {plain:?} must begin with /")));
    }
    let fields: Vec<_> =
        matches.get_many::<String>("field").into_iter().flatten().cloned().collect();
    let body = untyped_fields(matches.get_one("body"), &fields)?;
    let known = lookup::operation_at(app.model, &method, plain);
    let http_method = Method::from_bytes(method.as_bytes())
        .map_err(|_| Failure::usage(format!("{method:?} is not an HTTP method")))?;
    let name = known.map_or_else(
        || &*format!("{method} {plain}").leak(),
        |(_, one)| one.id.as_str(),
    );
    let mut draft =
        Draft::new(app.api(), Operation { name, items: "" }, http_method, plain);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        draft.query(&decoded(name), decoded(value));
    }
    if let Some(json) = &body {
        draft.body(serde_json::to_vec(json));
    }
    let operation = known.map(|(_, operation)| operation);
    let body_type = operation.and_then(lookup::body_type);
    let request = Request { draft, body, body_type };
    if let Some(kind) = matches.get_one::<String>("dry-run") {
        return print_dry_run(app, &dry_config(app)?, request, kind == "curl");
    }
    let value = Client::new(app)?.send(request.draft)?;
    if value.is_null() {
        return Ok(());
    }
    let list;
    let shape = match operation.map(|operation| &operation.output) {
        Some(Output::Type(name)) => Shape::Named(name),
        Some(Output::List(listing)) => {
            list = Shape::page(listing);
            Shape::Page(&list)
        }
        _ => Shape::Unknown,
    };
    print_single(app, shape, operation.map(|operation| operation.name.as_str()), value)
}

/// Decodes a part of a query.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let code = after.get(..2).and_then(|digits| str::from_utf8(digits).ok());
        let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, code) {
            (b'%', Some(code)) => {
                bytes.push(code);
                rest = &after[2..];
            }
            (b'+', _) => bytes.push(b' '),
            (byte, _) => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
