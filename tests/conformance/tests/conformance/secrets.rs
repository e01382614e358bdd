//! Redaction: neither secret fields of the description nor the API key are printed.

use ngrok_client::Error;
use ngrok_codegen::model::Output;
use ngrok_conformance::example::{SECRET, UNKNOWN};
use ngrok_conformance::{API_KEY, Examples, Fill, TestClient, expect, model, types};
use serde_json::{Value, json};

use super::support::{PARAMETERS, arguments, find, operations, records, server, unions};

#[test]
fn values_do_not_print_their_secrets() {
    let mut seen = 0;
    for (record, ty) in records().zip(types::records()) {
        let json = Examples::new(model()).full(&record.name).to_string();
        let printed = (ty.debug)(json.as_bytes());
        assert!(printed.contains(&record.name), "{printed}");
        assert!(!printed.contains(SECRET), "{printed}");
        let own = record.fields.iter().filter(|field| field.secret).count();
        if own > 0 {
            assert!(json.contains(SECRET), "{json}");
            assert!(printed.matches("[redacted]").count() >= 2 * own, "{printed}");
            seen += 1;
        }
    }
    assert!(seen > 0, "no secrets were checked");
}

#[test]
fn unions_do_not_print_their_secrets() {
    for (union, ty) in unions().zip(types::unions()) {
        for choice in &union.choices {
            let json = Examples::new(model()).choice(choice);
            let printed = (ty.debug)(json.to_string().as_bytes());
            assert!(!printed.contains(SECRET), "{printed}");
        }
        let unknown = json!({ UNKNOWN: { "secret": SECRET, "list": [SECRET] } });
        let printed = (ty.debug)(unknown.to_string().as_bytes());
        assert!(printed.contains(UNKNOWN) && !printed.contains(SECRET), "{printed}");
    }
}

#[test]
fn clients_calls_and_lists_do_not_print_the_key() {
    let url = server().url();
    for test_client in TestClient::both(&url) {
        for printed in &test_client.debug {
            assert!(!printed.contains(API_KEY), "{printed}");
        }
        // The `Debug` output of a builder contains no address.
        let telling =
            test_client.debug.iter().filter(|printed| printed.contains(&url)).count();
        assert_eq!(telling, 1 + model().services.len(), "{:?}", test_client.debug);
        for (_, operation) in operations() {
            let arguments = arguments(operation, PARAMETERS[1], Fill::Full);
            let printed =
                find(&test_client.operations, operation).with(&arguments).debug();
            assert!(printed.contains(&operation.id), "{printed}");
            for secret in [API_KEY, SECRET] {
                assert!(!printed.contains(secret), "{printed}");
            }
        }
    }
}

#[test]
fn responses_and_errors_print_neither_the_key_nor_secrets() {
    let server = server();
    let failure = json!({ &model().api.error_message: "no" });
    for test_client in TestClient::both(&server.url()) {
        let mut seen = 0;
        for (_, operation) in operations() {
            let arguments = arguments(operation, PARAMETERS[1], Fill::Full);
            let call = || find(&test_client.operations, operation).with(&arguments);
            let whole = expect::response_body(operation, model());
            server.respond(operation.status, whole.as_ref());
            let result = call().send().expect(&operation.id);
            server.respond(500, Some(&failure));
            let failed = call().send().expect_err(&operation.id);
            let mut printed = vec![result.debug, texts(&failed)];
            if let Some(broken) =
                whole.as_ref().and_then(|json| broken(&operation.output, json))
            {
                seen += usize::from(broken.to_string().contains(SECRET));
                server.respond(operation.status, Some(&broken));
                let unreadable = call().send().expect_err(&operation.id);
                assert!(unreadable.is_decode(), "{unreadable}");
                printed.push(texts(&unreadable));
            }
            for secret in [API_KEY, SECRET] {
                let shown = printed.iter().find(|text| text.contains(secret));
                assert_eq!(shown, None, "{}", operation.id);
            }
        }
        assert!(seen > 0, "no response with a secret was invalidated");
    }
}

/// Returns all output of an error.
fn texts(error: &Error) -> String {
    format!("{error} {error:?} {error:#?}")
}

/// Returns an undecodable response that contains all secrets of the valid one.
fn broken(output: &Output, json: &Value) -> Option<Value> {
    let mut json = json.clone();
    match output {
        Output::Nothing => None,
        Output::List(list) => {
            json[&list.key].as_array_mut()?.push(Value::from(5));
            Some(json)
        }
        Output::Type(name) => {
            let record = records().find(|record| record.name == *name)?;
            let field = record.fields.iter().rev().find(|field| !field.secret)?;
            json[&field.wire] = json!([[5]]);
            Some(json)
        }
    }
}
