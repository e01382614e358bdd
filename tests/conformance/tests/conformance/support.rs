//! Shared test support: parts of the model, arguments, and one call from request to response.

use std::slice;

use ngrok_client::{Error, HttpRequest};
use ngrok_codegen::model::{Enum, Operation, Output, Record, Service, Type, Union};
use ngrok_conformance::clients::Callable;
use ngrok_conformance::expect::Request;
use ngrok_conformance::server::{OPERATION_ID, Recorded, Server};
use ngrok_conformance::{Arguments, CallResult, Fill, Prepared, expect, model};
use serde_json::{Value, json};

/// A parameter with characters that must be escaped, and one without.
pub(crate) const PARAMETERS: [&str; 2] = ["a/b c?d%é#\"+&=;", "x_2Kz.y~w-1"];

pub(crate) fn server() -> Server {
    Server::start(&model().api.operation_id_header).expect("there is a free port")
}

/// Iterates over all operations, each with its service.
pub(crate) fn operations() -> impl Iterator<Item = (&'static Service, &'static Operation)>
{
    model().operations()
}

pub(crate) fn records() -> impl Iterator<Item = &'static Record> {
    model().types.values().filter_map(|ty| match ty {
        Type::Record(record) => Some(record),
        _ => None,
    })
}

pub(crate) fn unions() -> impl Iterator<Item = &'static Union> {
    model().types.values().filter_map(|ty| match ty {
        Type::Union(union) => Some(union),
        _ => None,
    })
}

pub(crate) fn enums() -> impl Iterator<Item = &'static Enum> {
    model().types.values().filter_map(|ty| match ty {
        Type::Enum(enumeration) => Some(enumeration),
        _ => None,
    })
}

/// Returns true if a type is a record with a required ID.
pub(crate) fn has_id(name: &str) -> bool {
    records().any(|record| record.name == name && record.prefix.is_some())
}

/// Returns the callable of an operation.
pub(crate) fn find<'c>(
    callables: &'c [Callable],
    operation: &Operation,
) -> &'c Callable {
    let found: Vec<_> =
        callables.iter().filter(|callable| callable.id == operation.id).collect();
    match found[..] {
        [one] => one,
        _ => panic!("{} is there {} times", operation.id, found.len()),
    }
}

/// Returns arguments for an operation, each of which contains this string.
pub(crate) fn arguments(operation: &Operation, text: &str, fill: Fill) -> Arguments {
    let parameters =
        (0..operation.parameters.len()).map(|index| format!("{text}{index}"));
    Arguments { parameters: parameters.collect(), fill, resource: Value::Null }
}

/// Sends a call, and checks its request and response.
pub(crate) fn check(
    what: &str,
    operation: &Operation,
    arguments: &Arguments,
    call: &dyn Fn() -> Box<dyn Prepared>,
    server: &Server,
) {
    let expected = expect::request(operation, arguments, model());
    check_shown(what, call().request(), &expected);
    let body = expect::response_body(operation, model());
    server.respond(operation.status, body.as_ref());
    let result = call().send();
    check_arrived(what, server, &expected);
    check_result(what, operation, result, body.as_ref());
}

/// Checks that this is the only request received.
pub(crate) fn check_arrived(what: &str, server: &Server, expected: &Request) {
    let arrived: Vec<_> = server.take().into_iter().map(Request::from).collect();
    assert_eq!(arrived, slice::from_ref(expected), "{what}");
}

/// Checks that the request that a call returns is the one that it sends, except for the key.
fn check_shown(what: &str, shown: Result<HttpRequest, Error>, expected: &Request) {
    let shown = shown.unwrap_or_else(|error| panic!("{what}: {error}"));
    let mut expected = expected.clone();
    let key = expected.headers.get_mut(&model().api.auth_header);
    "[redacted]".clone_into(key.expect("every request has a key"));
    assert_eq!(Request::from(Recorded::from(shown)), expected, "{what}");
}

fn check_result(
    what: &str,
    operation: &Operation,
    result: Result<CallResult, Error>,
    body: Option<&Value>,
) {
    let result = result.unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(result.status, operation.status, "{what}");
    assert_eq!(result.operation_id.as_deref(), Some(OPERATION_ID), "{what}");
    let expected = match (&operation.output, body) {
        (Output::List(list), Some(body)) => {
            json!({ "items": body[&list.key], "uri": body[&model().api.page_uri], "next": null })
        }
        (_, Some(body)) => body.clone(),
        (_, None) => Value::Null,
    };
    assert_eq!(result.value, expected, "{what}");
}
