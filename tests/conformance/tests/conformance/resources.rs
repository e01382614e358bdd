//! What can be done with a resource, an id or a reference in hand makes the request of the service's method.

use std::collections::BTreeMap;

use ngrok_conformance::{Arguments, Fill, World, expect, model};

use super::support::{
    PARAMETERS, arguments, check, find, has_id, operations, records, server,
};

#[test]
fn methods_of_resources_make_the_requests_of_their_services() {
    let server = server();
    for world in World::both(&server.url()) {
        let mut seen = 0;
        for (service, operation) in operations() {
            let Some(fields) = &operation.instance else { continue };
            for (parameter, fill) in
                [(PARAMETERS[0], Fill::Full), (PARAMETERS[1], Fill::Required)]
            {
                let arguments = arguments(operation, parameter, fill);
                let arguments = expect::on_resource(arguments, fields, service, model());
                let callable = find(&world.instances, operation);
                let what = format!("{} of the {} client", operation.id, world.name);
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
        assert_eq!(seen, world.instances.len());
        assert!(seen > 0, "no methods of resources were checked");
    }
}

#[test]
fn ids_references_and_resources_fetch_what_they_name() {
    let server = server();
    for world in World::both(&server.url()) {
        let mut seen = BTreeMap::<&str, usize>::new();
        for (way, callable) in &world.fetches {
            let (service, operation) = operations()
                .find(|(_, operation)| operation.id == callable.id)
                .expect("it is an operation");
            assert_eq!(service.fetch.as_deref(), Some(&*operation.name));
            let arguments = arguments(operation, PARAMETERS[0], Fill::Required);
            let arguments = with_resource(arguments, &service.resource);
            let what =
                format!("{} of the {} client, by {way}", operation.id, world.name);
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
fn resources_know_their_ids_and_the_prefix_of_those() {
    let mut seen = 0;
    for record in records() {
        let ty =
            ngrok_conformance::types::records().iter().find(|ty| ty.name == record.name);
        let ty = ty.expect("every record has an entry");
        assert_eq!(ty.id.is_some(), has_id(&record.name), "{}", record.name);
        let (Some(id), Some(prefix)) = (ty.id, &record.prefix) else { continue };
        let json = ngrok_conformance::Examples::new(model()).full(&record.name);
        let expected = json["id"].as_str().expect("an id is a text");
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
