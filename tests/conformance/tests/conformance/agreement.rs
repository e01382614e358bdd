//! Bodies that check themselves, against the server: what the client reports of a body is what the server refuses, by the
//! same name of the field, and what the one lets through the other takes.

use std::collections::{BTreeMap, BTreeSet};

use ngrok_client::blocking::Client;
use ngrok_client::{Call, Invalid};
use ngrok_codegen::model::{Body, Method, Operation};
use ngrok_conformance::{model, types};
use ngrok_test_server::Server;
use serde_json::Value;

use super::bodies::{changed, good};
use super::support::{operations, records};

/// What only the server says of a body, and why no client does.
const SERVERS_OWN: [(&str, &str); 2] = [
    (", and not one of ", "enums of the client are open: a value that is new passes"),
    (", the id of something else", ""),
];

/// Why the server refuses a body, if it does: the field, and the whole message.
fn refused(
    client: &Client,
    operation: &Operation,
    body: &Value,
) -> Option<(String, String)> {
    let make: fn(&Client, &'static str, &str) -> Call<Value, Client> =
        match operation.method {
            Method::Post => Call::post,
            Method::Put => Call::put,
            _ => Call::patch,
        };
    let mut call = make(client, "Changed", &operation.path);
    for parameter in &operation.parameters {
        call = call.param(&parameter.wire, "x");
    }
    let error = call.body(body).send().err()?;
    assert_eq!(
        error.status().map(|it| it.as_u16()),
        Some(400),
        "{}: {body}: {error}",
        operation.id
    );
    let message = error.message().to_owned();
    Some((field(&message).to_owned(), message))
}

/// The field that a message of the server's is about.
fn field(message: &str) -> &str {
    let named = message
        .strip_prefix("The body lacks the field ")
        .map(|rest| rest.trim_end_matches('.'));
    let first = message.split(' ').next().unwrap_or_default();
    named.unwrap_or(if message.starts_with("The body ") { "" } else { first })
}

#[test]
fn the_client_reports_what_the_server_refuses() {
    let server = Server::builder().imagining().start().expect("there is a free port");
    let client = Client::builder().api_key(server.api_key()).base_url(server.url());
    let client = client.build().expect("key and address are fine");
    let mut seen = BTreeSet::new();
    let mut tried = 0;
    let mut differences: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (_, operation) in operations() {
        let Body::Type(name) = &operation.body else { continue };
        let Some((record, ty)) =
            records().zip(types::records()).find(|(record, _)| record.name == *name)
        else {
            continue;
        };
        let request = ty.request.as_ref().expect("it is sent");
        if !seen.insert(name) {
            continue;
        }
        let body = good(record);
        let mut sent = BTreeSet::new();
        for body in std::iter::once(body.clone()).chain(changed(&body)) {
            // As the client sends it, if its types can say it at all.
            let Ok(body) = (ty.again)(body.to_string().as_bytes()) else { continue };
            let text = body.to_string();
            if !sent.insert(text.clone()) {
                continue;
            }
            tried += 1;
            let reported: Vec<String> = match (request.validate)(text.as_bytes()) {
                Ok(()) => Vec::new(),
                Err(invalid) => {
                    Invalid::problems(&invalid).iter().map(ToString::to_string).collect()
                }
            };
            let refusal = refused(&client, operation, &body);
            let difference = match (&refusal, reported.as_slice()) {
                (None, []) => continue,
                (Some((path, _)), reported)
                    if reported.iter().any(|it| {
                        it.split(' ').next()
                            == Some(if path.is_empty() { "the" } else { path })
                    }) =>
                {
                    continue;
                }
                (Some((path, message)), reported) => format!(
                    "{name} {path}: server {}: client {reported:?}",
                    outside_quotes(message)
                ),
                (None, reported) => format!("{name}: client only: {reported:?}"),
            };
            let key: String = difference.chars().take(160).collect();
            let entry =
                differences.entry(key).or_insert((0, text.chars().take(300).collect()));
            entry.0 += 1;
        }
    }
    for (difference, (times, body)) in &differences {
        eprintln!("{times} x {difference}\n      {body}");
    }
    assert!(differences.is_empty(), "{} of {tried}", differences.len());
}

fn outside_quotes(text: &str) -> String {
    let first = text.split('"').next().unwrap_or_default();
    let last = text.rsplit('"').next().unwrap_or_default();
    if first == last { text.to_owned() } else { format!("{first}…{last}") }
}
