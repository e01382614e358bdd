//! Test transports: responses and requests of a script, contents of a recording.

use std::time::Duration;

use ngrok_client_runtime::testing::{Fault, Recorder, Recording, Script, record};
use ngrok_client_runtime::{Builder, ErrorKind, RetryPolicy};
use serde_json::json;

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Server, json as reaction};
use crate::{KEY, create, get, list};

in_both_clients! {
    a_script_responds_in_order_and_by_path
    a_script_records_requests
    a_script_skips_and_records_waits
    a_request_beyond_the_script_is_an_error
    a_script_serves_pages
    a_recording_can_be_replayed
    a_browsers_recording_can_be_replayed
    a_recording_has_no_secrets
    a_recording_of_compressed_responses_has_no_secrets
}

/// A client with test transports.
trait Doubles: TestClient {
    fn scripted(script: &Script) -> Builder<Self::Client>;
    fn recorded(server: &Server) -> (Builder<Self::Client>, Box<dyn Fn() -> Recording>);
}

#[cfg(feature = "hyper")]
impl Doubles for crate::clients::Async {
    fn scripted(script: &Script) -> Builder<Self::Client> {
        Self::builder().api_key(KEY).transport(script.clone())
    }

    fn recorded(server: &Server) -> (Builder<Self::Client>, Box<dyn Fn() -> Recording>) {
        let limits = ngrok_client_runtime::Limits::default();
        let recorder = record(ngrok_client_runtime::HttpTransport::new(limits).unwrap());
        let builder = crate::builder::<Self>(server).transport(recorder.clone());
        (builder, Box::new(move || Recorder::recording(&recorder)))
    }
}

#[cfg(feature = "blocking")]
impl Doubles for crate::clients::Blocking {
    fn scripted(script: &Script) -> Builder<Self::Client> {
        Self::builder().api_key(KEY).transport(script.clone())
    }

    fn recorded(server: &Server) -> (Builder<Self::Client>, Box<dyn Fn() -> Recording>) {
        let limits = ngrok_client_runtime::Limits::default();
        let recorder =
            record(ngrok_client_runtime::blocking::HttpTransport::new(limits));
        let builder = crate::builder::<Self>(server).transport(recorder.clone());
        (builder, Box::new(move || Recorder::recording(&recorder)))
    }
}

fn a_script_responds_in_order_and_by_path<W: Doubles>() {
    let script = Script::new()
        .on("GET", "/things/{id}")
        .reply(200, json!({ "turn": 1 }))
        .on("GET", "/things/{id}")
        .reply(404, json!({ "msg": "gone" }))
        .times(2)
        .on("POST", "/things")
        .reply(201, json!({ "id": "t_2" }))
        .always();
    let client = W::scripted(&script).build().unwrap();
    assert_eq!(script.left(), 3);
    assert_eq!(W::send(create(&client)).unwrap(), json!({ "id": "t_2" }));
    assert_eq!(W::send(get(&client)).unwrap(), json!({ "turn": 1 }));
    for _ in 0..2 {
        assert!(W::send(get(&client)).unwrap_err().is_not_found());
    }
    assert_eq!(W::send(create(&client)).unwrap(), json!({ "id": "t_2" }));
    assert_eq!(script.left(), 0);
}

fn a_script_records_requests<W: Doubles>() {
    let script = Script::new().reply(200, json!({})).always();
    let client = W::scripted(&script).build().unwrap();
    W::send(get(&client).query("q", "a b&c=ü%")).unwrap();
    W::send(create(&client).header("x-own", "mine")).unwrap();
    let asked = script.requests();
    assert_eq!(asked[0].method(), "GET");
    assert_eq!(asked[0].path(), "/things/t_1");
    assert_eq!(asked[0].query("q").unwrap(), "a b&c=ü%");
    assert_eq!(asked[0].query("other"), None);
    assert_eq!(asked[0].uri().host(), Some("api.example.com"));
    assert_eq!(asked[0].json(), json!(null));
    assert_eq!(asked[1].to_string(), "POST /things");
    assert_eq!(asked[1].json(), json!({ "name": "x" }));
    assert_eq!(asked[1].header("content-type"), Some("application/json"));
    assert_eq!(asked[1].header("x-own"), Some("mine"));
    assert_eq!(asked[1].header("authorization"), Some("[redacted]"));
    assert!(!format!("{script:?} {asked:?}").contains(KEY));
}

