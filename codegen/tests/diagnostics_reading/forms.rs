//! Forms of values, their meaning, and their locations.

use ngrok_codegen::diagnostic::SourceMap;
use ngrok_codegen::spec::{Deprecation, Operation, Resource, Span};
use serde_json::json;

use super::{THINGS, read};

/// Reads a valid resource, and passes it to a test.
fn with_resource(
    text: &str,
    look: impl FnOnce(&Resource, &dyn Fn(Span) -> (String, u32)),
) {
    let loaded = read(text);
    assert_eq!(super::shown(&loaded), "");
    let spec = loaded.spec.expect("there are no errors");
    look(&spec.resources[0].resource, &|span| place(&loaded.sources, span));
}

/// Returns the text at a location, and its line.
fn place(sources: &SourceMap, span: Span) -> (String, u32) {
    let line = sources.position(span).expect("it is in a file").line;
    (sources.slice(span).expect("it is in a file").to_owned(), line)
}

fn at(text: &str, line: u32) -> (String, u32) {
    (text.to_owned(), line)
}

#[test]
fn an_operation_is_a_string_a_map_or_null() {
    with_resource(THINGS, |resource, place| {
        let operations = &resource.operations;
        let Some(Operation::Doc(doc)) = operations.get("get") else {
            panic!("{operations:?}")
        };
        assert_eq!(place(doc.span), at("Looks one up.", 8));
        assert!(matches!(operations.get("update"), Some(Operation::Conventional)));
        let Some(Operation::Details(list)) = operations.get("list") else {
            panic!("{operations:?}")
        };
        assert_eq!(place(list.filter[1].span), at("size", 12));
        assert_eq!(list.status.as_deref(), Some(&200));
    });
}

#[test]
fn a_deprecation_is_a_flag_or_a_map() {
    with_resource(THINGS, |resource, place| {
        let field = |name| {
            resource.fields.get(name).and_then(Option::as_ref).expect("it is there")
        };
        let kind = field("kind").deprecated.as_ref().expect("it is deprecated");
        assert!(matches!(**kind, Deprecation::Flag(true)));
        assert_eq!(place(kind.span), at("true", 23));
        let size = field("size").deprecated.as_ref().expect("it is deprecated");
        let Deprecation::Details(details) = &**size else { panic!("{size:?}") };
        assert_eq!(details.since.as_deref(), Some("2025-01-01"));
        assert_eq!(place(size.span), at("{ use: other, since: \"2025-01-01\" }", 22));
    });
}

#[test]
fn a_field_may_be_named_only() {
    with_resource(&THINGS.replace("{ prefix: th }", ""), |resource, place| {
        assert!(resource.fields.get("id").is_some_and(Option::is_none));
        let key = resource.fields.keys().next().expect("there are fields");
        assert_eq!(place(key.span), at("id", 16));
    });
}

#[test]
fn keys_are_strings_in_any_form() {
    let text = THINGS
        .replace("\"404\":", "404: It is gone.\n      true: It is so.\n      null:");
    with_resource(&text, |resource, place| {
        let values = &resource.enums.get("Kind").expect("it is there").values;
        let keys: Vec<_> = values.keys().map(|key| key.as_str()).collect();
        assert_eq!(keys, ["good", "404", "true", "null"]);
        let (key, doc) = values.get_key_value("404").expect("it is there");
        assert_eq!(place(key.span), at("404", 39));
        assert_eq!(place(doc.span), at("It is gone.", 39));
    });
}

#[test]
fn any_value_can_be_a_default() {
    let text = THINGS.replace(
        "[1, a, { b: null }]",
        "[1, -1, 1.5, true, 'true', ~, { b: { 1: c } }, 0x1f]",
    );
    with_resource(&text, |resource, _| {
        let size =
            resource.fields.get("size").and_then(Option::as_ref).expect("it is there");
        let expected =
            json!([1, -1, 1.5, true, "true", null, { "b": { "1": "c" } }, 31]);
        assert_eq!(size.default.as_deref(), Some(&expected));
    });
}

#[test]
fn multi_line_strings_are_located_at_their_first_line() {
    let text = THINGS.replace("doc: Something.", "doc: |\n  One.\n\n  Two.");
    with_resource(&text, |resource, place| {
        assert_eq!(*resource.doc, "One.\n\nTwo.\n");
        assert_eq!(place(resource.doc.span), at("One.", 6));
        assert_eq!(
            place(resource.constraints[0].span),
            at("{ one_of: [size, kind], errors: [200] }", 29)
        );
    });
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    let text = format!("\u{feff}{}", THINGS.replace('\n', "\r\n"));
    with_resource(&text, |resource, place| {
        assert_eq!(place(resource.path.span), at("/things", 4));
        assert_eq!(place(resource.doc.span), at("Something.", 5));
    });
}
