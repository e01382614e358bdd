//! Building of requests.

use http::Method;

use super::{API, config, draft, settings};
use ngrok_client_core::Config;
use ngrok_client_core::ErrorKind;

#[test]
fn a_request_has_all_required_headers() {
    let mut draft = draft(Method::PATCH, "/things/{id}/parts/{part}");
    draft.param("part", "a/b");
    draft.param("id", "t_1");
    draft.query("filter", "obj.name == \"x\" && true".to_owned());
    draft.query("empty", String::new());
    draft.body(Ok(b"{\"a\":1}".to_vec()));
    let request = draft.build(&config()).unwrap();

    assert_eq!(request.method(), Method::PATCH);
    assert_eq!(
        request.uri(),
        "https://api.example.com/things/t_1/parts/a%2Fb?filter=obj.name%20%3D%3D%20%22x%22%20%26%26%20true&empty="
    );
    assert_eq!(request.body(), b"{\"a\":1}");
    let headers = request.headers();
    assert_eq!(
        headers["authorization"], "[redacted]",
        "the key comes with each attempt"
    );
    assert_eq!(headers["example-version"], "2");
    assert_eq!(headers["accept"], "application/json");
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers["user-agent"], API.agent);
    assert_eq!(headers.len(), 6);
}

#[test]
fn without_a_body_there_is_no_content_type() {
    let request = draft(Method::GET, "/things").build(&config()).unwrap();
    assert!(!request.headers().contains_key("content-type"));
    assert_eq!(request.uri(), "https://api.example.com/things");
}

#[test]
fn a_base_url_may_have_a_path() {
    let settings = super::Settings {
        base_url: Some("http://localhost:8080/gate/v1/".to_owned()),
        ..settings()
    };
    let request = draft(Method::GET, "/things")
        .build(&Config::new(&settings, &API).unwrap())
        .unwrap();
    assert_eq!(request.uri(), "http://localhost:8080/gate/v1/things");
}

#[test]
fn arguments_that_would_change_the_path_are_rejected() {
    let cases = [
        ("", "path parameter `id` is empty"),
        (".", "path parameter `id` is ."),
        ("..", "path parameter `id` is .."),
    ];
    for (value, what) in cases {
        let mut draft = draft(Method::DELETE, "/things/{id}");
        draft.param("id", value);
        let error = draft.build(&config()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.message(), what);
        assert_eq!(error.to_string(), format!("ThingsTest: {what}"));
    }
}

#[test]
fn parameter_names_in_arguments_are_not_replaced() {
    let mut draft = draft(Method::GET, "/things/{a}/{b}");
    draft.param("a", "{b}");
    draft.param("b", "x");
    let request = draft.build(&config()).unwrap();
    assert_eq!(request.uri().path(), "/things/%7Bb%7D/x");
}

#[test]
fn missing_and_unknown_parameters_are_rejected() {
    let missing = draft(Method::GET, "/things/{id}").build(&config()).unwrap_err();
    assert!(missing.message().contains("lacks a parameter"), "{missing}");
    let mut draft = draft(Method::GET, "/things");
    draft.param("id", "t_1");
    let unknown = draft.build(&config()).unwrap_err();
    assert!(unknown.message().contains("no parameter `id`"), "{unknown}");
}

#[test]
fn the_first_error_is_reported() {
    let mut draft = draft(Method::GET, "/things/{id}");
    draft.param("id", "");
    draft.header("bad name", "x");
    let error = draft.build(&config()).unwrap_err();
    assert!(error.message().contains("`id` is empty"), "{error}");
}

#[test]
fn a_query_parameter_can_be_added_to_or_replaced() {
    let mut draft = draft(Method::GET, "/things");
    for value in ["1", "2"] {
        draft.query("id", value.to_owned());
        draft.set_query("limit", value.to_owned());
    }
    let request = draft.build(&config()).unwrap();
    assert_eq!(request.uri().query(), Some("id=1&id=2&limit=2"));
}

#[test]
fn headers_of_a_call_override_those_of_the_client() {
    let mut draft = draft(Method::GET, "/things");
    draft.header("User-Agent", "me");
    draft.header("X-Trace", "1");
    draft.header("x-trace", "2");
    let request = draft.build(&config()).unwrap();
    assert_eq!(request.headers()["user-agent"], "me");
    assert_eq!(request.headers().get_all("x-trace").iter().count(), 1);
    assert_eq!(request.headers()["x-trace"], "2");
}

#[test]
fn some_headers_cannot_be_set() {
    let cases = [
        ("Authorization", "mine", "carries the API key"),
        ("host", "evil.example", "set by the transport"),
        ("Content-Length", "0", "set by the transport"),
        ("transfer-encoding", "chunked", "set by the transport"),
        ("bad name", "x", "not a header name"),
        ("", "x", "not a header name"),
        ("x-note", "hidden\r\nx: y", "cannot have"),
    ];
    for (name, value, why) in cases {
        let mut draft = draft(Method::GET, "/things");
        draft.header(name, value);
        let error = draft.build(&config()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.message().contains(why), "{name}: {error}");
        assert!(!error.to_string().contains("hidden"), "{error}");
    }
}

#[test]
fn an_oversized_query_is_an_error() {
    let mut draft = draft(Method::GET, "/things");
    draft.query("filter", "x".repeat(70_000));
    assert_eq!(draft.build(&config()).unwrap_err().kind(), ErrorKind::InvalidRequest);
}
