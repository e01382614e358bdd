//! Errors returned by servers and intermediaries.

use ngrok_client_runtime::{ErrorCode, ErrorKind};

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Reaction, Server, head, json, with_headers};
use crate::{ACCEPTED, KEY, client, create, get};

in_both_clients! {
    an_api_error_contains_the_details_of_the_response
    a_plain_404_has_no_code
    a_page_of_html_keeps_its_text
    an_empty_error_keeps_its_status
    a_truncated_error_keeps_status_and_text
    a_redirect_is_not_followed
    a_decoding_error_has_a_path
    no_http_at_all
    returned_secrets_are_redacted
    secrets_are_redacted_in_all_encodings
    errors_have_a_bounded_length
    an_encoded_body_is_reported
    a_body_that_is_nested_too_deeply_says_so
    statuses_have_predicates
    a_page_of_html_is_reported
}

fn an_api_error_contains_the_details_of_the_response<W: TestClient>() {
    let body = r#"{"error_code":"ERR_EXAMPLE_1401","status_code":400,"msg":"not empty",
        "details":{"operation_id":"op_9"}}"#;
    let server = Server::new([json(400, body)]);
    let error = W::send(create(&client::<W>(&server))).unwrap_err();
    assert!(error.is_code(ErrorCode::NOT_EMPTY));
    assert_eq!(error.operation_id(), Some("op_9"));
    assert_eq!(
        error.to_string(),
        "ThingsCreate: 400 Bad Request: ERR_EXAMPLE_1401 NotEmpty: not empty (operation op_9)"
    );
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains(KEY), "{text}");
    }
    assert_eq!(server.requests().len(), 1);
}

