//! Names of types, services, files and nouns.

const THINGS: &str = "things.yaml";

crate::traps! {
    a_type_in_snake_case: "type-name", [(THINGS, "resource: Thing", "resource: my_thing")];
    a_type_with_an_initialism_in_capitals: "type-name", [(THINGS, "Part:", "IPPart:"), (THINGS, "list of Part", "list of IPPart")];
    a_type_of_the_runtime: "reserved-name", [(THINGS, "  Near:", "  List:"), (THINGS, "type: Near", "type: List")];
    a_service_like_a_type_of_the_runtime: "reserved-name", [(THINGS, "tag: Things", "tag: Call")];
    a_value_like_the_variant_for_all_others: "reserved-name", [(THINGS, "square:", "unknown:")];
    a_choice_like_the_variant_for_all_others: "reserved-name", [(THINGS, "      far:", "      unknown:")];
    two_types_of_one_name: "duplicate-type", [(THINGS, "  Near:", "  OldPart:"), (THINGS, "type: Near", "type: OldPart")];
    a_type_like_a_body: "duplicate-type", [(THINGS, "  Near:", "  ThingCreate:"), (THINGS, "type: Near", "type: ThingCreate")];
    a_service_like_a_type: "name-collision", [(THINGS, "tag: Things", "tag: Part")];
    two_services_of_one_name: "name-collision", [(THINGS, "tag: Things", "tag: crates")];
    a_type_like_the_query_of_a_list: "name-collision", [(THINGS, "  Near:", "  ThingsListQuery:"), (THINGS, "type: Near", "type: ThingsListQuery")];
    two_fields_of_one_name: "name-collision", [(THINGS, "  old:", "  boxId:")];
    two_values_of_one_name: "name-collision", [(THINGS, "square:", "Round:")];
    a_field_like_a_word_of_rust: "rust-keyword", [(THINGS, "  old:", "  match:"), (THINGS, "steps:", "match:"), (THINGS, "miles:", "new:")];
    an_exception_that_no_field_needs: "needless-keyword", [
        ("api.yaml", "keywords: [box]", "keywords: [box, match, old]"),
        (THINGS, "  size: { type: int64, doc: Its size. }", "  match: { type: int64, doc: Its size. }"),
    ];
    no_noun: "malformed-noun", [(THINGS, "noun: thing", "noun: \"`thing`\"")];
    an_empty_description: "empty-doc", [(THINGS, "doc: A part.", "doc: \"\"")];
    shapes_for_all_and_for_some_requests: "too-many-shapes", [
        (THINGS, "    doc: Close by.", "    doc: Close by.\n    request: NearRequest\n    create: NearCreate"),
    ];
    a_request_in_small_letters: "type-name", [("boxes.yaml", "path: /boxes\n", "path: /boxes\nrequest: new_crate\n")];
}

#[test]
fn listed_rust_keywords_are_not_reported() {
    let meant = ("api.yaml", "[box]", "[box, match, type]");
    let said = crate::changed(&[
        meant,
        (THINGS, "  old:", "  match:"),
        (THINGS, "query: { size:", "query: { type:"),
        // Variants can have any name, including `Type`.
        (THINGS, "      near:", "      type:"),
    ]);
    assert_eq!(said, "");
}
