//! Expected HTTP traffic according to the model. Takes an operation and its arguments; returns the expected request and the response to
//! send. None of it is computed by the client.

use std::collections::BTreeMap;

use ngrok_codegen::model::{Body, Model, Operation, Output, Service};
use serde_json::{Value, json};

use crate::arguments::{Arguments, Fill};
use crate::example::{CURSOR, Examples, FILTER, LIMIT};
use crate::{API_KEY, server::Recorded};

/// The content coding that requests ask for.
const ACCEPTED: &str = if ngrok_client_core::HAS_GZIP { "gzip" } else { "identity" };

/// A request with its decoded body.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Method.
    pub method: String,
    /// Path and query, escaped.
    pub target: String,
    /// Headers that are part of the API.
    pub headers: BTreeMap<String, String>,
    /// Body; `None` if there is none.
    pub body: Option<Value>,
}

/// Headers that frame the message, which the transports set.
const FRAMING: &[&str] = &["host", "content-length"];

impl From<Recorded> for Request {
    /// A repeated header has both values; a body that is not JSON is a string.
    fn from(recorded: Recorded) -> Self {
        let mut headers = BTreeMap::<String, String>::new();
        for (name, value) in recorded.headers {
            if !FRAMING.contains(&name.as_str()) {
                let all = headers.entry(name).or_default();
                *all = if all.is_empty() { value } else { format!("{all}, {value}") };
            }
        }
        let body = recorded.body;
        let text = || Value::from(String::from_utf8_lossy(&body));
        let json = serde_json::from_slice(&body).unwrap_or_else(|_| text());
        Self {
            method: recorded.method,
            target: recorded.target,
            headers,
            body: (!body.is_empty()).then_some(json),
        }
    }
}

/// Returns the expected request of an operation.
#[must_use]
pub fn request(operation: &Operation, arguments: &Arguments, model: &Model) -> Request {
    let body = body(operation, arguments.fill, model);
    Request {
        method: operation.method.as_str().to_owned(),
        target: target(operation, arguments, model),
        headers: headers(body.is_some(), model),
        body,
    }
}

/// Returns the arguments of a call on a resource, whose fields contain the parameters.
#[must_use]
pub fn on_resource(
    mut arguments: Arguments,
    operation: &Operation,
    service: &Service,
    model: &Model,
) -> Arguments {
    let mut resource = Examples::new(model).full(&service.resource);
    for (parameter, value) in operation.parameters.iter().zip(&arguments.parameters) {
        resource[&parameter.wire] = value.as_str().into();
    }
    arguments.resource = resource;
    arguments
}

/// Returns the body of a successful response, if there is one.
#[must_use]
pub fn response_body(operation: &Operation, model: &Model) -> Option<Value> {
    let examples = Examples::new(model);
    match &operation.output {
        Output::Nothing => None,
        Output::Type(name) => Some(examples.full(name)),
        Output::List(list) => {
            let item = examples.full(&list.item);
            Some(
                json!({ &list.key: [item, item], &model.api.page_uri: "https://of.this/page" }),
            )
        }
    }
}

fn body(operation: &Operation, fill: Fill, model: &Model) -> Option<Value> {
    let examples = Examples::new(model);
    match (&operation.body, fill) {
        (Body::None, _) => None,
        (Body::Empty, _) => Some(json!({})),
        (Body::Type(name), Fill::Full) => Some(examples.full(name)),
        (Body::Type(name), Fill::Required) => Some(examples.required(name)),
    }
}

fn target(operation: &Operation, arguments: &Arguments, model: &Model) -> String {
    let mut target = operation.path.to_string();
    for (parameter, value) in operation.parameters.iter().zip(&arguments.parameters) {
        target = target.replace(&format!("{{{}}}", parameter.wire), &escaped(value));
    }
    let query =
        if arguments.fill == Fill::Full { query(operation, model) } else { Vec::new() };
    let pair =
        |(name, value): (&str, String)| format!("{}={}", escaped(name), escaped(&value));
    let query: Vec<_> = query.into_iter().map(pair).collect();
    if query.is_empty() { target } else { format!("{target}?{}", query.join("&")) }
}

fn query<'m>(operation: &'m Operation, model: &'m Model) -> Vec<(&'m str, String)> {
    let mut query: Vec<(&str, String)> = Vec::new();
    if let Output::List(list) = &operation.output {
        if list.paged {
            query.push((&model.api.limit_parameter, LIMIT.to_string()));
            query.push((&model.api.cursor_parameter, CURSOR.to_owned()));
        }
        if !list.filter.is_empty() {
            query.push((&model.api.filter_parameter, FILTER.to_owned()));
        }
    }
    for parameter in &operation.query {
        let values = Examples::new(model).query(operation, parameter);
        let text =
            |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
        query.extend(values.iter().map(|value| (&*parameter.wire, text(value))));
    }
    query
}

fn headers(has_body: bool, model: &Model) -> BTreeMap<String, String> {
    let api = &model.api;
    let json = "application/json";
    // All packages of the workspace have one version.
    let agent = format!("{}/{}", api.crate_name, env!("CARGO_PKG_VERSION"));
    let mut headers = BTreeMap::from([
        ("accept".to_owned(), json.to_owned()),
        ("accept-encoding".to_owned(), ACCEPTED.to_owned()),
        ("user-agent".to_owned(), agent),
        (api.auth_header.clone(), format!("{} {API_KEY}", api.auth_scheme)),
        (api.version_header.clone(), api.version_value.clone()),
    ]);
    if has_body {
        headers.insert("content-type".to_owned(), json.to_owned());
    }
    headers
}

/// Escapes a string for a path segment or a query by RFC 3986: everything but unreserved characters.
fn escaped(text: &str) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    escaped.collect()
}
