//! Every operation, by its public method, on both clients, over HTTP.

use std::collections::BTreeSet;

use ngrok_client::ErrorKind;
use ngrok_codegen::model::Output;
use ngrok_conformance::server::OPERATION_ID;
use ngrok_conformance::{Examples, Fill, TestClient, expect, model};
use serde_json::json;

use super::support::{
    PARAMETERS, arguments, check, check_arrived, find, operations, server,
};

#[test]
fn exactly_the_operations_of_the_model_can_be_called() {
    let expected: Vec<_> =
        operations().map(|(_, operation)| operation.id.as_str()).collect();
    let unique: BTreeSet<_> = expected.iter().collect();
    assert_eq!(unique.len(), expected.len());
    assert!(!expected.is_empty(), "no operations were checked");
    for test_client in TestClient::both(&server().url()) {
        let called: Vec<_> =
            test_client.operations.iter().map(|callable| callable.id).collect();
        assert_eq!(called, expected, "{}", test_client.name);
    }
}

#[test]
fn all_parameters_arrive() {
    each_operation_with(PARAMETERS[0], Fill::Full);
}

#[test]
fn only_required_parameters_arrive() {
    each_operation_with(PARAMETERS[1], Fill::Required);
}

fn each_operation_with(parameter: &str, fill: Fill) {
    let server = server();
    for test_client in TestClient::both(&server.url()) {
        let mut seen = 0;
        for (_, operation) in operations() {
            let arguments = arguments(operation, parameter, fill);
            let callable = find(&test_client.operations, operation);
            let what = format!("{} of the {} client", operation.id, test_client.name);
            check(&what, operation, &arguments, &|| callable.with(&arguments), &server);
            seen += 1;
        }
        assert_eq!(seen, test_client.operations.len());
    }
}

#[test]
fn an_error_names_the_operation() {
    let server = server();
    let api = &model().api;
    let body = json!({
        &api.error_code: "ERR_NGROK_123456",
        &api.error_status: 404,
        &api.error_message: "not there",
        &api.error_details: { "operation_id": OPERATION_ID },
    });
    for test_client in TestClient::both(&server.url()) {
        for (_, operation) in operations() {
            let arguments = arguments(operation, PARAMETERS[1], Fill::Required);
            server.respond(404, Some(&body));
            let result =
                find(&test_client.operations, operation).with(&arguments).value();
            let error = result.expect_err(&operation.id);
            assert_eq!(error.operation(), Some(&*operation.id));
            assert_eq!(error.kind(), ErrorKind::Api);
            assert!(error.is_not_found());
            assert_eq!(error.raw_code(), Some("ERR_NGROK_123456"));
            assert_eq!(error.message(), "not there");
            assert_eq!(error.operation_id(), Some(OPERATION_ID));
            check_arrived(
                &operation.id,
                &server,
                &expect::request(operation, &arguments, model()),
            );
        }
    }
}

#[test]
fn parameters_that_would_change_the_path_are_rejected() {
    let server = server();
    for test_client in TestClient::both(&server.url()) {
        for (_, operation) in operations() {
            for (index, parameter) in operation.parameters.iter().enumerate() {
                for bad in ["", ".", ".."] {
                    let mut arguments =
                        arguments(operation, PARAMETERS[1], Fill::Required);
                    arguments.parameters[index] = bad.to_owned();
                    let result = find(&test_client.operations, operation)
                        .with(&arguments)
                        .value();
                    let error = result.expect_err(&operation.id);
                    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
                    assert_eq!(error.operation(), Some(&*operation.id));
                    assert!(
                        error.to_string().contains(&format!("`{}`", parameter.wire)),
                        "{error}"
                    );
                }
            }
        }
    }
    assert_eq!(server.take(), []);
}

#[test]
fn each_list_is_read_to_its_end() {
    let server = server();
    let api = &model().api;
    for test_client in TestClient::both(&server.url()) {
        for (_, operation) in operations() {
            let arguments = arguments(operation, PARAMETERS[0], Fill::Full);
            let call = find(&test_client.operations, operation).with(&arguments);
            let Output::List(list) = &operation.output else {
                assert!(call.items().is_none(), "{}", operation.id);
                continue;
            };
            let item = Examples::new(model()).full(&list.item);
            let next = "/somewhere/else?page=2";
            server
                .respond(200, Some(&json!({ &list.key: [item], &api.page_next: next })));
            server.respond(
                200,
                Some(&json!({ &list.key: [], &api.page_next: "/a/third" })),
            );
            server.respond(
                200,
                Some(&json!({ &list.key: [item, item], &api.page_next: null })),
            );
            let items = call.items().expect("it is a list");
            let items =
                items.unwrap_or_else(|error| panic!("{}: {error}", operation.id));
            assert_eq!(items, [item.clone(), item.clone(), item]);
            let targets: Vec<_> =
                server.take().into_iter().map(|request| request.target).collect();
            let first = expect::request(operation, &arguments, model()).target;
            assert_eq!(targets, [&*first, next, "/a/third"]);
        }
    }
}
