//! Fuzz tests: any file is checked or rejected.

use ngrok_codegen::traffic::Har;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::recording::{exchange, har};
use crate::whole::Whole;
use crate::{model, report};

fn scrap() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "",
        "id",
        "uri",
        "log",
        "entries",
        "request",
        "response",
        "content",
        "text",
        "base64",
        "GET",
        "https://api.ngrok.com/ip_policies",
        "https://api.ngrok.com/%ff//?a&=b&limit=%",
        "ipp_2abcDEfGhIjKlMnOpQrStUvWxYz",
        "2025-01-31T12:00:00Z",
        "{}",
        "ä€😀",
        "\u{0}",
        "://@",
    ]);
    prop_oneof![words.prop_map(str::to_owned), ".{0,12}"]
}

/// Generates any JSON.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        scrap().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((scrap(), inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Generates an object with some keys of a real one.
fn like(keys: Vec<&'static str>) -> impl Strategy<Value = Value> {
    let key = prop_oneof![4 => prop::sample::select(keys).prop_map(str::to_owned), 1 => scrap()];
    prop::collection::vec((key, json_value()), 0..8)
        .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>()))
}

/// Inserts a value somewhere into another.
fn graft(target: &mut Value, at: &[usize], value: Value) {
    let Some((first, rest)) = at.split_first() else {
        *target = value;
        return;
    };
    let child = match target {
        Value::Array(list) if !list.is_empty() => {
            let at = first % list.len();
            &mut list[at]
        }
        Value::Object(map) if !map.is_empty() => {
            let at = first % map.len();
            map.iter_mut().nth(at).expect("it is within").1
        }
        other => other,
    };
    graft(child, rest, value);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,60}") {
        let _ = Har::read(&bytes);
        let _ = Har::read(text.as_bytes());
    }

    #[test]
    fn any_entries(
        request in like(vec!["method", "url", "headers", "postData", "bodySize", "cookies"]),
        response in like(vec!["status", "headers", "content", "cookies"]),
        whole in json_value(),
    ) {
        let mut request = request;
        if let Some(request) = request.as_object_mut() {
            request.insert("method".into(), json!("GET"));
            request.insert("url".into(), json!("https://api.ngrok.com/ip_policies?limit=x"));
        }
        for entry in [json!({ "request": request, "response": response }), whole.clone()] {
            if let Ok(recording) = Har::read(har(&[entry]).as_bytes()) {
                drop(recording);
            }
        }
        let _ = Har::read(whole.to_string().as_bytes());
    }

    #[test]
    fn any_bodies(
        service in any::<prop::sample::Index>(),
        operation in any::<prop::sample::Index>(),
        status in prop_oneof![Just(200_u16), Just(201), Just(204), 100_u16..600],
        at in prop::collection::vec(0_usize..20, 0..6),
        sent in json_value(),
        received in json_value(),
        query in ".{0,20}",
    ) {
        let services = &model().services;
        let operations = &services[service.index(services.len())].operations;
        let operation = &operations[operation.index(operations.len())];
        let method = format!("{:?}", operation.method).to_uppercase();
        let mut response = Whole { model: model(), operation, in_request: false }.response();
        graft(&mut response, &at, received);
        let path = format!("{}?{query}", operation.path.fill(str::to_owned));
        let entry = exchange((&method, &path, sent), (status, response));
        let report = report(&har(&[entry]));
        prop_assert!(!report.text().is_empty());
        prop_assert!(serde_json::to_string(&report).is_ok());
    }
}