fn a_script_skips_and_records_waits<W: Doubles>() {
    let limited = http::Response::builder().status(429).header("retry-after", "30");
    let script = Script::new()
        .respond(limited.body(Vec::new()).unwrap())
        .fail(Fault::Connect)
        .fail(Fault::Broken)
        .reply(200, json!({}));
    let exact = RetryPolicy::new().base_wait(Duration::ZERO);
    let client = W::scripted(&script).retry_policy(exact).build().unwrap();
    W::send(get(&client)).unwrap();
    assert_eq!(
        script.waits(),
        [Duration::from_secs(30), Duration::ZERO, Duration::ZERO]
    );
    let script = Script::new().fail(Fault::Timeout).always();
    let client = W::scripted(&script).build().unwrap();
    assert_eq!(W::send(get(&client)).unwrap_err().kind(), ErrorKind::Timeout);
    assert_eq!(script.requests().len(), 4);
}

fn a_request_beyond_the_script_is_an_error<W: Doubles>() {
    let script = Script::new()
        .on("GET", "/things")
        .reply(200, json!({}))
        .on("DELETE", "/things/{id}")
        .reply(200, json!({}))
        .on("GET", "/things/{id}?x=1")
        .reply(200, json!({}));
    let client = W::scripted(&script).build().unwrap();
    let error = W::send(get(&client)).unwrap_err().to_string();
    assert!(error.ends_with("the script has no response to GET /things/t_1"), "{error}");
    W::send(get(&client).query("x", 1)).unwrap();
    assert_eq!(script.left(), 2);
    let script = Script::new().reply(7, json!({}));
    let client = W::scripted(&script).build().unwrap();
    let error = W::send(get(&client)).unwrap_err().to_string();
    assert!(error.contains("the script is wrong"), "{error}");
}

fn a_script_serves_pages<W: Doubles>() {
    let next = "https://api.example.com/things?before_id=2";
    let script = Script::new()
        .on("GET", "/things?before_id=2")
        .reply(200, json!({ "things": [3] }))
        .on("GET", "/things")
        .reply(200, json!({ "things": [1, 2], "next_page_uri": next }));
    let client = W::scripted(&script).build().unwrap();
    let mut items = list(&client).items();
    let mut seen = Vec::new();
    while let Some(item) = W::next_item(&mut items) {
        seen.push(item.unwrap());
    }
    assert_eq!(seen, [1, 2, 3]);
}

fn a_recording_can_be_replayed<W: Doubles>() {
    let server = Server::new([
        reaction(503, "<busy>"),
        reaction(200, r#"{"id":"t_1","name":"ü\n"}"#),
        reaction(201, "{}"),
    ]);
    let (builder, recording) = W::recorded(&server);
    let client = builder.build().unwrap();
    let first = W::send(get(&client)).unwrap();
    W::send(create(&client)).unwrap();

    let har = recording().to_har();
    let read = Recording::from_har(&har).unwrap();
    assert_eq!((read.len(), read.to_har()), (3, har));
    let script = Script::replay(&read);
    let client = W::scripted(&script).build().unwrap();
    assert_eq!(W::send(create(&client)).unwrap(), json!({}));
    assert_eq!(W::send(get(&client)).unwrap(), first);
    assert_eq!((script.left(), script.waits().len()), (0, 1));
}

/// A recording saved by a browser: headers of HTTP/2, bodies in base64, and unused fields.
fn a_browsers_recording_can_be_replayed<W: Doubles>() {
    let har = include_str!("browser.har");
    let script = Script::replay(&Recording::from_har(har).unwrap());
    let client = W::scripted(&script).max_retries(0).build().unwrap();
    assert_eq!(W::send(get(&client)).unwrap(), json!({ "id": "t_1", "name": "Büro" }));
    let error = W::send(create(&client)).unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.operation_id()),
        (400, Some("op_2"))
    );
    assert_eq!(script.left(), 1, "the page that the browser showed");
}

