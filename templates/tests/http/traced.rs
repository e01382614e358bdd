//! Spans and events: one span for each call, with the names of OpenTelemetry, and no
//! secret in any of them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::with_default;
use tracing::{Event, Metadata, Subscriber};

use crate::server::{Server, json, with_headers};
use crate::worlds::{World, in_both_worlds};
use crate::{KEY, builder, create, get};

in_both_worlds! {
    a_call_is_a_span
    a_failure_is_told
    a_call_that_is_not_sent_has_no_span
}

type Fields = BTreeMap<String, String>;

/// Notes all spans and events of this crate.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<(Vec<Fields>, Vec<Fields>)>>);

impl Notes {
    fn spans(&self) -> Vec<Fields> {
        self.0.lock().unwrap().0.clone()
    }

    fn events(&self) -> Vec<Fields> {
        self.0.lock().unwrap().1.clone()
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "ngrok_client"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Read::default();
        span.record(&mut fields);
        let spans = &mut self.0.lock().unwrap().0;
        spans.push(fields.0);
        Id::from_u64(u64::try_from(spans.len()).unwrap())
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut fields = Read::default();
        values.record(&mut fields);
        let index = usize::try_from(span.into_u64() - 1).unwrap();
        self.0.lock().unwrap().0[index].append(&mut fields.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Read::default();
        event.record(&mut fields);
        fields.0.insert("in".to_owned(), format!("{:?}", event.parent().is_some()));
        self.0.lock().unwrap().1.push(fields.0);
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}
    fn enter(&self, _span: &Id) {}
    fn exit(&self, _span: &Id) {}
}

#[derive(Default)]
struct Read(Fields);

impl Visit for Read {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

fn a_call_is_a_span<W: World>() {
    let server = Server::new([
        with_headers(429, &[("retry-after", "0")], "{}"),
        with_headers(200, &[("example-operation-id", "op_1")], "{}"),
    ]);
    let client = builder::<W>(&server).build().unwrap();
    let notes = Notes::default();
    let call = get(&client).query("with", "s3cret").header("x-with", "s3cret");
    with_default(notes.clone(), || W::send(call)).unwrap();

    let [span] = &notes.spans()[..] else { panic!("{:?}", notes.spans()) };
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    for (name, value) in [
        ("otel.name", "GET /things/{id}"),
        ("otel.kind", "client"),
        ("http.request.method", "GET"),
        ("url.template", "/things/{id}"),
        ("server.address", "127.0.0.1"),
        ("server.port", &port),
        ("api.operation", "ThingsGet"),
        ("api.resource_id", "t_1"),
        ("api.operation_id", "op_1"),
        ("http.response.status_code", "200"),
        ("http.request.resend_count", "1"),
    ] {
        assert_eq!(span.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert_eq!(span.get("error.type"), None);
    let events = notes.events();
    let waits: Vec<_> = events.iter().filter(|it| it.contains_key("wait")).collect();
    assert_eq!((events.len(), waits.len()), (3, 1), "{events:?}");
    assert_eq!(waits[0]["error.type"], "429");
    assert!(events.iter().all(|event| event["in"] == "true"), "{events:?}");
    let all = format!("{:?} {events:?}", notes.spans());
    assert!(!all.contains("s3cret") && !all.contains(KEY), "{all}");
}

fn a_failure_is_told<W: World>() {
    let said = r#"{"error_code":"ERR_EXAMPLE_1401","status_code":400,"msg":"no"}"#;
    let server = Server::new([json(400, said), crate::server::Answer::Slam]);
    let client = builder::<W>(&server).max_retries(0).build().unwrap();
    let notes = Notes::default();
    with_default(notes.clone(), || {
        W::send(create(&client)).unwrap_err();
        W::send(create(&client)).unwrap_err();
    });
    let spans = notes.spans();
    assert_eq!(spans[0]["otel.status_code"], "ERROR");
    assert_eq!(spans[0]["error.type"], "400");
    assert_eq!(spans[0]["api.error_code"], "ERR_EXAMPLE_1401");
    assert_eq!(spans[1]["error.type"], "connection");
    assert_eq!(spans[1].get("http.response.status_code"), None);
    assert_eq!(spans.len(), 2);
}

fn a_call_that_is_not_sent_has_no_span<W: World>() {
    let server = Server::new([]);
    let client = builder::<W>(&server).build().unwrap();
    let notes = Notes::default();
    let call = ngrok_client_runtime::Call::get(&client, "ThingsGet", "/things/{id}");
    let call: ngrok_client_runtime::Call<(), _> = call.param("id", "..");
    with_default(notes.clone(), || W::send(call)).unwrap_err();
    assert_eq!(notes.spans().len(), 0);
}
