//! Client-side validation against the server: the client reports what the server rejects, with the same name of the field, and the server
//! accepts what the client accepts. The validator of the model agrees with the server.

use std::collections::BTreeSet;
use std::iter;
use std::sync::atomic::{AtomicUsize, Ordering};

use ngrok_client::blocking::Client;
use ngrok_client::{Call, Invalid};
use ngrok_codegen::model::check::validate;
use ngrok_codegen::model::{Body, Method, Operation, Record};
use ngrok_conformance::model;
use ngrok_conformance::types::{self, RecordType};
use ngrok_test_server::Server;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use super::bodies::{Maker, changed, changed_at, good};
use super::support::{operations, records};

/// A requirement of the server that the description does not contain.
const NOT_DESCRIBED: &str = "The body lacks the field type.";

/// Errors that only the server reports: part of the message, and the reason why no client does.
const SERVER_ONLY: [(&str, &str); 5] = [
    (" is not one of ", "clients accept new values of enums"),
    (", which is not an ID: ", "clients accept any string as an ID"),
    (
        NOT_DESCRIBED,
        "the list of event sources is keyed by it; the description calls it optional",
    ),
    (UNKNOWN_CHARACTER, "which characters names have may change without a new client"),
    (NO_DOCUMENT, "clients have no parser of YAML"),
];

/// Part of the server's message about a forbidden character in a name.
const UNKNOWN_CHARACTER: &str = " may only have characters of ";

/// Part of the server's message about a string that is neither JSON nor YAML.
const NO_DOCUMENT: &str = " is not a valid JSON or YAML document";

/// A body as sent, and its results.
struct Tried {
    body: String,
    /// All problems that the client reports: field and message.
    reported: Vec<(String, String)>,
    /// All problems that the validator of the model reports: field and message.
    violations: Vec<(String, String)>,
    /// The first error of the server.
    refused: Option<Refusal>,
}

/// The server's message about a rejected body.
#[derive(Debug)]
struct Refusal(String);

impl Tried {
    /// Returns true if both agree, or if the server has a reason of its own.
    fn is_agreed(&self) -> bool {
        match &self.refused {
            None => self.reported.is_empty(),
            Some(refusal) => {
                self.reported.iter().any(|(path, _)| refusal.is_about(path))
                    || refusal.reason().is_some()
            }
        }
    }

    /// Returns true if the validator reports what the server rejects, and nothing else.
    fn is_validated_equally(&self) -> bool {
        match &self.refused {
            None => self.violations.is_empty(),
            Some(refusal) => {
                self.violations.iter().any(|(path, _)| refusal.is_about(path))
                    || refusal.0 == NOT_DESCRIBED
            }
        }
    }

    fn must_agree(&self, record: &Record) {
        let Self { body, reported, violations, refused } = self;
        assert!(
            self.is_agreed(),
            "{}: {body}\n  server: {refused:?}\n  client: {reported:?}",
            record.name
        );
        assert!(
            self.is_validated_equally(),
            "{}: {body}\n  server: {refused:?}\n  validator: {violations:?}",
            record.name
        );
    }
}

impl Refusal {
    /// Returns true if the server rejects the field at this path.
    fn is_about(&self, path: &str) -> bool {
        let rest = match self.0.strip_prefix("The body lacks the field ") {
            Some(lacking) => lacking.strip_prefix(path),
            None if path.is_empty() => self.0.strip_prefix("The body"),
            None => self.0.strip_prefix(path),
        };
        rest.is_some_and(|rest| rest == "." || rest.starts_with(' '))
    }

    /// Returns the index of the reason that only the server knows.
    fn reason(&self) -> Option<usize> {
        SERVER_ONLY.iter().position(|(said, _)| self.0.contains(said))
    }
}

/// Returns the types of bodies, each with an operation that takes it.
fn bodies() -> Vec<(&'static Operation, &'static Record, &'static RecordType)> {
    let mut seen = BTreeSet::new();
    let taken = operations().filter_map(|(_, operation)| {
        let Body::Type(name) = &operation.body else { return None };
        let mut pairs = records().zip(types::records());
        let (record, ty) = pairs.find(|(record, _)| record.name == *name)?;
        seen.insert(name).then_some((operation, record, ty))
    });
    taken.collect()
}