fn a_recording_has_no_secrets<W: Doubles>() {
    // The server repeats the secrets in unexpected locations.
    let said =
        format!(r#"{{"a":[{{"secret":"s3cret/1"}}],"note":"s3cret/1 and {KEY}"}}"#);
    let server = Server::new([
        reaction(200, &said),
        reaction(500, &format!("<p>{KEY} s3cret/1")),
        crate::server::Reaction::Slam,
    ]);
    let (builder, recording) = W::recorded(&server);
    let client = builder.header("x-key", KEY).max_retries(0).build().unwrap();
    let call = || {
        let call = create(&client).query("with", "s3cret/1").query("key", KEY);
        call.body(&json!({ "secret": { "deep": ["s3cret/1", 12345] }, "id": "12345" }))
    };
    let value = W::send(call()).unwrap();
    assert!(value.to_string().contains("s3cret/1"), "what the caller gets is whole");
    W::send(call()).unwrap_err();
    W::send(call()).unwrap_err();

    let har = recording().to_har();
    assert_eq!(recording().len(), 3);
    for secret in [KEY, "s3cret", "12345"] {
        assert!(!har.contains(secret), "{har}");
    }
    assert!(har.contains("[redacted] and [redacted]"), "{har}");
    assert!(har.contains(r#""_error": "#), "{har}");
    let asked = server.requests();
    assert!(asked[0].body.contains("s3cret/1"), "what is sent is whole");
}

/// Entries of a browser's recording that cannot be replayed.
#[test]
fn odd_entries_are_skipped_and_counted() {
    let entry = |url: &str, content: serde_json::Value| {
        json!({
            "request": { "method": "GET", "url": url },
            "response": { "status": 200, "content": content },
        })
    };
    let text = json!({ "text": "{}" });
    let long = format!("https://example.com/{}", "a".repeat(70_000));
    let entries = [
        entry("https://example.com/things/t_1", text.clone()),
        entry("data:image/png;base64,iVBORw0KGgo=", text.clone()),
        entry("blob:https://example.com/1b2c", text.clone()),
        entry("chrome-extension://abc/def.js", text.clone()),
        entry(&long, text.clone()),
        entry("https://example.com/things?q=a b", text),
        entry("https://example.com/x", json!({ "text": "e30", "encoding": "base64" })),
        entry("https://example.com/y", json!({ "text": "e30=", "encoding": "base64" })),
        entry("https://example.com/z", json!({ "text": "?", "encoding": "base64" })),
        json!({}),
    ];
    let har = json!({ "log": { "entries": entries } }).to_string();
    let recording = Recording::from_har(&har).unwrap();
    assert_eq!((recording.len(), recording.skipped()), (4, 6));
    let har = recording.to_har();
    assert!(har.contains("https://example.com/things?q=a%20b"), "{har}");
}

#[test]
fn an_invalid_archive_is_reported() {
    for (text, what) in [
        ("", "EOF"),
        ("{}", "`log.entries`"),
        (r#"{"log":{"entries":[{}]}}"#, "entry 0: `request.method`"),
        (
            r#"{"log":{"entries":[{"request":{"method":"GET","url":"/x"},"response":{"status":5}}]}}"#,
            "`response.status`",
        ),
        (
            r#"{"log":{"entries":[{"request":{"method":"GET","url":"/x"},"response":{"status":200,"content":{"text":"e","encoding":"base64"}}}]}}"#,
            "base64 but is not",
        ),
        (
            r#"{"log":{"entries":[{"request":{"method":"GET","url":"/x"},"response":{"status":200,"content":{"text":"eA","encoding":"uu"}}}]}}"#,
            "encoded as \"uu\"",
        ),
    ] {
        let error = Recording::from_har(text).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
}

#[cfg(feature = "hyper")]
#[test]
fn a_script_skips_waits_for_permits_too() {
    use ngrok_client_runtime::{Client, Quota};

    use crate::clients::Async;

    let window = Duration::from_secs(3600);
    let script = Script::new().reply(200, json!({})).always();
    let recorder = record(script.clone());
    let quota = Quota::new(2, window);
    let client = Client::builder().api_key(KEY).quota(&quota).transport(recorder);
    let client = client.build().unwrap();
    for _ in 0..6 {
        Async::send(get(&client)).unwrap();
    }
    assert_eq!(script.requests().len(), 6);
    let waits = script.waits();
    // The third to the sixth, each until one before it leaves the window; a wait as short as the distance of two requests may have passed
    // by itself.
    assert!((2..=4).contains(&waits.len()), "{waits:?}");
    let passed: Duration = waits.iter().sum();
    assert!(passed > window && passed <= 2 * window, "{passed:?}");
}

#[cfg(not(feature = "gzip"))]
fn a_recording_of_compressed_responses_has_no_secrets<W: Doubles>() {}

#[cfg(feature = "gzip")]
fn a_recording_of_compressed_responses_has_no_secrets<W: Doubles>() {
    let body = crate::gzip::compressed(r#"{"name":"n","secret":"s3cret-value"}"#);
    let head = crate::server::head(200, &[("content-encoding", "gzip")], body.len());
    let server =
        Server::new([crate::server::Reaction::Whole([head.as_bytes(), &body].concat())]);
    let (builder, recording) = W::recorded(&server);
    W::send(get(&builder.build().unwrap())).unwrap();
    let har = recording().to_har();
    assert!(har.contains(r#"\"name\":\"n\""#) && !har.contains("s3cret-value"), "{har}");
}
