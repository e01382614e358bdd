//! No dependency logs the API key, a secret that is sent or one that is returned, at any
//! level and in any form. A process of its own: loggers are global.
#![cfg(all(feature = "async", feature = "blocking", feature = "tracing"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt;
use std::sync::{Mutex, PoisonError};

use ngrok_client_runtime::{ApiClient, Builder, Call, Client, blocking};
use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "http/server.rs"]
mod server;

use server::{Server, with_headers};

const KEY: &str = "K3Y_s3cr3t_0123456789abcdef";
const SENT: &str = "V4ult_v4lue-zyxwvutsrqponmlkj";
const RETURNED: &str = "T0ken~returned~qwertyuiopasdf";

/// Everything that was logged, line by line.
static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn note(line: String) {
    LINES.lock().unwrap_or_else(PoisonError::into_inner).push(line);
}

struct Capture;

impl log::Log for Capture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        note(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line(span.metadata().target().to_owned());
        span.record(&mut line);
        note(line.0);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line(String::new());
        values.record(&mut line);
        note(line.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().target().to_owned());
        event.record(&mut line);
        note(line.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.extend([" ", field.name(), "=", &format!("{value:?}")]);
    }
}

/// Parts of a secret, as text and as dumps write it.
fn traces(secret: &str) -> Vec<String> {
    let text = secret.as_bytes().windows(8).map(String::from_utf8_lossy);
    let mut traces: Vec<_> = text.map(|part| part.to_lowercase()).collect();
    for part in secret.as_bytes().windows(4) {
        let hex: Vec<_> = part.iter().map(|byte| format!("{byte:02x}")).collect();
        let numbers: Vec<_> = part.iter().map(ToString::to_string).collect();
        traces.extend([
            hex.concat(),
            hex.join(" "),
            format!("{}{} {}{}", hex[0], hex[1], hex[2], hex[3]),
            hex.join(", 0x"),
            numbers.join(", "),
        ]);
    }
    traces
}

fn leak(lines: &[String], secret: &str) -> Option<String> {
    let traces = traces(secret);
    let leaks = |line: &&String| traces.iter().any(|part| line.contains(part));
    lines.iter().find(leaks).cloned()
}

fn create<C: ApiClient>(client: &C) -> Call<Value, C> {
    Call::post(client, "ThingsCreate", "/things").body(&json!({ "secret": SENT }))
}

fn set_up<C: ApiClient>(builder: Builder<C>, server: &Server) -> Builder<C> {
    builder.api_key(KEY).base_url(server.url())
}

#[test]
fn no_secret_is_logged_at_any_level() {
    log::set_logger(&Capture).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(Capture).unwrap();
    let body = format!(r#"{{"secret":"{RETURNED}"}}"#);
    let chunked = format!(
        "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    let echo = [("location", KEY), ("x-echo", SENT)];
    let server = Server::new((0..2).flat_map(|_| {
        [
            with_headers(201, &echo, &body),
            server::Answer::Whole(chunked.clone().into_bytes()),
            with_headers(400, &echo, &format!(r#"{{"msg":"{KEY} {SENT}"}}"#)),
        ]
    }));
    let client = set_up(blocking::Client::builder(), &server).build().unwrap();
    for _ in 0..2 {
        assert_eq!(create(&client).send().unwrap()["secret"], RETURNED);
    }
    create(&client).send().unwrap_err();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(async {
        let client = set_up(Client::builder(), &server).build().unwrap();
        for _ in 0..2 {
            assert_eq!(create(&client).await.unwrap()["secret"], RETURNED);
        }
        create(&client).await.unwrap_err();
    });
    assert!(server.requests().iter().all(|request| request.body.contains(SENT)));

    let lines = LINES.lock().unwrap().clone();
    assert!(lines.iter().any(|line| line.contains("ThingsCreate")), "{lines:#?}");
    let lines: Vec<_> = lines.iter().map(|line| line.to_lowercase()).collect();
    for secret in [KEY, SENT, RETURNED] {
        assert_eq!(leak(&lines, secret), None);
    }
}

#[test]
fn dumps_are_recognized() {
    for dump in [
        "ureq_proto::util 204b 3359 5f73 3363 7233 745f 3031 3233  .k3y_s3cr3t_0123",
        "4b 33 59 5f 73",
        "bytes [75, 51, 89, 95, 115]",
        "sent bearer k3y_s3cr3t_0",
    ] {
        assert_eq!(leak(&[dump.to_owned()], KEY), Some(dump.to_owned()));
    }
}
