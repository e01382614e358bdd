//! Fuzz tests: the server responds to any request in JSON, and stays available.

use ngrok_codegen::model::{Field, Model, Record, Type};
use ngrok_test_server::Server;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

use crate::clients::Outcome;
use crate::made_up::model;
use crate::raw;

/// Characters not escaped in a path or query, so that separators keep their meaning.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'_')
    .remove(b'-')
    .remove(b'.')
    .remove(b'=')
    .remove(b'&')
    .remove(b'%')
    .remove(b'+');

/// A request with arbitrary contents.
#[derive(Debug, Clone)]
struct Sent {
    method: String,
    path: String,
    query: Option<String>,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    with_key: bool,
}

fn escaped(bytes: &[u8]) -> String {
    percent_encode(bytes, KEPT).to_string()
}

fn methods() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] =
        &["GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "TRACE"];
    prop_oneof![8 => select(KNOWN).prop_map(str::to_owned), 1 => "[A-Z]{1,12}"]
        .prop_filter("a body would be cut off, or the path be none", |method| {
            method != "HEAD" && method != "CONNECT"
        })
}

/// Generates API paths with arbitrary parameters, and unknown paths.
fn paths(model: &Model) -> impl Strategy<Value = String> + use<> {
    let operations = model.services.iter().flat_map(|service| &service.operations);
    let known: Vec<_> = operations.map(|operation| operation.path.clone()).collect();
    let argument = prop_oneof![
        "[a-z]{1,8}_[0-9A-Za-z]{27}",
        any::<Vec<u8>>().prop_map(|bytes| escaped(&bytes).replace(['/', '?'], "")),
    ];
    let known = (select(known), vec(argument, 3)).prop_map(|(path, arguments)| {
        let mut arguments = arguments.into_iter();
        path.fill(|_| arguments.next().unwrap_or_default())
    });
    let other = any::<Vec<u8>>().prop_map(|bytes| format!("/x{}", escaped(&bytes)));
    prop_oneof![6 => known, 1 => other]
}

fn queries() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        4 => select(&["limit", "before_id", "filter", "id", "url"][..]).prop_map(str::to_owned),
        1 => ".{0,6}",
    ];
    let filter = "(obj\\.(id|description|metadata|created_at|x)|[0-9]{1,3}|'[a-z]*'|[!(]|[)]|==|<=|&&|in|[a-z.]{1,4}|timestamp\\(|\\[| ){0,12}";
    let value = prop_oneof!["[0-9]{0,4}", "ipp_[0-9A-Za-z]{27}", filter, ".{0,20}"];
    vec((name, value), 0..4).prop_map(|pairs| {
        let pair = |(name, value): &(String, String)| {
            format!("{}={}", escaped(name.as_bytes()), escaped(value.as_bytes()))
        };
        pairs.iter().map(pair).collect::<Vec<_>>().join("&")
    })
}

/// Generates arbitrary JSON, with the names of fields among its keys.
pub(crate) fn json_values(fields: Vec<String>) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,20}".prop_map(Value::from),
        select(
            &[
                "10.0.0.0/8",
                "2026-01-31T12:00:00Z",
                "https://a.test",
                "allow",
                "0001-01-01T00:00:00Z"
            ][..]
        )
        .prop_map(Value::from),
    ];
    let key = prop_oneof![9 => select(fields), 1 => ".{0,8}"];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            1 => vec(inner.clone(), 0..4).prop_map(Value::from),
            3 => btree_map(key.clone(), inner, 0..6).prop_map(|entries| {
                Value::Object(entries.into_iter().collect())
            }),
        ]
    })
}

fn sent(model: &Model) -> impl Strategy<Value = Sent> + use<> {
    let wires = |record: &Record| -> Vec<String> {
        record.fields.iter().map(|field: &Field| field.wire.clone()).collect()
    };
    let fields = model.types.values().flat_map(|ty| match ty {
        Type::Record(record) => wires(record),
        Type::Union(union) => union.choices.iter().map(|it| it.wire.clone()).collect(),
        Type::Enum(_) => Vec::new(),
    });
    let body = prop_oneof![
        2 => Just(Vec::new()),
        5 => json_values(fields.collect()).prop_map(|value| value.to_string().into_bytes()),
        1 => any::<Vec<u8>>(),
    ];
    let name = select(
        &[
            "content-type",
            "origin",
            "access-control-request-method",
            "ngrok-version",
            "x-own",
            "accept",
        ][..],
    );
    let value = prop_oneof!["application/json", "[ -~]{0,20}"];
    let parts = (
        methods(),
        paths(model),
        option::of(queries()),
        vec((name, value), 0..3),
        body,
        proptest::bool::weighted(0.9),
    );
    parts.prop_map(|(method, path, query, headers, body, with_key)| Sent {
        method,
        path,
        query,
        headers,
        body,
        with_key,
    })
}

/// Builds the request, unless its parts are invalid.
fn request(server: &Server, sent: &Sent) -> Option<Request<Vec<u8>>> {
    let query = sent.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let mut request = Request::builder().method(sent.method.as_str()).uri(format!(
        "{}{}{query}",
        server.url(),
        sent.path
    ));
    for (name, value) in &sent.headers {
        request = request.header(*name, value);
    }
    let has = |name| sent.headers.iter().any(|(other, _)| *other == name);
    if sent.with_key {
        request =
            request.header("authorization", format!("Bearer {}", server.api_key()));
    }
    if !has("ngrok-version") {
        request = request.header("ngrok-version", "2");
    }
    if !has("content-type") && !sent.body.is_empty() {
        request = request.header("content-type", "application/json");
    }
    request.body(sent.body.clone()).ok()
}

#[test]
fn every_request_gets_a_json_response() -> Outcome {
    let (model, server) = (model()?, Server::start()?);
    let settings = Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true);
    let agent = settings.build().new_agent();
    let config = ProptestConfig {
        cases: 3000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    TestRunner::new(config).run(&sent(&model), |sent| {
        let Some(request) = request(&server, &sent) else { return Ok(()) };
        let reply = agent.run(request);
        prop_assert!(reply.is_ok(), "{reply:?}");
        let (parts, mut body) = reply.unwrap().into_parts();
        let text = body.read_to_string();
        prop_assert!(text.is_ok(), "{parts:?}: {text:?}");
        let text = text.unwrap();
        let is_json =
            serde_json::from_str::<Value>(&text).is_ok_and(|it| it.is_object());
        let is_empty = parts.status == 204 && text.is_empty();
        prop_assert!(is_json || is_empty, "{parts:?}: {text}");
        prop_assert!(!parts.status.is_server_error(), "{parts:?}: {text}");
        Ok(())
    })?;
    assert_eq!(raw::send(raw::request(&server, "GET", "/vaults")).status, 200);
    Ok(())
}
