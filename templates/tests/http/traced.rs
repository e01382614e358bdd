//! Spans and events: one span for each call, with the names of OpenTelemetry, and no secret in any of them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use ngrok_client_runtime::Quota;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::with_default;
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Server, json, with_headers};
use crate::{KEY, builder, create, get, list};

in_both_clients! {
    a_call_is_a_span
    a_failure_is_recorded
    an_unsent_call_has_no_span
    a_decoding_error_is_recorded
    a_span_ends_with_its_response
    a_wait_for_a_permit_is_recorded
    a_prefetch_has_a_span_below_that_of_the_caller
}

type Fields = BTreeMap<String, String>;

/// Longer than any test waits.
const LONG: Duration = Duration::from_secs(3600);

/// Records all spans and events of this crate, and the ends of spans.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Seen>>);

#[derive(Default)]
struct Seen {
    spans: Vec<Fields>,
    events: Vec<Fields>,
    metadata: Vec<&'static Metadata<'static>>,
    /// Number of handles of each span.
    handles: Vec<usize>,
}

thread_local! {
    /// The spans that this thread has entered.
    static INSIDE: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

impl Notes {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap()
    }

    fn spans(&self) -> Vec<Fields> {
        self.seen().spans.clone()
    }

    fn events(&self) -> Vec<Fields> {
        self.seen().events.clone()
    }

    /// Returns the number of open spans.
    fn open(&self) -> usize {
        self.seen().handles.iter().filter(|handles| **handles > 0).count()
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "ngrok_client_core"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Read::default();
        span.record(&mut fields);
        let inside = INSIDE.with_borrow(|inside| inside.last().copied());
        fields.0.extend(inside.map(|id| ("in".to_owned(), id.to_string())));
        let mut seen = self.seen();
        seen.metadata.push(span.metadata());
        seen.spans.push(fields.0);
        seen.handles.push(1);
        Id::from_u64(u64::try_from(seen.spans.len()).unwrap())
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut fields = Read::default();
        values.record(&mut fields);
        self.seen().spans[index(span)].append(&mut fields.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Read::default();
        event.record(&mut fields);
        fields.0.insert("in".to_owned(), format!("{:?}", event.parent().is_some()));
        self.seen().events.push(fields.0);
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn enter(&self, span: &Id) {
        INSIDE.with_borrow_mut(|inside| inside.push(span.into_u64()));
    }

    fn exit(&self, _span: &Id) {
        INSIDE.with_borrow_mut(Vec::pop);
    }

    fn current_span(&self) -> Current {
        let inside = INSIDE.with_borrow(|inside| inside.last().copied());
        let seen = self.seen();
        inside.map_or_else(Current::none, |id| {
            Current::new(Id::from_u64(id), seen.metadata[index(&Id::from_u64(id))])
        })
    }

    fn clone_span(&self, span: &Id) -> Id {
        self.seen().handles[index(span)] += 1;
        span.clone()
    }

    fn try_close(&self, span: Id) -> bool {
        let handles = &mut self.seen().handles[index(&span)];
        *handles -= 1;
        *handles == 0
    }
}

fn index(span: &Id) -> usize {
    usize::try_from(span.into_u64() - 1).unwrap()
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

fn a_call_is_a_span<W: TestClient>() {
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
        ("url.full", &format!("{}/things/t_1?with=REDACTED", server.url())),
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

fn a_failure_is_recorded<W: TestClient>() {
    let said = r#"{"error_code":"ERR_EXAMPLE_1401","status_code":400,"msg":"no"}"#;
    let server = Server::new([json(400, said), crate::server::Reaction::Slam]);
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

fn an_unsent_call_has_no_span<W: TestClient>() {
    let server = Server::new([]);
    let client = builder::<W>(&server).build().unwrap();
    let notes = Notes::default();
    let call = ngrok_client_runtime::Call::get(&client, "ThingsGet", "/things/{id}");
    let call: ngrok_client_runtime::Call<(), _> = call.param("id", "..");
    with_default(notes.clone(), || W::send(call)).unwrap_err();
    assert_eq!(notes.spans().len(), 0);
}

fn a_decoding_error_is_recorded<W: TestClient>() {
    let server = Server::new([
        json(200, r#"{"secret":"s3cret"#),
        json(200, ""),
        json(200, r#"{"things":["s3cret",nul"#),
    ]);
    let client = builder::<W>(&server).build().unwrap();
    let notes = Notes::default();
    with_default(notes.clone(), || {
        W::send(get(&client)).unwrap_err();
        W::send_with_meta(get(&client)).unwrap_err();
        W::next_item(&mut list(&client).items()).unwrap().unwrap_err();
    });
    let spans = notes.spans();
    assert_eq!(spans.len(), 3);
    for span in &spans {
        assert_eq!(span["http.response.status_code"], "200");
        assert_eq!(span["error.type"], "decode");
        assert_eq!(span["otel.status_code"], "ERROR");
    }
    assert!(!format!("{spans:?} {:?}", notes.events()).contains("s3cret"));
}

fn a_span_ends_with_its_response<W: TestClient>() {
    let server = Server::new([json(200, "{}"), json(500, "")]);
    let client = builder::<W>(&server).build().unwrap();
    let notes = Notes::default();
    with_default(notes.clone(), || {
        let response = W::send_with_meta(get(&client)).unwrap();
        assert_eq!((notes.spans().len(), notes.open()), (1, 0));
        let error = W::send(get(&client)).unwrap_err();
        assert_eq!((notes.spans().len(), notes.open()), (2, 0));
        drop((response, error));
    });
}

fn a_wait_for_a_permit_is_recorded<W: TestClient>() {
    let server = Server::new(vec![json(200, "{}"); 2]);
    let quota = Quota::new(1, Duration::from_millis(100)).max_wait(LONG);
    let client = builder::<W>(&server).quota(&quota).build().unwrap();
    let notes = Notes::default();
    with_default(notes.clone(), || {
        W::send(get(&client)).unwrap();
        assert!(notes.events().iter().all(|event| !event.contains_key("wait")));
        W::send(get(&client)).unwrap();
    });
    let events = notes.events();
    let waits: Vec<_> = events.iter().filter(|it| it.contains_key("wait")).collect();
    assert_eq!((waits.len(), &*waits[0]["in"]), (1, "true"));
    assert!(waits[0]["wait"].parse::<f64>().unwrap() <= 0.1, "{waits:?}");

    let quota = Quota::new(1, LONG).max_wait(Duration::ZERO);
    let client = builder::<W>(&server).quota(&quota).build().unwrap();
    server.then(json(200, "{}"));
    with_default(notes.clone(), || {
        W::send(get(&client)).unwrap();
        W::send(get(&client)).unwrap_err();
    });
    assert_eq!(notes.spans()[3]["error.type"], "quota");
}

fn a_prefetch_has_a_span_below_that_of_the_caller<W: TestClient>() {
    let server = Server::new([
        json(200, r#"{"things":[1],"next_page_uri":"/things?p=2"}"#),
        json(200, r#"{"things":[2]}"#),
    ]);
    let client = builder::<W>(&server).build().unwrap();
    let notes = Notes::default();
    let walk = || {
        let mut items = list(&client).items().prefetch();
        while let Some(item) = W::next_item(&mut items) {
            item.unwrap();
        }
    };
    with_default(notes.clone(), || {
        tracing::info_span!(target: "ngrok_client_core", "walk").in_scope(walk);
    });
    let spans = notes.spans();
    assert_eq!(spans.len(), 3, "{spans:?}");
    for span in &spans[1..] {
        assert_eq!(span["api.operation"], "ThingsList");
        assert_eq!(span["in"], "1", "the span of the walk");
    }
    assert_eq!(notes.open(), 0);
}