fn a_plain_404_has_no_code<W: TestClient>() {
    let server =
        Server::new([json(404, r#"{"status_code":404,"msg":"no","details":{}}"#)]);
    let error = W::send(get(&client::<W>(&server))).unwrap_err();
    assert!(error.is_not_found() && error.code().is_none());
    assert_eq!(server.requests().len(), 1);
}

fn a_page_of_html_keeps_its_text<W: TestClient>() {
    let page = "<html>\n<h1>502 Bad Gateway</h1></html>";
    let server =
        Server::new([with_headers(502, &[("content-type", "text/html")], page)]);
    let error = W::send(get(&client::<W>(&server)).retries(0)).unwrap_err();
    assert_eq!((error.kind(), error.body()), (ErrorKind::Api, Some(page)));
    assert_eq!(
        error.to_string(),
        "ThingsGet: 502 Bad Gateway: <html> <h1>502 Bad Gateway</h1></html>"
    );
}

fn an_empty_error_keeps_its_status<W: TestClient>() {
    let server = Server::new([json(401, ""), json(500, "")]);
    let client = client::<W>(&server);
    for status in [401, 500] {
        let error = W::send(get(&client)).unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

fn a_truncated_error_keeps_status_and_text<W: TestClient>() {
    let cut = format!("{}{{\"msg\":\"cut", head(403, &[], 500)).into_bytes();
    let chunks =
        b"HTTP/1.1 403 No\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n9\r\nxy"
            .to_vec();
    let server = Server::new([Reaction::Cut(cut), Reaction::Cut(chunks)]);
    let client = client::<W>(&server);
    for text in ["{\"msg\":\"cut", "abcde"] {
        let error = W::send(get(&client)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{error:?}");
        assert_eq!(error.status().unwrap(), 403);
        assert!(error.body().unwrap().starts_with(text), "{error:?}");
        assert!(std::error::Error::source(&error).is_some());
    }
    assert_eq!(server.requests().len(), 2);
}

fn a_redirect_is_not_followed<W: TestClient>() {
    let elsewhere = Server::new([json(200, "{}")]);
    for status in [301, 302, 303, 307, 308] {
        let to = format!("{}/stolen", elsewhere.url());
        let server = Server::new([with_headers(status, &[("location", &to)], "")]);
        let error = W::send(create(&client::<W>(&server))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.status().unwrap(), status);
        assert!(error.to_string().contains(&to), "{error}");
    }
    assert_eq!(elsewhere.connections(), 0);
}

fn a_decoding_error_has_a_path<W: TestClient>() {
    let server = Server::new([json(200, r#"{"things":[1,{"a":tru}],"x":0}"#)]);
    let error = W::send(crate::list(&client::<W>(&server)).first_page()).unwrap_err();
    assert!(error.is_decode() && !error.is_retryable());
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.json_path(), Some("$.things[1].a"));
    assert!(error.body().unwrap().contains("tru}"));
    assert_eq!(server.requests().len(), 1);
}

fn no_http_at_all<W: TestClient>() {
    let server = Server::new([Reaction::Cut(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec())]);
    let error = W::send(create(&client::<W>(&server))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(!error.is_connect(), "the server has seen it: {error:?}");
}

fn returned_secrets_are_redacted<W: TestClient>() {
    let said = format!(
        r#"{{"error_code":"s3cret/1","msg":"not \"s3cret/1\" of {KEY}","details":{{"was":"s3cret/1","id":"t_1"}}}}"#
    );
    for reaction in [
        json(400, &said),
        Reaction::Cut(
            format!("{}<p>s3cret/1 of {KEY}", head(502, &[], 500)).into_bytes(),
        ),
    ] {
        let server = Server::new([reaction]);
        let call = create(&client::<W>(&server)).retries(0);
        let call = call.body(&serde_json::json!({ "a": [{ "secret": "s3cret/1" }] }));
        let error = W::send(call).unwrap_err();
        let details: Vec<_> = error.details().collect();
        let shown = format!("{error} {error:?} {:?} {details:?}", error.body());
        assert!(shown.contains("[redacted]"), "{shown}");
        assert!(!shown.contains("s3cret") && !shown.contains(KEY), "{shown}");
        assert!(server.requests()[0].body.contains("s3cret/1"), "what is sent is whole");
    }
}

/// A server that repeats a secret everywhere and in all encodings.
fn secrets_are_redacted_in_all_encodings<W: TestClient>() {
    const SECRET: &str = "p&ss<w>rd/With+Slash=1234";
    const PEM: &str = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END KEY-----\n";
    let go =
        SECRET.replace('&', r"\u0026").replace('<', r"\u003c").replace('>', r"\u003e");
    let key = format!(r"\u{:04x}{}", KEY.as_bytes()[0], &KEY[1..]);
    let quoted = serde_json::to_string(PEM).unwrap();
    let twice = serde_json::to_string(&quoted).unwrap();
    let collapsed = PEM.split_whitespace().collect::<Vec<_>>().join(" ");
    let bodies = [
        format!(
            r#"{{"error_code":"{key}","msg":"not {go}","details":{{"{key}":"{go}"}}}}"#
        ),
        format!(
            r#"{{"msg":"not {}","details":{{"operation_id":"{key}"}}}}"#,
            SECRET.replace('/', r"\/")
        ),
        format!(r#"{{"msg":{twice}}}"#),
        format!(r#"{{"msg":"{collapsed}"}}"#),
        quoted,
        twice,
        collapsed,
    ];
    let echoes =
        [("location", KEY), ("example-operation-id", KEY), ("location", SECRET)];
    let mut reactions: Vec<_> = bodies.iter().map(|body| json(400, body)).collect();
    reactions.extend(echoes.map(|echo| with_headers(302, &[echo], "")));
    reactions.extend(echoes.map(|echo| with_headers(200, &[echo], "{")));
    reactions.push(json(200, &format!(r#"{{"{key}":{{"{go}":[}}"#)));
    for reaction in reactions {
        let server = Server::new([reaction]);
        let call = create(&client::<W>(&server)).retries(0);
        let body = serde_json::json!({ "a": [{ "secret": [SECRET, PEM] }] });
        let error = W::send(call.body(&body)).unwrap_err();
        let details: Vec<_> = error.details().collect();
        let ids = (error.raw_code(), error.operation_id(), error.json_path());
        let shown = format!(
            "{error} {error:?} {} {ids:?} {details:?} {:?}",
            error.message(),
            error.body()
        );
        for part in [&KEY[2..], "ss<w>", "rd/With", "w\\u003e", "MIIE", "AQEF"] {
            assert!(!shown.contains(part), "{part}: {shown}");
        }
    }
}

fn errors_have_a_bounded_length<W: TestClient>() {
    let (long, deep) = ("k".repeat(1_000_000), r#"{"a":"#.repeat(100_000));
    let details = format!(
        r#"{{"msg":"{long}","error_code":"{long}","details":{{"{long}":"{long}"}}}}"#
    );
    for reaction in [
        json(400, &details),
        json(400, &deep),
        json(200, &format!(r#"{{"{long}":["#)),
        json(200, &deep),
        with_headers(200, &[("example-operation-id", &long[..20_000])], "{"),
        with_headers(302, &[("location", &long[..20_000])], ""),
    ] {
        let server = Server::new([reaction]);
        let error = W::send(get(&client::<W>(&server))).unwrap_err();
        let (shown, debug) = (error.to_string(), format!("{error:?}"));
        assert!(shown.len() < 1_500, "{} {}", shown.len(), &shown[..2_000]);
        assert!(debug.len() < 4_000, "{} {}", debug.len(), &debug[..5_000]);
    }
}

fn an_encoded_body_is_reported<W: TestClient>() {
    for status in [200, 404] {
        let start = head(status, &[("content-encoding", "br")], 3);
        let server =
            Server::new([Reaction::Whole([start.as_bytes(), b"\x1f\x8b\x08"].concat())]);
        let error = W::send(get(&client::<W>(&server))).unwrap_err().to_string();
        let said = format!("encoded as br, although `{ACCEPTED}` was asked for");
        assert!(error.contains(&said), "{error}");
        assert_eq!(server.requests()[0].header("accept-encoding"), Some(ACCEPTED));
    }
}

fn a_body_that_is_nested_too_deeply_says_so<W: TestClient>() {
    let deep = json(200, &format!("{}{}", "[".repeat(200), "]".repeat(200)));
    let error = W::send(get(&client::<W>(&Server::new([deep])))).unwrap_err();
    assert!(error.is_decode() && error.json_path().is_some(), "{error:?}");
    let error = error.to_string();
    assert!(error.ends_with("it is nested more than 127 levels deep"), "{error}");
}

fn statuses_have_predicates<W: TestClient>() {
    for status in [401, 404, 409, 503] {
        let server = Server::new([json(status, "{}")]);
        let error = W::send(get(&client::<W>(&server)).retries(0)).unwrap_err();
        let found = [
            error.is_unauthorized(),
            error.is_not_found(),
            error.is_conflict(),
            error.is_server_error(),
        ];
        assert_eq!(found, [401, 404, 409, 503].map(|it| it == status), "{error}");
    }
}

fn a_page_of_html_is_reported<W: TestClient>() {
    let html =
        with_headers(200, &[("content-type", "text/html; charset=utf-8")], "<p>Log in");
    let error = W::send(get(&client::<W>(&Server::new([html])))).unwrap_err();
    assert!(error.to_string().contains("it is text/html, not JSON"), "{error}");
}