/// Sends a body and validates it, if the client's types can represent it.
fn attempt(
    client: &Client,
    operation: &Operation,
    ty: &RecordType,
    body: &Value,
) -> Option<Tried> {
    let body = (ty.again)(body.to_string().as_bytes()).ok()?;
    let text = body.to_string();
    let request = ty.request.as_ref().expect("it is sent");
    let invalid = (request.validate)(text.as_bytes()).err();
    let problems = invalid.as_ref().map(Invalid::problems).unwrap_or_default().iter();
    let reported = problems.map(|it| (it.path().to_owned(), it.message().to_owned()));
    let Body::Type(name) = &operation.body else { return None };
    let violations = validate(model(), name, &body).into_iter();
    Some(Tried {
        violations: violations.map(|it| (it.path, it.message)).collect(),
        reported: reported.collect(),
        refused: send(client, operation, &body),
        body: text,
    })
}

/// Number of bodies sent. Each is sent to a new resource, since some resources cannot be changed.
static SENT: AtomicUsize = AtomicUsize::new(0);

fn send(client: &Client, operation: &Operation, body: &Value) -> Option<Refusal> {
    let path = &operation.path.to_string();
    let mut call: Call<Value, _> = match operation.method {
        Method::Post => Call::post(client, "Tried", path),
        Method::Put => Call::put(client, "Tried", path),
        _ => Call::patch(client, "Tried", path),
    };
    let fresh = format!("x{}", SENT.fetch_add(1, Ordering::Relaxed));
    for parameter in &operation.parameters {
        call = call.param(&parameter.wire, &fresh);
    }
    let error = call.body(body).send().err()?;
    let status = error.status().map(|it| it.as_u16());
    if status == Some(operation.status) {
        // What returns nothing is no JSON, and was accepted.
        return None;
    }
    assert_eq!(status, Some(400), "{}: {body}: {error}", operation.id);
    Some(Refusal(error.message().to_owned()))
}

/// Starts a server that accepts any ID, and its client.
fn start() -> (Server, Client) {
    let server = Server::builder().imagining().start().expect("there is a free port");
    let client = Client::builder().api_key(server.api_key()).base_url(server.url());
    let client = client.build().expect("key and address are fine");
    (server, client)
}

#[test]
fn the_client_reports_what_the_server_rejects() {
    let (_server, client) = start();
    let (mut taken, mut refused, mut reasons) = (0, 0, BTreeSet::new());
    for (operation, record, ty) in bodies() {
        let whole = good(record);
        let mut sent = BTreeSet::new();
        for body in iter::once(whole.clone()).chain(changed(&whole)) {
            let tried = attempt(&client, operation, ty, &body);
            let Some(tried) = tried.filter(|tried| sent.insert(tried.body.clone()))
            else {
                continue;
            };
            tried.must_agree(record);
            match &tried.refused {
                None => taken += 1,
                Some(refusal) if tried.reported.is_empty() => {
                    reasons.extend(refusal.reason());
                }
                Some(_) => refused += 1,
            }
        }
    }
    assert!(taken > 3000 && refused > 1000, "{taken} bodies taken, {refused} refused");
    assert_eq!(reasons.len(), SERVER_ONLY.len(), "a reason is no longer one");
}

/// Bodies with any alternative are accepted, and both agree on all their mutations.
#[test]
fn they_agree_on_bodies_of_all_kinds() {
    let (_server, client) = start();
    let bodies = bodies();
    for (operation, record, ty) in &bodies {
        for pick in 0..12 {
            let body = Maker { pick, all: false }.record(record);
            let tried =
                attempt(&client, operation, ty, &body).expect("the path can be built");
            assert!(tried.refused.is_none(), "{}: {:?}", record.name, tried.refused);
            tried.must_agree(record);
        }
        if let Some(tried) =
            attempt(&client, operation, ty, &Maker { pick: 0, all: true }.record(record))
        {
            tried.must_agree(record);
        }
    }
    let changes = prop::collection::vec(any::<Index>(), 0..5);
    let strategy = (any::<Index>(), 0..12_usize, prop::bool::weighted(0.1), changes);
    proptest!(ProptestConfig::with_cases(1000), |((which, pick, all, changes) in strategy)| {
        let (operation, record, ty) = which.get(&bodies);
        let mut body = Maker { pick, all }.record(record);
        for change in changes {
            body = changed_at(&body, change);
        }
        if let Some(tried) = attempt(&client, operation, ty, &body) {
            tried.must_agree(record);
        }
    });
}
