//! Requests sent by calls, and their results.

use ngrok_client_runtime::{Call, ErrorKind};
use serde_json::Value;

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Server, json, with_headers};
use crate::{ACCEPTED, KEY, builder, client, create, get};

in_both_clients! {
    a_request_arrives_unchanged
    a_call_without_a_body_sends_none
    a_post_without_a_body_has_length_zero
    an_empty_response_is_unit
    metadata_is_returned
    a_request_can_be_inspected
    a_rejected_argument_sends_nothing
    headers_and_product_are_sent
    a_base_url_with_a_path_works
    debug_shows_no_secret
}

fn a_request_arrives_unchanged<W: TestClient>() {
    let server = Server::new([json(201, r#"{"id":"t_1"}"#)]);
    let thing = W::send(create(&client::<W>(&server))).unwrap();
    assert_eq!(thing["id"], "t_1");
    let request = &server.requests()[0];
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/things"));
    assert_eq!(request.body, r#"{"name":"x"}"#);
    let expected = [
        ("authorization", format!("Bearer {KEY}")),
        ("example-version", "2".to_owned()),
        ("content-type", "application/json".to_owned()),
        ("content-length", "12".to_owned()),
        ("accept", "application/json".to_owned()),
        (
            "user-agent",
            concat!("ngrok-client-runtime/", env!("CARGO_PKG_VERSION")).to_owned(),
        ),
        ("accept-encoding", ACCEPTED.to_owned()),
        ("host", server.url().replace("http://", "")),
    ];
    for (name, value) in &expected {
        assert_eq!(request.header(name), Some(value.as_str()), "{name}");
    }
    assert_eq!(request.headers.len(), expected.len(), "{:?}", request.headers);
}

fn a_call_without_a_body_sends_none<W: TestClient>() {
    let server = Server::new([json(200, "{}"), json(204, "")]);
    let client = client::<W>(&server);
    W::send(get(&client).query("a b", "c&d")).unwrap();
    W::send(Call::<(), _>::delete(&client, "ThingsDelete", "/things/t_1")).unwrap();
    for request in server.requests() {
        assert_eq!(request.header("content-type"), None);
        assert_eq!(request.header("transfer-encoding"), None);
        assert!(matches!(request.header("content-length"), None | Some("0")));
    }
    assert_eq!(server.targets(), ["/things/t_1?a%20b=c%26d", "/things/t_1"]);
}

fn a_post_without_a_body_has_length_zero<W: TestClient>() {
    let server = Server::new([json(204, ""), json(204, "")]);
    let client = client::<W>(&server);
    W::send(Call::<(), _>::post(&client, "ThingsStop", "/things/t_1/stop")).unwrap();
    W::send(Call::<(), _>::post(&client, "ThingsStop", "/things/t_1/stop").empty_body())
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("content-length"), Some("0"));
    assert_eq!(
        (requests[1].header("content-length"), requests[1].body.as_str()),
        (Some("2"), "{}")
    );
}

fn an_empty_response_is_unit<W: TestClient>() {
    let reactions = [
        with_headers(204, &[], ""),
        crate::server::Reaction::Whole(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        json(200, ""),
        json(200, r#"{"id":"t_1"}"#),
    ];
    let server = Server::new(reactions);
    let client = client::<W>(&server);
    for _ in 0..4 {
        W::send(Call::<(), _>::delete(&client, "ThingsDelete", "/things/t_1")).unwrap();
    }
    assert_eq!(server.left(), 0);
}

fn metadata_is_returned<W: TestClient>() {
    let headers = [("Example-Operation-Id", "op_1"), ("x-limit", "120")];
    let server =
        Server::new([json(503, ""), with_headers(200, &headers, "{\"id\":\"t_1\"}")]);
    let response = W::send_with_meta(get(&client::<W>(&server))).unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.operation_id(), Some("op_1"));
    assert_eq!(response.headers()["x-limit"], "120");
    assert_eq!(response.attempts(), 2);
    assert_eq!(response.value()["id"], "t_1");
    let id = response.clone().map(|thing| thing["id"].clone());
    assert_eq!((id.operation_id(), id.value()), (Some("op_1"), &"t_1".into()));
    assert_eq!(response.into_value()["id"], "t_1");
}

fn a_request_can_be_inspected<W: TestClient>() {
    let server = Server::new([]);
    let call = create(&client::<W>(&server)).header("x-trace", "1");
    let request = call.request().unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri().to_string(), format!("{}/things", server.url()));
    assert_eq!(request.body(), br#"{"name":"x"}"#);
    assert_eq!(request.headers()["x-trace"], "1");
    assert_eq!(request.headers()["authorization"], "[redacted]");
    assert!(!format!("{request:?}").contains(KEY));
    assert_eq!(server.connections(), 0);
}

fn a_rejected_argument_sends_nothing<W: TestClient>() {
    let server = Server::new([]);
    let client = client::<W>(&server);
    for id in ["", ".", ".."] {
        let call =
            Call::<Value, _>::get(&client, "ThingsGet", "/things/{id}").param("id", id);
        assert_eq!(call.request().unwrap_err().kind(), ErrorKind::InvalidRequest);
        let error = W::send(call).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains("`id`"), "{error}");
        assert_eq!(error.attempts(), 0);
    }
    assert_eq!(server.connections(), 0);
}

fn headers_and_product_are_sent<W: TestClient>() {
    let server = Server::new([json(200, "{}")]);
    let client = builder::<W>(&server)
        .user_agent("tool/1")
        .header("x-team", "a")
        .build()
        .unwrap();
    W::send(get(&client).header("x-trace", "7")).unwrap();
    let request = &server.requests()[0];
    assert!(
        request
            .header("user-agent")
            .unwrap()
            .starts_with("tool/1 ngrok-client-runtime/")
    );
    assert_eq!(
        (request.header("x-team"), request.header("x-trace")),
        (Some("a"), Some("7"))
    );
}

fn a_base_url_with_a_path_works<W: TestClient>() {
    let server = Server::new([json(200, "{}")]);
    let base = format!("{}/gate/", server.url());
    let client = W::builder().api_key(KEY).base_url(base).build().unwrap();
    W::send(get(&client)).unwrap();
    assert_eq!(server.targets(), ["/gate/things/t_1"]);
}

fn debug_shows_no_secret<W: TestClient>() {
    let server = Server::new([]);
    let client = client::<W>(&server);
    let call = create(&client).query("token", "hidden").header("x-token", "hidden");
    let items = crate::list(&client).items();
    let shown = format!("{client:?} {call:?} {items:?} {:?}", builder::<W>(&server));
    assert!(shown.contains(&server.url()), "{shown}");
    for secret in [KEY, "hidden", "name"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
