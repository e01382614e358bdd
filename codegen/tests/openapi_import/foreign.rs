//! Documents of APIs without a description: each operation is described, or named with the reason.

mod paths;
mod services;
mod types;

use std::collections::BTreeSet;

use ngrok_codegen::openapi::import::{Import, NoteKind};

use super::{Files, changed, describe, imported, model};

const PETS: &str = include_str!("documents/foreign/pets.yaml");
const SEARCH: &str = include_str!("documents/foreign/search.yaml");
const ENVELOPES: &str = include_str!("documents/foreign/envelopes.yaml");
const TREES: &str = include_str!("documents/foreign/trees.yaml");
const SHOP: &str = include_str!("documents/foreign/shop.yaml");
const PARCELS: &str = include_str!("documents/foreign/parcels.yaml");

/// A document with these paths and schemas.
fn document(paths: &str, schemas: &str) -> String {
    let head = "openapi: 3.0.3\ninfo: { title: Things, version: '1' }\nservers: [{ url: https://api.example.com }]";
    format!("{head}\npaths:\n{paths}\ncomponents:\n  schemas:\n{schemas}")
}

/// A GET of a thing at a path, with more keys.
fn get(path: &str, more: &str) -> String {
    let schema = "{ $ref: '#/components/schemas/Thing' }";
    format!(
        "  {path}:\n    get:\n      tags: [Things]\n{more}      responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {schema} }} }} }} }}\n"
    )
}

const THING: &str = "    Thing: { type: object, required: [id], properties: { id: { type: string }, name: { type: string } } }\n";
const ID: &str = "      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]\n";

/// The operations that are described, as method and path.
fn routes(done: &Import) -> BTreeSet<String> {
    let files = changed(&Files::new(), done);
    if files.is_empty() {
        return BTreeSet::new();
    }
    let model = model(&files);
    let operations = model.services.iter().flat_map(|service| &service.operations);
    let route = |method: String, path: &str| format!("{} {path}", method.to_uppercase());
    operations
        .map(|it| route(format!("{:?}", it.method), &it.path.to_string()))
        .collect()
}

/// The operations of a document, as method and path.
fn asked(document: &str) -> Vec<String> {
    let mut path = String::new();
    let mut asked = Vec::new();
    for line in document.lines() {
        if line.starts_with("  /") {
            line.trim().trim_end_matches(':').clone_into(&mut path);
        }
        let method = line.strip_prefix("    ").and_then(|line| line.split_once(':'));
        let methods = ["get", "put", "post", "delete", "patch", "head", "options"];
        if let Some((method, _)) = method.filter(|(method, _)| methods.contains(method))
        {
            asked.push(format!("{} {path}", method.to_uppercase()));
        }
    }
    asked
}

/// Returns the reason for skipping an operation, if a note at its location contains one.
fn reason<'n>(done: &'n Import, route: &str) -> Option<&'n str> {
    let start = format!("`{route}` was skipped: ");
    done.notes.iter().find_map(|note| {
        let place = note.document.as_ref()?;
        let pointer = place.path.starts_with("/paths/") && place.line > 0;
        note.message.strip_prefix(&start).filter(|reason| pointer && !reason.is_empty())
    })
}

#[test]
fn each_operation_is_described_or_named() {
    let bare = get("/things/{id}", ID)
        + "  /lost:\n    get: { tags: [Lost], responses: { '200': { description: ok, content: { application/json: { schema: { type: array, items: { type: string } } } } } } }\n    head: { tags: [Lost], responses: { '200': { description: ok } } }\n    put: { tags: [Lost], responses: { '200': { description: ok, content: { text/csv: {} } } } }\n";
    let unsatisfiable = get("/things/{id}", ID)
        + "    put:\n      tags: [Things]\n      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]\n      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Node' } } } }\n      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }\n";
    let node = "    Node: { type: object, required: [name, next], properties: { name: { type: string }, next: { $ref: '#/components/schemas/Node' } } }\n";
    let documents = [
        PETS.to_owned(),
        SEARCH.to_owned(),
        ENVELOPES.to_owned(),
        TREES.to_owned(),
        SHOP.to_owned(),
        PARCELS.to_owned(),
        document(&bare, THING),
        document(&unsatisfiable, &format!("{THING}{node}")),
    ];
    for document in documents {
        let done = describe(&document);
        let routes = routes(&done);
        for route in asked(&document) {
            let left_out = reason(&done, &route);
            let described = routes.contains(&route);
            assert_ne!(described, left_out.is_some(), "{route}:\n{:#?}", done.notes);
        }
        let gone = done.notes.iter().filter(|note| note.kind == NoteKind::Gone);
        assert_eq!(gone.count(), 0, "a new description had nothing before");
    }
}

#[test]
fn nearly_all_operations_that_speak_json_are_described() {
    let (mut described, mut total) = (0, 0);
    for document in [PETS, SEARCH, ENVELOPES, TREES, SHOP, PARCELS] {
        let done = describe(document);
        let routes = routes(&done);
        let other = ["which is not JSON", "there is no method"];
        let asked = asked(document).into_iter();
        let json = asked.filter(|route| {
            let reason = reason(&done, route).unwrap_or_default();
            !other.iter().any(|other| reason.contains(other))
        });
        let json: Vec<_> = json.collect();
        total += json.len();
        described += json.iter().filter(|route| routes.contains(*route)).count();
    }
    assert!(described * 100 >= total * 95, "{described} of {total}");
}

