//! Retries and their number.

use std::net::TcpListener;
use std::time::Duration;

use ngrok_client_runtime::{Call, ErrorKind};
use serde_json::Value;

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Reaction, Server, head, json, with_headers};
use crate::{builder, client, create, get};

in_both_clients! {
    transient_errors_are_retried
    retries_are_bounded_and_counted
    a_call_has_its_own_number_of_retries
    a_post_is_not_retried_after_it_arrived
    a_post_is_retried_when_it_was_rejected
    a_post_is_retried_when_the_connection_fails
    a_post_is_retried_when_the_tls_handshake_fails
    a_broken_connection_is_retried
    a_stall_is_a_timeout_and_is_retried
    a_stall_in_the_body_is_a_timeout
    a_wait_beyond_the_limit_is_not_started
}

fn transient_errors_are_retried<W: TestClient>() {
    let reactions =
        [json(429, ""), json(502, "<html>"), json(503, ""), json(200, "{\"id\":1}")];
    let server = Server::new(reactions);
    let thing = W::send(get(&client::<W>(&server))).unwrap();
    assert_eq!(thing["id"], 1);
    assert_eq!(server.requests().len(), 4);
}

fn retries_are_bounded_and_counted<W: TestClient>() {
    let server = Server::new(vec![json(504, ""); 9]);
    let error = W::send(get(&client::<W>(&server))).unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (4, 4));
    assert!(error.to_string().ends_with("(after 4 attempts)"), "{error}");
    let few = builder::<W>(&server).max_retries(1).build().unwrap();
    assert_eq!(W::send(get(&few)).unwrap_err().attempts(), 2);
    assert_eq!(server.requests().len(), 6);
}

fn a_call_has_its_own_number_of_retries<W: TestClient>() {
    let server = Server::new(vec![json(503, ""); 9]);
    let client = client::<W>(&server);
    for (retries, requests) in [(0, 1), (2, 4)] {
        assert!(W::send(get(&client).retries(retries)).is_err());
        assert_eq!(server.requests().len(), requests);
    }
}

fn a_post_is_not_retried_after_it_arrived<W: TestClient>() {
    let reactions = [
        json(503, ""),
        Reaction::Cut(Vec::new()),
        Reaction::Cut(head(201, &[], 100).into_bytes()),
    ];
    let server = Server::new(reactions);
    let client = client::<W>(&server);
    for kind in [ErrorKind::Api, ErrorKind::Connection, ErrorKind::Connection] {
        let error = W::send(create(&client)).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (kind, 1), "{error:?}");
        assert!(!error.is_connect());
    }
    assert_eq!(server.requests().len(), 3);
}

fn a_post_is_retried_when_it_was_rejected<W: TestClient>() {
    let now = [("retry-after", "0")];
    let server =
        Server::new([with_headers(429, &now, ""), json(429, ""), json(201, "{}")]);
    W::send(create(&client::<W>(&server))).unwrap();
    let bodies: Vec<_> =
        server.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, [r#"{"name":"x"}"#; 3]);
}

fn a_post_is_retried_when_the_connection_fails<W: TestClient>() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = Server::new([]);
    let client =
        builder::<W>(&server).base_url(format!("http://{closed}")).build().unwrap();
    let empty = Call::<Value, _>::post(&client, "ThingsCreate", "/things");
    for call in [create(&client), empty, get(&client)] {
        let error = W::send(call).unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Connection, 4),
            "{error:?}"
        );
        assert!(error.is_connect() && error.is_retryable() && !error.is_timeout());
        let line = error.to_string().to_lowercase();
        assert!(
            line.contains("cannot connect to 127.0.0.1:") && line.contains("refused"),
            "{line}"
        );
    }
}

fn a_post_is_retried_when_the_tls_handshake_fails<W: TestClient>() {
    // Closed during the handshake; then a server that never responds to it.
    let cases = [(Reaction::Slam, false), (Reaction::Silence, true)];
    for (reaction, times_out) in cases {
        let server = Server::new(vec![reaction; 2]);
        let client = builder::<W>(&server)
            .base_url(server.url().replace("http:", "https:"))
            .connect_timeout(Duration::from_millis(300))
            .max_retries(1);
        if !cfg!(any(feature = "webpki-roots", feature = "native-roots")) {
            assert!(client.build().unwrap_err().to_string().contains("feature"));
            continue;
        }
        let error = W::send(create(&client.build().unwrap())).unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert_eq!((error.is_timeout(), error.attempts()), (times_out, 2), "{error:?}");
        assert_eq!(server.connections(), 2);
    }
}

fn a_broken_connection_is_retried<W: TestClient>() {
    let reactions = [
        Reaction::Slam,
        Reaction::Cut(Vec::new()),
        Reaction::Cut(format!("{}{{\"id\"", head(200, &[], 9)).into_bytes()),
        json(200, "{\"id\":\"t\"}"),
    ];
    let server = Server::new(reactions);
    let client = builder::<W>(&server).max_retries(9).build().unwrap();
    assert_eq!(W::send(get(&client)).unwrap()["id"], "t");
    assert_eq!(server.left(), 0);
}

fn a_stall_is_a_timeout_and_is_retried<W: TestClient>() {
    let server = Server::new([Reaction::Stall(Vec::new()), json(200, "{}")]);
    let client =
        builder::<W>(&server).timeout(Duration::from_millis(200)).build().unwrap();
    W::send(get(&client)).unwrap();

    let server = Server::new([Reaction::Stall(Vec::new())]);
    let error = W::send(
        create(&crate::client::<W>(&server)).timeout(Duration::from_millis(200)),
    );
    let error = error.unwrap_err();
    assert!(error.is_timeout() && !error.is_connect() && !error.is_retryable());
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().contains("may have processed the call"), "{error}");
}

fn a_stall_in_the_body_is_a_timeout<W: TestClient>() {
    let stall = |status| {
        Reaction::Stall(format!("{}{{\"msg\":", head(status, &[], 99)).into_bytes())
    };
    let server = Server::new([stall(200), stall(400)]);
    let client = client::<W>(&server);
    let call = || get(&client).timeout(Duration::from_millis(200)).retries(0);
    let error = W::send(call()).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    let error = W::send(call()).unwrap_err();
    assert_eq!((error.kind(), error.body()), (ErrorKind::Api, Some("{\"msg\":")));
}

fn a_wait_beyond_the_limit_is_not_started<W: TestClient>() {
    let server = Server::new([with_headers(429, &[("retry-after", "86400")], "")]);
    let error = W::send(get(&client::<W>(&server))).unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.attempts(), 1);
}
