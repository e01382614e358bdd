//! Observers: each attempt is observed, without secrets.

use std::error::Error;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use ngrok_client_runtime::{ErrorKind, Event};
use serde_json::json;

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Reaction, Server, json as reaction, with_headers};
use crate::{KEY, builder, create, get};

in_both_clients! {
    each_attempt_is_observed
    observed_events_contain_bodies_but_not_the_key
    the_key_can_change_between_attempts
    a_failing_key_provider_is_reported
    a_key_that_is_rejected_twice_is_not_retried
}

fn each_attempt_is_observed<W: TestClient>() {
    let server = Server::new([
        with_headers(503, &[("example-operation-id", "op_1")], "busy"),
        Reaction::Slam,
        reaction(200, "{}"),
    ]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    let client = builder::<W>(&server).on_exchange(move |event: &Event<'_>| {
        let status = event.response().map(|response| response.status().as_u16());
        notes.lock().unwrap().push((
            event.operation(),
            event.attempt(),
            status,
            event.operation_id().map(str::to_owned),
            event.error().is_some(),
            event.retry_in().is_some(),
            format!("{} {} {:?}", event.method(), event.template(), event.resource_id()),
        ));
    });
    W::send(get(&client.build().unwrap())).unwrap();
    let what = || "GET /things/{id} Some(\"t_1\")".to_owned();
    let id = Some("op_1".to_owned());
    assert_eq!(
        *seen.lock().unwrap(),
        [
            ("ThingsGet", 1, Some(503), id, false, true, what()),
            ("ThingsGet", 2, None, None, true, true, what()),
            ("ThingsGet", 3, Some(200), None, false, false, what()),
        ]
    );
}

fn observed_events_contain_bodies_but_not_the_key<W: TestClient>() {
    let server = Server::new([reaction(201, r#"{"secret":"s3cret"}"#)]);
    let seen = Arc::new(Mutex::new(String::new()));
    let notes = Arc::clone(&seen);
    let client = builder::<W>(&server).on_exchange(move |event: &Event<'_>| {
        let request = event.request();
        assert_eq!(request.body(), br#"{"secret":"s3cret/1"}"#);
        assert_eq!(request.headers()["authorization"], "[redacted]");
        assert_eq!(event.response().unwrap().body(), br#"{"secret":"s3cret"}"#);
        assert_eq!(event.resource_id(), None);
        assert_eq!(event.uri().path(), "/things");
        *notes.lock().unwrap() = format!("{event:?} {event:#?}");
    });
    let client = client.build().unwrap();
    W::send(create(&client).body(&json!({ "secret": "s3cret/1" }))).unwrap();
    let printed = seen.lock().unwrap();
    assert!(printed.contains("ThingsCreate") && printed.contains("201"), "{printed}");
    assert!(!printed.contains("s3cret") && !printed.contains(KEY), "{printed}");
}

fn the_key_can_change_between_attempts<W: TestClient>() {
    let server =
        Server::new([reaction(200, "{}"), reaction(401, "{}"), reaction(201, "{}")]);
    let keys = Mutex::new(vec!["key-3", "key-3", "key-2", "key-1"]);
    let next = move || keys.lock().unwrap().pop().map(str::to_owned).ok_or("no more");
    let client =
        builder::<W>(&server).max_retries(0).api_key_from(next).build().unwrap();
    assert_eq!(get(&client).request().unwrap().headers()["authorization"], "[redacted]");
    W::send(get(&client)).unwrap();
    W::send(create(&client)).unwrap();
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(sent, ["Bearer key-1", "Bearer key-2", "Bearer key-3"]);
}

fn a_failing_key_provider_is_reported<W: TestClient>() {
    let server = Server::new([reaction(200, "{}")]);
    let keys = Mutex::new(vec![Ok(KEY), Ok("two words"), Err("the vault is shut")]);
    let next = move || keys.lock().unwrap().pop().unwrap().map(str::to_owned);
    let client = builder::<W>(&server).api_key_from(next).build().unwrap();
    let error = W::send(get(&client)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.to_string(), "ThingsGet: there is no example API key");
    assert_eq!(error.source().unwrap().to_string(), "the vault is shut");
    let error = W::send(get(&client)).unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("a character that no key has"), "{text}");
    assert!(!text.contains("two words"), "{text}");
    assert_eq!(server.connections(), 0);
    W::send(get(&client)).unwrap();
}

fn a_key_that_is_rejected_twice_is_not_retried<W: TestClient>() {
    let server =
        Server::new([reaction(401, "{}"), reaction(401, "{}"), reaction(200, "{}")]);
    let number = AtomicU32::new(0);
    let next = move || {
        let number = number.fetch_add(1, Ordering::SeqCst);
        Ok::<_, String>(format!("key-{number}"))
    };
    let client = builder::<W>(&server).api_key_from(next).build().unwrap();
    let error = W::send(get(&client)).unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 2));
    assert_eq!(server.left(), 1);
}
