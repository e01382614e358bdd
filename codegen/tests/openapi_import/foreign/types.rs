//! Types of foreign documents: what is sent, what is returned, and what both have.

use std::collections::BTreeSet;

use ngrok_codegen::model::{Model, TypeRef};
use ngrok_codegen::openapi::import::NoteKind;

use super::{
    ID, PARCELS, THING, document, get, operation, responses, routes, with_required,
};
use crate::{Files, changed, describe, imported, model};

fn type_of<'m>(owner: &str, field: &str, model: &'m Model) -> &'m TypeRef {
    let record = model.record(owner).unwrap_or_else(|| panic!("no {owner}"));
    let found = record.fields.iter().find(|it| it.wire == field);
    &found.unwrap_or_else(|| panic!("no {owner}.{field}")).ty
}

#[test]
fn types_without_a_name_may_contain_themselves() {
    let part = "{ allOf: [{ $ref: '#/components/schemas/Extra' }, { $ref: '#/components/schemas/Thing' }] }";
    let fields = ["a", "b", "c", "d", "e", "f"];
    let properties = fields.map(|name| format!("{name}: {part}"));
    let schemas = format!(
        "    Thing: {{ type: object, required: [id], properties: {{ id: {{ type: string }}, {} }} }}
    Extra: {{ type: object, properties: {{ more: {{ type: string }} }} }}
",
        properties.join(", ")
    );
    let done = describe(&document(&get("/things/{id}", ID), &schemas));
    let model = model(&changed(&Files::new(), &done));
    assert_eq!(model.types.len(), 1 + fields.len());
    for field in fields {
        assert_eq!(type_of("ThingA", field, &model), type_of("Thing", field, &model));
    }
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
        let ty = format!("{:?}", type_of(owner, field, &model));
        assert_eq!(ty, format!("Record({expected:?})"), "{owner}.{field}");
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
        let ty = type_of(owner, field, &model).to_string();
        assert_eq!(ty, expected, "{owner}.{field}");
    }
    let again = imported(PARCELS, &files);
    assert!(again.files.is_empty(), "{:?}", again.files);
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
