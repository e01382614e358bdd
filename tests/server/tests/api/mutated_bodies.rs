//! Requests that are valid except for one arbitrary value: every check must handle it without failing.

use ngrok_codegen::model::{Method, Operation, pointer};
use proptest::prelude::{ProptestConfig, any, prop_assert};
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::clients::Outcome;
use crate::fuzz::json_values;
use crate::made_up::{Sandbox, operation};

/// A request with a successful response.
#[derive(Debug, Clone)]
struct Right {
    method: Method,
    path: String,
    body: Value,
}

#[test]
fn every_almost_valid_body_gets_a_response() -> Outcome {
    let sandbox = Sandbox::new()?;
    let right: Vec<_> = requests(&sandbox);
    assert!(!right.is_empty());
    let config = ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let keys = ["id", "type", "name", "a", ""].map(str::to_owned).into();
    let strategy = (select(right), any::<Index>(), json_values(keys));
    TestRunner::new(config).run(&strategy, |(right, place, value)| {
        let mut body = right.body;
        let mut places = Vec::new();
        pointers(&body, "", &mut places);
        if let Some(place) = body.pointer_mut(&places[place.index(places.len())]) {
            *place = value;
        }
        let reply = sandbox.send(right.method, &right.path, Some(body));
        prop_assert!(reply.status < 500, "{reply:?}");
        prop_assert!(reply.body.is_object(), "{reply:?}");
        Ok(())
    })?;
    Ok(())
}

/// Returns a request for every operation that takes a body, on an existing resource.
fn requests(sandbox: &Sandbox) -> Vec<Right> {
    let mut requests = Vec::new();
    for service in sandbox.services() {
        let item = operation(service, "create").map(|create| {
            requests.push(right(sandbox, create, create.path.to_string()));
            sandbox.path_of(&sandbox.create(create, true))
        });
        let others = service.operations.iter().filter(|other| other.name != "create");
        for other in others {
            let path = other.path.to_string();
            let path = match &item {
                Some(item) if path.ends_with('}') => item.clone(),
                _ => path,
            };
            requests.push(right(sandbox, other, path));
        }
    }
    requests.retain(|request| request.body.is_object());
    requests
}

fn right(sandbox: &Sandbox, operation: &Operation, mut path: String) -> Right {
    for parameter in &operation.parameters {
        let place = format!("{{{}}}", parameter.wire);
        if path.contains(&place) {
            let value = sandbox.value(&parameter.ty, false);
            path = path.replace(&place, value.as_str().unwrap());
        }
    }
    let body = sandbox.body(operation, true).unwrap_or_default();
    Right { method: operation.method, path, body }
}

/// Collects the JSON pointers of all values.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| {
            pointers(value, &pointer::join(here, key), found);
        }),
        Value::Array(values) => values.iter().enumerate().for_each(|(index, value)| {
            pointers(value, &format!("{here}/{index}"), found);
        }),
        _ => {}
    }
}
