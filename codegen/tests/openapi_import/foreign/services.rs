//! Services of foreign documents: their resources, names and files.

use std::collections::BTreeSet;

use super::{ID, THING, document, get, reason, responses, routes};
use crate::{Files, changed, describe, imported, model};

#[test]
fn an_error_in_another_file_leaves_out_one_operation() {
    let known = get("/things/{id}", &format!("{ID}      operationId: ThingsListGet\n"));
    let mut files = changed(&Files::new(), &describe(&document(&known, THING)));
    let text = files.remove("resources/things.yaml").expect("a service");
    files.insert("resources/zoo.yaml".to_owned(), text);
    // The ID of the first new operation is that of the known one, whose file comes last.
    let lists = get("/lists/{id}", ID) + &get("/lists/{id}/copy", ID);
    let lists = lists.replace("[Things]", "[ThingsList]");
    let done = imported(&document(&(known + &lists), THING), &files);
    let reason = reason(&done, "GET /lists/{id}").expect("a reason");
    assert!(reason.contains("would have the id `ThingsListGet`"), "{reason}");
    let text = changed(&files, &done).remove("resources/things_list.yaml");
    let text = text.expect("a new service");
    assert!(text.contains("/copy") && !text.contains("\n  get:"), "{text}");
}

#[test]
fn a_new_operation_elsewhere_is_told() {
    let known = get("/things/{id}", ID);
    let files = changed(&Files::new(), &describe(&document(&known, THING)));
    let done = imported(&document(&(known + &get("/other/{id}", ID)), THING), &files);
    let told = "`GET /other/{id}` is new, but its path is not below `/things`";
    assert!(
        done.notes.iter().any(|it| it.message.starts_with(told)),
        "{:#?}",
        done.notes
    );
}

#[test]
fn actions_without_an_object_are_a_service_without_a_resource() {
    let names = responses("{ type: array, items: { type: string } }");
    let paths = format!(
        "  /jobs/{{id}}:\n    delete:\n      tags: [Jobs]\n{ID}{}  /jobs:\n    get:\n      tags: [Jobs]\n{names}",
        responses("")
    );
    let document = document(&paths, THING);
    let done = describe(&document);
    let expected = ["DELETE /jobs/{id}", "GET /jobs"].map(str::to_owned);
    assert_eq!(routes(&done), BTreeSet::from(expected), "{:#?}", done.notes);
    let files = changed(&Files::new(), &done);
    let text = &files["resources/jobs.yaml"];
    assert!(!text.contains("\nresource:") && !text.contains("\nfields:"), "{text}");
    let again = imported(&document, &files);
    assert!(again.files.is_empty(), "{:?}", again.files);
}

#[test]
fn an_object_that_a_service_without_a_resource_returns_later_is_a_type() {
    let first = format!("  /things:\n    get:\n      tags: [Things]\n{}", responses(""));
    let files = changed(&Files::new(), &describe(&document(&first, THING)));
    let create = "    post:\n      tags: [Things]\n      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/New' } } } }\n";
    let thing = responses("{ $ref: '#/components/schemas/Thing' }");
    let new = "    New: { type: object, properties: { name: { type: string } } }\n";
    let later = document(&format!("{first}{create}{thing}"), &format!("{THING}{new}"));
    let after = changed(&files, &imported(&later, &files));
    let operations = &model(&after).services[0].operations;
    let bodies = operations.iter().map(|it| format!("{:?} -> {:?}", it.body, it.output));
    let expected = [r"None -> Nothing", r#"Type("New") -> Type("Thing")"#];
    assert_eq!(bodies.collect::<Vec<_>>(), expected);
}

#[test]
fn services_with_names_of_the_client_get_longer_ones() {
    for (tag, file, name) in [
        ("Call", "call_service", "CallService"),
        ("config", "config_service", "ConfigService"),
    ] {
        let paths = get("/things/{id}", ID).replace("[Things]", &format!("[{tag}]"));
        let document = document(&paths, THING);
        let files = changed(&Files::new(), &describe(&document));
        let service = &model(&files).services[0];
        assert_eq!((service.label().as_str(), service.name.as_str()), (file, name));
        let again = imported(&document, &files);
        assert!(again.files.is_empty(), "{:?}", again.files);
    }
}
