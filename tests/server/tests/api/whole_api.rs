//! Generic tests of every resource of the description.

use ngrok_codegen::model::{Method, Operation, PathTemplate, Service};

use crate::clients::Outcome;
use crate::made_up::{Sandbox, operation};

#[test]
fn every_operation_is_served() -> Outcome {
    let sandbox = Sandbox::new()?;
    for operation in sandbox.services().iter().flat_map(|service| &service.operations) {
        // A missing resource is not found, although its path is known and the method supported.
        let path = operation.path.fill(|_| "none".to_owned());
        let reply =
            sandbox.send(operation.method, &path, sandbox.body(operation, false));
        let expected =
            if operation.parameters.is_empty() { operation.status } else { 404 };
        assert_eq!(reply.status, expected, "{}: {reply:?}", operation.id);
        let other = sandbox.send_as("BREW", &path);
        let allowed =
            other.header("allow").split(", ").any(|it| it == method(operation));
        assert_eq!((other.status, allowed), (405, true), "{}: {other:?}", operation.id);
        if reply.status == 404 {
            assert_eq!(reply.body["msg"], "Resource not found");
        }
    }
    Ok(())
}

fn method(operation: &Operation) -> String {
    format!("{:?}", operation.method).to_uppercase()
}

#[test]
fn every_module_can_be_set_read_and_removed() -> Outcome {
    let sandbox = Sandbox::new()?;
    let mut modules = 0;
    for service in sandbox.services() {
        let Some(replace) = operation(service, "replace") else { continue };
        let path = owner(&sandbox, &replace.path.to_string());
        let set = sandbox.send(Method::Put, &path, sandbox.body(replace, true));
        assert_eq!(set.status, 200, "{}: {set:?}", replace.id);
        let read = sandbox.send(Method::Get, &path, None);
        assert_eq!((read.status, read.body), (200, set.body), "{}", replace.id);
        assert_eq!(
            sandbox.send(Method::Delete, &path, None).status,
            204,
            "{}",
            replace.id
        );
        assert_eq!(sandbox.send(Method::Get, &path, None).status, 404, "{}", replace.id);
        modules += 1;
    }
    assert!(modules > 20, "{modules}");
    Ok(())
}

/// Returns the path of a new parent for a module: an edge, or a route of one.
fn owner(sandbox: &Sandbox, path: &str) -> String {
    let (owner, module) = path.rsplit_once('/').unwrap();
    let pattern = PathTemplate::new(owner).pattern();
    let has_get = |service: &&Service| {
        let get = operation(service, "get");
        get.is_some_and(|get| get.path.pattern() == pattern)
    };
    let service = sandbox.services().iter().find(has_get).unwrap();
    let made = sandbox.create(operation(service, "create").unwrap(), false);
    format!("{}/{module}", sandbox.path_of(&made))
}
