//! Secrets in the key, in headers and in bodies, through every operation of both clients: no log, span, error, `Debug` output, observer or
//! recording shows one.

use std::fmt::{self, Write};
use std::sync::{Mutex, PoisonError};

use ngrok_codegen::model::Output;
use ngrok_conformance::clients::seen;
use ngrok_conformance::example::SECRET;
use ngrok_conformance::{API_KEY, CANARY, Fill, TestClient, expect, model};
use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};

use super::support::{PARAMETERS, arguments, find, operations, server};

/// The target that logs every byte at the level `trace`, as the documentation of the blocking client says.
const BYTES: &str = "ureq_proto";

/// Log output: the number of lines, and those that show a secret.
static LOGGED: Mutex<(usize, Vec<String>)> = Mutex::new((0, Vec::new()));

fn logged(line: String) {
    let mut logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
    logged.0 += 1;
    if shows(&line) {
        logged.1.push(line);
    }
}

fn shows(text: &str) -> bool {
    [API_KEY, SECRET, CANARY].iter().any(|secret| text.contains(secret))
}

/// Checks all output of the crates `log` and `tracing`.
struct Watcher;

impl log::Log for Watcher {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        !metadata.target().starts_with(BYTES)
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            logged(format!("{} {}", record.target(), record.args()));
        }
    }

    fn flush(&self) {}
}

impl tracing::Subscriber for Watcher {
    fn enabled(&self, _metadata: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line::default();
        span.record(&mut line);
        logged(line.0);
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        let mut line = Line::default();
        values.record(&mut line);
        logged(line.0);
    }

    fn event(&self, event: &tracing::Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        logged(line.0);
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}
    fn enter(&self, _span: &Id) {}
    fn exit(&self, _span: &Id) {}
}

#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, "{field}={value:?} ").expect("writing to a string does not fail");
    }
}

#[test]
fn no_secret_is_printed() {
    log::set_logger(&Watcher).expect("no other test logs");
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(Watcher).expect("no other test traces");
    let server = server();
    let mut secrets = 0;
    for (test_client, record) in TestClient::both_recorded(&server.url()) {
        let mut printed = Vec::new();
        for (_, operation) in operations() {
            let arguments = arguments(operation, PARAMETERS[1], Fill::Full);
            let call = || find(&test_client.operations, operation).with(&arguments);
            printed.push(call().debug());
            let whole = expect::response_body(operation, model());
            server.respond(operation.status, whole.as_ref());
            let result = call().send().expect(&operation.id);
            printed.push(result.debug);
            let sent = server.take().pop().expect(&operation.id).body;
            secrets += usize::from(has(&sent, SECRET));
            let failure = refusal(&String::from_utf8_lossy(&sent));
            for status in [400, 401, 503] {
                server.respond(status, Some(&failure));
                let error = call().send().expect_err(&operation.id);
                printed.push(format!("{error} {error:?} {error:#?}"));
            }
            if !matches!(operation.output, Output::Nothing) {
                for wrong in [json!([API_KEY]), json!(API_KEY)] {
                    server.respond(operation.status, Some(&wrong));
                    let error = call().send().expect_err(&operation.id);
                    printed.push(format!("{error} {error:?} {error:#?}"));
                }
            }
            drop(server.take());
        }
        printed.extend(test_client.debug.iter().cloned());
        printed.push(seen());
        let recording = record();
        assert!(recording.contains("[redacted]"), "{}", test_client.name);
        printed.push(recording);
        let shown = printed.iter().find(|text| shows(text));
        assert_eq!(shown, None, "{}", test_client.name);
    }
    assert!(secrets > 10, "{secrets} requests had a secret in the body");
    let logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(logged.1, Vec::<String>::new());
    assert!(logged.0 > 2 * operations().count(), "{} lines", logged.0);
}

/// Returns the body of an error that repeats the request.
fn refusal(sent: &str) -> Value {
    json!({
        &model().api.error_message: format!("no, {API_KEY}, not {sent}"),
        &model().api.error_details: { "key": API_KEY, "body": sent },
    })
}

fn has(body: &[u8], text: &str) -> bool {
    String::from_utf8_lossy(body).contains(text)
}