/// Returns the bodies of an operation of a foreign API.
fn operation(document: &str, route: &str) -> String {
    let model = model(&changed(&Files::new(), &describe(document)));
    let mut operations = model.services.iter().flat_map(|service| &service.operations);
    let called = |it: &&ngrok_codegen::model::Operation| {
        format!("{:?} {}", it.method, it.path) == route
    };
    let found = operations.find(called);
    let found = found.unwrap_or_else(|| panic!("no {route}"));
    let names = |parameters: &[ngrok_codegen::model::QueryParameter]| {
        let name = |it: &ngrok_codegen::model::QueryParameter| {
            format!("{}{}", it.wire, if it.required { "!" } else { "" })
        };
        parameters.iter().map(name).collect::<Vec<_>>().join(" ")
    };
    format!(
        "?{} #{} {:?} -> {:?}",
        names(&found.query),
        names(&found.headers),
        found.body,
        found.output
    )
}

#[test]
fn operations_are_as_the_document_has_them() {
    for (document, route, expected) in [
        (
            SEARCH,
            "Post /transactions/search",
            r#"? #Idempotency-Key! Type("TransactionsSearchRequest") -> Type("TransactionsSearchResponse")"#,
        ),
        (
            PETS,
            "Get /pet/findByStatus",
            r#"?status! limit # None -> List(Listing { item: "Pet", key: "", paged: false, filter: [] })"#,
        ),
        (PETS, "Post /pet/{petId}", r#"?name! status # None -> Type("Pet")"#),
        (PETS, "Post /store/order/", r#"? # Type("Order") -> Type("Order")"#),
        (
            ENVELOPES,
            "Put /policy",
            r#"? # Type("Policy") -> List(Listing { item: "Assignment", key: "role_assignments", paged: false, filter: [] })"#,
        ),
        (SHOP, "Get /products/{id}", r#"?include # None -> Type("Product")"#),
    ] {
        assert_eq!(operation(document, route), expected);
    }
}

#[test]
fn a_replacement_that_is_no_name_leaves_the_operation() {
    let more = format!(
        "{ID}      deprecated: true\n      description: 'Deprecated: use `GET /stuff/{{id}}` instead.'\n"
    );
    let done = describe(&document(&get("/things/{id}", &more), THING));
    let model = model(&changed(&Files::new(), &done));
    assert!(model.services[0].operations[0].deprecated.is_some());
}

#[test]
fn a_reference_to_another_file_is_told_wherever_it_is() {
    let paths = get("/things/{id}", ID) + "  /other:\n    get: { $ref: 'other.yaml' }\n";
    let done = describe(&document(&paths, THING));
    let told = |note: &ngrok_codegen::openapi::import::Note| {
        note.message.contains("`other.yaml` leads to another file")
            && note.document.as_ref().is_some_and(|it| it.path == "/paths/~1other/get")
    };
    assert!(done.notes.iter().any(told), "{:#?}", done.notes);
}

/// A document in which a field of a request is required, or not.
fn with_required(required: &str) -> String {
    let create = "  /things:\n    post:\n      tags: [Things]\n      operationId: ThingsCreate\n      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/ThingCreate' } } } }\n      responses: { '201': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }\n";
    let schema = format!(
        "    ThingCreate: {{ type: object, required: {required}, properties: {{ name: {{ type: string }}, kind: {{ type: string }} }} }}\n"
    );
    document(&(get("/things/{id}", ID) + create), &format!("{THING}{schema}"))
}

#[test]
fn notes_on_a_new_description_lead_to_files_that_were_written() {
    for document in [PETS, SEARCH, ENVELOPES, TREES, SHOP, PARCELS] {
        let done = describe(document);
        for place in done.notes.iter().filter_map(|note| note.description.as_ref()) {
            let text = done.files.get(&place.file).and_then(Option::as_deref);
            let lines = text.map(|text| text.lines().count());
            let line = usize::try_from(place.line).expect("a line");
            assert!(lines.is_some_and(|lines| line <= lines), "{place:?}");
        }
    }
}

#[test]
fn a_checkout_with_other_line_ends_keeps_them() {
    let files = changed(&Files::new(), &describe(&with_required("[name]")));
    let windows = |(name, text): (String, String)| (name, text.replace('\n', "\r\n"));
    let files: Files = files.into_iter().map(windows).collect();
    let after = changed(&files, &imported(&with_required("[kind]"), &files));
    let text = &after["resources/things.yaml"];
    assert_ne!(text, &files["resources/things.yaml"]);
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

/// A response of success with this schema, or without content.
fn responses(schema: &str) -> String {
    let content = format!(", content: {{ application/json: {{ schema: {schema} }} }}");
    let content = if schema.is_empty() { "" } else { &content };
    format!("      responses: {{ '200': {{ description: ok{content} }} }}\n")
}
