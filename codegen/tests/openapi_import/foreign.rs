//! Documents of APIs without a description: each operation is described, or named with the reason.

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
fn a_body_of_a_new_operation_may_be_less_specific() {
    let mut files =
        changed(&Files::new(), &describe(&document(&get("/things/{id}", ID), THING)));
    let text = files.get_mut("resources/things.yaml").expect("a service");
    *text = text.replace("name: { type: string", "name: { type: timestamp");
    let done = imported(&with_required("[name]"), &files);
    assert_ne!(changed(&files, &done), files);
    let undecided =
        done.notes.iter().find(|note| note.message.contains("in the document"));
    assert_eq!(undecided, None);
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

/// A document in which a field of a request is required, or not.
fn with_required(required: &str) -> String {
    let create = "  /things:\n    post:\n      tags: [Things]\n      operationId: ThingsCreate\n      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/ThingCreate' } } } }\n      responses: { '201': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }\n";
    let schema = format!(
        "    ThingCreate: {{ type: object, required: {required}, properties: {{ name: {{ type: string }}, kind: {{ type: string }} }} }}\n"
    );
    document(&(get("/things/{id}", ID) + create), &format!("{THING}{schema}"))
}

#[test]
fn what_is_required_follows_the_document() {
    let files = changed(&Files::new(), &describe(&with_required("[name]")));
    for (required, name, kind) in
        [("[]", false, false), ("[kind]", false, true), ("[name, kind]", true, true)]
    {
        let document = with_required(required);
        let done = imported(&document, &files);
        let after = changed(&files, &done);
        let model = model(&after);
        let Some(ngrok_codegen::model::Type::Record(record)) =
            model.types.get("ThingCreate")
        else {
            panic!("no ThingCreate")
        };
        let is = |wire: &str| {
            record.fields.iter().any(|it| it.wire == wire && it.presence.required)
        };
        assert_eq!((is("name"), is("kind")), (name, kind), "{required}");
        assert!(done.notes.iter().any(|note| note.kind == NoteKind::Changed));
        let again = imported(&document, &after);
        assert!(again.files.is_empty(), "{:?}", again.files);
    }
}

#[test]
fn schemas_whose_names_differ_in_their_case_are_two_types() {
    let schemas = "    Thing: { type: object, properties: { id: { type: string }, a: { $ref: '#/components/schemas/URLInfo' }, b: { $ref: '#/components/schemas/UrlInfo' } } }
    URLInfo: { type: object, properties: { x: { type: string } } }
    UrlInfo: { type: object, properties: { y: { type: string } } }
";
    let done = describe(&document(&get("/things/{id}", ID), schemas));
    let model = model(&changed(&Files::new(), &done));
    let has = |name: &str, wire: &str| {
        let record = model.record(name).unwrap_or_else(|| panic!("no {name}"));
        record.fields.iter().any(|field| field.wire == wire)
    };
    assert!(has("UrlInfo", "x") && has("UrlInfo2", "y"));
    let told = done.notes.iter().any(|note| note.message.contains("`UrlInfo2` here"));
    assert!(told, "{:#?}", done.notes);
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

#[test]
fn parameters_are_described_inside_of_segments() {
    let other = "{ name: name, in: path, required: true, schema: { type: string } }, { name: id,";
    let both = ID.replace("{ name: id,", other);
    for path in ["/things/{id}.json", "/things/v{id}/all", "/things/{id}{name}"] {
        let parameters = if path.contains("{name}") { &both } else { ID };
        let done = describe(&document(&get(path, parameters), THING));
        assert!(routes(&done).contains(&format!("GET {path}")), "{:#?}", done.notes);
    }
}

#[test]
fn an_empty_description_is_none() {
    let name =
        ID.replace("name: id, in: path,", "name: name, in: path, description: '',");
    let more = name + "      description: ''\n      summary: Shows a part\n";
    let done = describe(&document(&get("/things/parts/{name}", &more), THING));
    assert!(routes(&done).contains("GET /things/parts/{name}"), "{:#?}", done.notes);
    let files = changed(&Files::new(), &done);
    assert!(files["resources/things.yaml"].contains("Shows a part"), "{files:#?}");
}

#[test]
fn an_id_may_be_a_number() {
    let number = ID.replace("type: string", "type: integer");
    let thing = THING.replace("id: { type: string }", "id: { type: integer }");
    let paths = get("/things/{id}", &number) + &get("/things", "");
    let done = describe(&document(&paths, &thing));
    let files = changed(&Files::new(), &done);
    let text = &files["resources/things.yaml"];
    assert!(text.contains("id: { type: int64"), "{text}");
    assert!(
        !format!("{:?}", done.notes).contains("no path of this file"),
        "{:#?}",
        done.notes
    );
}

#[test]
fn a_parameter_is_a_string_if_its_resource_cannot_be_described() {
    // `Client` has no file, since the client needs the name of the type.
    let paths = get("/things/{id}", ID)
        .replace("[Things]", "[Clients]")
        .replace("Thing'", "Client'")
        + &get("/things/{id}/parts", ID)
            .replace("[Things]", "[Parts]")
            .replace("Thing'", "Part'");
    let [client, part] = ["Client:", "Part:"].map(|name| THING.replace("Thing:", name));
    let done = describe(&document(&paths, &format!("{client}{part}")));
    assert!(routes(&done).contains("GET /things/{id}/parts"), "{:#?}", done.notes);
}

#[test]
fn responses_that_are_no_objects_are_not_decoded() {
    for schema in [
        "schema: { type: string }",
        "schema: { type: array, items: { type: string } }",
        "schema: {}",
        "example: { id: t_1 }",
    ] {
        let other = get("/things/{id}/other", ID)
            .replace("schema: { $ref: '#/components/schemas/Thing' }", schema);
        let paths = get("/things/{id}", ID) + &other;
        let done = describe(&document(&paths, THING));
        assert!(routes(&done).contains("GET /things/{id}/other"), "{:#?}", done.notes);
        let mut notes = done.notes.iter();
        assert!(notes.any(|note| note.message.ends_with("; it is not decoded")));
    }
}

#[test]
fn a_type_that_is_sent_may_be_another_type_already() {
    let schemas = "    Thing: { type: object, properties: { id: { type: string }, first: { $ref: '#/components/schemas/Small' }, second: { $ref: '#/components/schemas/Large' } } }
    ThingCreate: { type: object, properties: { first: { $ref: '#/components/schemas/Small' }, second: { $ref: '#/components/schemas/Small' } } }
    Small: { type: object, properties: { name: { type: string } } }
    Large: { type: object, properties: { name: { type: string }, more: { type: string } } }
";
    let create = "  /things:\n    post:\n      tags: [Things]\n      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/ThingCreate' } } } }\n      responses: { '201': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }\n";
    let done = describe(&document(&(get("/things/{id}", ID) + create), schemas));
    let model = model(&changed(&Files::new(), &done));
    for (owner, field, expected) in [
        ("Thing", "first", "Small"),
        ("Thing", "second", "Large"),
        ("ThingCreate", "first", "Small"),
        ("ThingCreate", "second", "Small"),
    ] {
        let record = model.record(owner).unwrap_or_else(|| panic!("no {owner}"));
        let found = record.fields.iter().find(|it| it.wire == field);
        let ty = found.map(|it| format!("{:?}", it.ty));
        assert_eq!(ty, Some(format!("Record({expected:?})")), "{owner}.{field}");
    }
}

#[test]
fn resources_in_requests_are_separate_types() {
    for (route, expected) in [
        ("Post /parcels/check", r#"Type("ParcelRequest") -> Type("Parcel")"#),
        ("Post /parcels/{id}/check", r#"Type("ParcelCheckParcel") -> Type("Parcel")"#),
        ("Post /parcels/batch", r#"Type("Batch") -> Type("Batch")"#),
        ("Patch /depots/{id}", r#"Type("DepotUpdate") -> Type("Depot")"#),
    ] {
        assert_eq!(operation(PARCELS, route), format!("? # {expected}"));
    }
    let files = changed(&Files::new(), &describe(PARCELS));
    let model = model(&files);
    for (owner, field, expected) in [
        ("Batch", "parcels", "list of ParcelRequest"),
        ("Depot", "parcels", "list of Parcel"),
        ("DepotUpdate", "parcels", "list of ParcelRequest"),
        ("DepotRequest", "parcels", "list of ParcelRequest"),
        ("Parcel", "id", "id Parcel"),
        ("ParcelRequest", "id", "string"),
        ("RouteStop", "depot", "DepotRequest"),
    ] {
        let record = model.record(owner).unwrap_or_else(|| panic!("no {owner}"));
        let found = record.fields.iter().find(|it| it.wire == field);
        let ty = found.map(|it| it.ty.to_string());
        assert_eq!(ty.as_deref(), Some(expected), "{owner}.{field}");
    }
    let again = imported(PARCELS, &files);
    assert!(again.files.is_empty(), "{:?}", again.files);
}

/// A response of success with this schema, or without content.
fn responses(schema: &str) -> String {
    let content = format!(", content: {{ application/json: {{ schema: {schema} }} }}");
    let content = if schema.is_empty() { "" } else { &content };
    format!("      responses: {{ '200': {{ description: ok{content} }} }}\n")
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
fn a_resource_without_fields_that_can_be_described_leaves_its_operations() {
    let schema = "    Thing: { type: object, properties: { value: { oneOf: [{ type: string }, { type: integer }] } } }\n";
    let thing = "{ $ref: '#/components/schemas/Thing' }";
    let create = format!(
        "  /things:\n    post:\n      tags: [Things]\n      requestBody: {{ content: {{ application/json: {{ schema: {thing} }} }} }}\n{}",
        responses(thing)
    );
    let done = describe(&document(&(get("/things/{id}", ID) + &create), schema));
    let expected = ["GET /things/{id}", "POST /things"].map(str::to_owned);
    assert_eq!(routes(&done), BTreeSet::from(expected), "{:#?}", done.notes);
    let told = |note: &ngrok_codegen::openapi::import::Note| {
        note.kind == NoteKind::Inexpressible && note.message.contains("`value`")
    };
    assert!(done.notes.iter().any(told), "{:#?}", done.notes);
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

#[test]
fn a_path_with_two_parameters_of_one_name_leaves_out_one_operation() {
    let paths = get("/things/{id}", ID) + &get("/things/{id}/parts/{id}", ID);
    let done = describe(&document(&paths, THING));
    assert!(routes(&done).contains("GET /things/{id}"), "{:#?}", done.notes);
    let reason = reason(&done, "GET /things/{id}/parts/{id}").expect("a reason");
    assert!(reason.contains("would both become the parameter"), "{reason}");
}

#[test]
fn the_id_of_an_item_may_follow_another_parameter() {
    let both = ID.replace("{ name: id,", "{ name: other, in: path, required: true, schema: { type: string } }, { name: id,");
    let paths = get("/things/{id}", ID) + &get("/things/{other}/parts/{id}", &both);
    let done = describe(&document(&paths, THING));
    let expected = ["GET /things/{id}", "GET /things/{other}/parts/{id}"];
    let expected = BTreeSet::from(expected.map(str::to_owned));
    assert_eq!(routes(&done), expected, "{:#?}", done.notes);
}
