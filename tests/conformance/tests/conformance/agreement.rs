//! Bodies that check themselves, against the server: what it refuses is what the client reports, by the same name of the
//! field, and what the client lets through the server takes. The validator of the model agrees with the server.

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

use super::bodies::{Maker, changed, good};
use super::support::{operations, records};

/// What the description does not say, and the server needs.
const NOT_DESCRIBED: &str = "The body lacks the field type.";

/// What the server alone refuses, by what it says then, and why no client does.
const SERVERS_OWN: [(&str, &str); 5] = [
    (
        " is not one of ",
        "values of enums that are new pass clients that do not know them",
    ),
    (
        ", which is no id: ",
        "whose id it is, clients ask of types, and let text pass for any",
    ),
    (
        NOT_DESCRIBED,
        "the list of event sources tells them apart by it; the description says that it may be left out",
    ),
    (UNKNOWN_CHARACTER, "which characters names have may change without a new client"),
    (NO_DOCUMENT, "clients have no parser of YAML"),
];

/// What the server says of a name with a character that it does not allow.
const UNKNOWN_CHARACTER: &str = " may only have characters of ";

/// What the server says of a text that holds neither JSON nor YAML.
const NO_DOCUMENT: &str = " is not a valid JSON or YAML document";

/// A body as it is sent, and what came of it.
struct Tried {
    body: String,
    /// Everything that the client reports: the field, and what is wrong with it.
    reported: Vec<(String, String)>,
    /// Everything that the validator of the model reports: the field, and the problem.
    violations: Vec<(String, String)>,
    /// The first thing that the server refuses it for.
    refused: Option<Refusal>,
}

/// What the server says of a body that it refuses.
#[derive(Debug)]
struct Refusal(String);

impl Tried {
    /// Whether both say the same, or the server has a reason of its own.
    fn is_agreed(&self) -> bool {
        match &self.refused {
            None => self.reported.is_empty(),
            Some(refusal) => {
                self.reported.iter().any(|(path, _)| refusal.is_about(path))
                    || refusal.reason().is_some()
            }
        }
    }

    /// Whether the validator reports what the server refuses, and nothing else.
    fn is_valid_alike(&self) -> bool {
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
            self.is_valid_alike(),
            "{}: {body}\n  server: {refused:?}\n  validator: {violations:?}",
            record.name
        );
    }
}

impl Refusal {
    /// Whether it is the field at this path that is refused.
    fn is_about(&self, path: &str) -> bool {
        let rest = match self.0.strip_prefix("The body lacks the field ") {
            Some(lacking) => lacking.strip_prefix(path),
            None if path.is_empty() => self.0.strip_prefix("The body"),
            None => self.0.strip_prefix(path),
        };
        rest.is_some_and(|rest| rest == "." || rest.starts_with(' '))
    }

    /// Which of the reasons it is that only the server knows.
    fn reason(&self) -> Option<usize> {
        SERVERS_OWN.iter().position(|(said, _)| self.0.contains(said))
    }
}

/// The types of bodies, each with an operation that takes it.
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

/// What client and server say of a body, if the client's types can hold it.
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

/// How many bodies were sent. Each goes to something new: some of what there was could not be changed.
static SENT: AtomicUsize = AtomicUsize::new(0);

fn send(client: &Client, operation: &Operation, body: &Value) -> Option<Refusal> {
    let path = &operation.path;
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

/// A server that takes any id, and a client of it.
fn start() -> (Server, Client) {
    let server = Server::builder().imagining().start().expect("there is a free port");
    let client = Client::builder().api_key(server.api_key()).base_url(server.url());
    let client = client.build().expect("key and address are fine");
    (server, client)
}

#[test]
fn the_client_reports_what_the_server_refuses() {
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
    assert_eq!(reasons.len(), SERVERS_OWN.len(), "a reason is no longer one");
}

/// Whatever is chosen where a body has a choice, it is taken; and whatever is then changed in it, both say the same.
#[test]
fn they_agree_on_bodies_of_all_kinds() {
    let (_server, client) = start();
    let bodies = bodies();
    for (operation, record, ty) in &bodies {
        for pick in 0..12 {
            let body = Maker { pick, all: false }.record(record);
            let tried = attempt(&client, operation, ty, &body).expect("it can be said");
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
            let others = changed(&body);
            if !others.is_empty() {
                body = change.get(&others).clone();
            }
        }
        if let Some(tried) = attempt(&client, operation, ty, &body) {
            tried.must_agree(record);
        }
    });
}
