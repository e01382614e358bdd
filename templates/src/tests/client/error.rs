//! Errors returned by the API or by intermediaries, in any form.

use std::error::Error as _;

use http::StatusCode;

use super::{exchange, response};
use crate::runtime::{Error, ErrorCode, ErrorKind};

fn api(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Error {
    exchange("ThingsGet", response(status, headers, body)).expect_err("an error")
}

#[test]
fn an_error_of_the_documented_shape() {
    let body = r#"{"error_code":"ERR_EXAMPLE_226","status_code":429,"msg":"Slow\ndown.",
        "details":{"operation_id":"op_1","limit":120}}"#;
    let error = api(429, &[("example-operation-id", "op_header")], body);
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(error.code(), Some(ErrorCode::RATE_LIMITED));
    assert_eq!(error.raw_code(), Some("ERR_EXAMPLE_226"));
    assert_eq!(error.message(), "Slow\ndown.");
    assert_eq!(error.detail("limit"), Some("120"));
    assert_eq!(error.operation_id(), Some("op_1"));
    assert_eq!(error.operation(), Some("ThingsGet"));
    assert_eq!(error.body(), Some(body));
    assert!(error.is_rate_limited() && error.is_retryable());
    assert!(
        error.is_code(ErrorCode::RATE_LIMITED) && !error.is_code(ErrorCode::NOT_EMPTY)
    );
    assert!(!error.is_not_found() && !error.is_timeout() && !error.is_decode());
    assert_eq!(
        error.to_string(),
        "ThingsGet: 429 Too Many Requests: ERR_EXAMPLE_226 RateLimited: Slow down. (operation op_1)"
    );
}

#[test]
fn an_error_without_a_code() {
    let error = api(404, &[], r#"{"status_code":404,"msg":"Not found","details":{}}"#);
    assert!(error.is_not_found() && !error.is_retryable());
    assert_eq!((error.code(), error.raw_code()), (None, None));
    assert_eq!(error.to_string(), "ThingsGet: 404 Not Found: Not found");
}

#[test]
fn a_code_without_a_message_shows_its_name_and_the_body() {
    for body in [
        r#"{"error_code":"ERR_EXAMPLE_226"}"#,
        r#"{"error_code":"ERR_EXAMPLE_226","msg":""}"#,
    ] {
        assert_eq!(
            api(429, &[], body).to_string(),
            format!(
                "ThingsGet: 429 Too Many Requests: ERR_EXAMPLE_226 RateLimited: {body}"
            )
        );
    }
    let unknown = api(400, &[], r#"{"error_code":"ERR_EXAMPLE_9"}"#).to_string();
    assert_eq!(
        unknown,
        r#"ThingsGet: 400 Bad Request: ERR_EXAMPLE_9: {"error_code":"ERR_EXAMPLE_9"}"#
    );
}

#[test]
fn a_code_of_another_form_is_kept_unchanged() {
    let error = api(400, &[], r#"{"error_code":"invalid_expression","msg":"bad"}"#);
    assert_eq!((error.code(), error.raw_code()), (None, Some("invalid_expression")));
    assert_eq!(error.to_string(), "ThingsGet: 400 Bad Request: invalid_expression: bad");
}

#[test]
fn a_code_decides_whether_a_retry_helps_where_the_status_does_not() {
    assert!(api(400, &[], r#"{"error_code":"ERR_EXAMPLE_226"}"#).is_retryable());
    assert!(!api(400, &[], r#"{"error_code":"ERR_EXAMPLE_203"}"#).is_retryable());
    for status in [429, 502, 503, 504] {
        assert!(api(status, &[], "").is_retryable(), "{status}");
    }
    assert!(!api(500, &[], "").is_retryable());
}

#[test]
fn a_body_of_any_shape_keeps_status_and_text() {
    let html = "<html>\r\n<body>\r\n<h1>502 Bad Gateway</h1></body></html>";
    let cases: [(&[u8], &str); 12] = [
        (html.as_bytes(), "<html> <body> <h1>502 Bad Gateway</h1></body></html>"),
        (b"", ""),
        (b"   ", ""),
        (b"null", "null"),
        (b"[1,2]", "[1,2]"),
        (b"\"text\"", "\"text\""),
        (br#"{"error":"other shape"}"#, r#"{"error":"other shape"}"#),
        (br#"{"msg":"cut o"#, r#"{"msg":"cut o"#),
        (br#"{"msg":null,"status_code":502}"#, r#"{"msg":null,"status_code":502}"#),
        (br#"{"msg":"","details":7}"#, r#"{"msg":"","details":7}"#),
        (b"caf\xe9", "caf\u{fffd}"),
        (b"\x00\x01\x1b[31m", "[31m"),
    ];
    for (body, line) in cases {
        let error = api(502, &[("example-operation-id", "op_2")], body);
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
        assert_eq!(error.operation_id(), Some("op_2"));
        assert_eq!(error.message(), line);
        assert_eq!(error.body(), Some(&*String::from_utf8_lossy(body)));
        let colon = if line.is_empty() { "" } else { ": " };
        let display =
            format!("ThingsGet: 502 Bad Gateway{colon}{line} (operation op_2)");
        assert_eq!(error.to_string(), display);
    }
}

#[test]
fn details_of_any_type_are_kept() {
    let body =
        r#"{"msg":"m","details":{"a":null,"b":[1],"c":{"d":true},"operation_id":""}}"#;
    let error = api(400, &[], body);
    assert_eq!(error.detail("a"), Some("null"));
    assert_eq!(error.detail("b"), Some("[1]"));
    assert_eq!(error.detail("c"), Some(r#"{"d":true}"#));
}

#[test]
fn a_line_stays_one_line() {
    let body =
        r#"{"error_code":"a\nb","msg":"c\r\nd","details":{"operation_id":"e\nf"}}"#;
    assert_eq!(
        api(400, &[], body).to_string(),
        "ThingsGet: 400 Bad Request: a b: c d (operation e f)"
    );
}

#[test]
fn long_bodies_and_messages_are_cut_at_a_character() {
    let error = api(500, &[], "ü".repeat(100_000));
    let body = error.body().unwrap();
    assert!(body.len() < 17_000 && body.ends_with("ü…"), "{}", body.len());
    assert!(error.to_string().len() < 500, "{error}");

    let message = "y".repeat(100_000);
    let error = api(500, &[], format!(r#"{{"msg":"{message}"}}"#));
    assert!(error.message().len() < 17_000 && error.message().ends_with("y…"));
    assert!(error.to_string().len() < 500, "{error}");
    assert!(format!("{error:?}").len() < 1000);
}

#[test]
fn a_redirect_contains_its_target() {
    let error = api(302, &[("location", "https://evil.example/x")], "");
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(!error.is_retryable());
    assert_eq!(
        error.to_string(),
        "ThingsGet: 302 Found: redirected to https://evil.example/x, and redirects are not followed"
    );
    assert_eq!(api(304, &[], "").to_string(), "ThingsGet: 304 Not Modified");
}

#[test]
fn a_status_without_a_name_is_shown_as_a_number() {
    assert_eq!(api(599, &[], "").to_string(), "ThingsGet: 599");
}

#[test]
fn errors_keep_their_source_and_are_send() {
    fn is<T: Send + Sync + std::error::Error + 'static>() {}
    is::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());

    let cause = std::io::Error::other("the cable");
    let error =
        Error::from(ngrok_client_core::Error::configuration("broken").caused_by(cause));
    assert_eq!(error.source().unwrap().to_string(), "the cable");
    assert!(error.source().unwrap().is::<std::io::Error>());
    assert!(api(500, &[], "").source().is_none());
}
