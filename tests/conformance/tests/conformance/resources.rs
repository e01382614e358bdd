//! Methods of resources, IDs and references make the same request as the method of the service.

use std::collections::BTreeMap;

use ngrok_conformance::{Arguments, Fill, TestClient, expect, model};

use super::support::{
    PARAMETERS, arguments, check, find, has_id, operations, records, server,
};

#[test]
fn methods_of_resources_make_the_requests_of_their_services() {
    let server = server();
    for test_client in TestClient::both(&server.url()) {
        let mut seen = 0;
        for (service, operation) in operations() {
            if !operation.instance {
                continue;
            }
            for (parameter, fill) in
                [(PARAMETERS[0], Fill::Full), (PARAMETERS[1], Fill::Required)]
            {
                let arguments = arguments(operation, parameter, fill);
                let arguments =
                    expect::on_resource(arguments, operation, service, model());
                let callable = find(&test_client.instances, operation);
                let what =
                    format!("{} of the {} client", operation.id, test_client.name);
                check(
                    &what,
                    operation,
                    &arguments,
                    &|| callable.with(&arguments),
                    &server,
                );
            }
            seen += 1;
        }
        assert_eq!(seen, test_client.instances.len());
        assert!(seen > 0, "no methods of resources were checked");
    }
}

#[test]
fn ids_references_and_resources_fetch_their_resource() {
    let server = server();
    for test_client in TestClient::both(&server.url()) {
        let mut seen = BTreeMap::<&str, usize>::new();
        for (way, callable) in &test_client.fetches {
            let (service, operation) = operations()
                .find(|(_, operation)| operation.id == callable.id)
                .expect("it is an operation");
            assert_eq!(service.fetch.as_deref(), Some(&*operation.name));
            let arguments = arguments(operation, PARAMETERS[0], Fill::Required);
            let arguments = with_resource(arguments, &service.resource);
            let what =
                format!("{} of the {} client, by {way}", operation.id, test_client.name);
            check(&what, operation, &arguments, &|| callable.with(&arguments), &server);
            *seen.entry(callable.id).or_default() += 1;
        }
        let can_fetch =
            model().services.iter().filter(|service| service.fetch.is_some());
        assert_eq!(seen.len(), can_fetch.count());
        assert!(seen.values().all(|ways| *ways == 5));
    }
}

fn with_resource(mut arguments: Arguments, resource: &str) -> Arguments {
    let mut json = ngrok_conformance::Examples::new(model()).full(resource);
    json["id"] = arguments.parameters[0].as_str().into();
    arguments.resource = json;
    arguments
}

#[test]
fn resources_have_an_id_and_its_prefix() {
    let mut seen = 0;
    for record in records() {
        let ty =
            ngrok_conformance::types::records().iter().find(|ty| ty.name == record.name);
        let ty = ty.expect("every record has an entry");
        assert_eq!(ty.id.is_some(), has_id(&record.name), "{}", record.name);
        let (Some(id), Some(prefix)) = (ty.id, &record.prefix) else { continue };
        let json = ngrok_conformance::Examples::new(model()).full(&record.name);
        let expected = json["id"].as_str().expect("an ID is a string");
        let found = id(json.to_string().as_bytes());
        assert_eq!(found, (prefix.as_str(), expected.to_owned()));
        seen += 1;
    }
    assert!(seen > 0, "no resources were checked");
}

#[test]
fn resources_and_bodies_can_be_keys_and_values_of_enums_be_sorted() {
    fn is_key<T: Eq + std::hash::Hash>() {}
    fn is_sorted<T: Ord + std::str::FromStr>() {}

    use ngrok_client::types::{
        Endpoint, EventTarget, PolicyAction, SecretCreate, VaultUpdate,
    };
    is_key::<Endpoint>();
    is_key::<EventTarget>();
    is_key::<SecretCreate>();
    is_key::<VaultUpdate>();
    is_sorted::<PolicyAction>();
}
