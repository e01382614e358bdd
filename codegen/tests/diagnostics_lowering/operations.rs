//! Operations: their bodies, responses and lists.

const THINGS: &str = "things.yaml";
const OPEN: &str = "method: POST, path: item/open, returns: nothing, status: 204";
const OLD: &str = "old.yaml";
const LIST: &str = "filter: [id, kind, box.id]";

crate::traps! {
    a_name_that_says_nothing: "incomplete-operation", [(THINGS, OPEN, "status: 204")];
    a_name_that_is_misspelt: "incomplete-operation", [(THINGS, "  get: Looks", "  gte: Looks")];
    no_description: "missing-doc", [(THINGS, "  create: Makes one.", "  create:")];
    no_description_of_a_parameter: "missing-doc", [(THINGS, "size: { type: int64, doc: Only those of a size. }", "size: { type: int64 }")];
    a_failure_for_a_success: "success-status", [(THINGS, OPEN, "method: POST, path: item/open, returns: nothing, status: 404")];
    a_body_that_is_a_list: "body-type", [(THINGS, OPEN, "method: POST, path: item/open, body: list of Part, returns: nothing, status: 204")];
    a_body_without_a_shape: "missing-shape", [(THINGS, OPEN, "method: POST, path: item/open, body: request, returns: nothing, status: 204")];
    a_body_of_a_convention_without_a_shape: "missing-shape", [("api.yaml", "  get: { method", "  open: { body: request }\n  get: { method")];
    a_response_that_is_a_word: "output-type", [(THINGS, OPEN, "method: POST, path: item/open, returns: string, status: 204")];
    what_is_for_lists: "list-key", [(THINGS, OPEN, "method: POST, path: item/open, returns: nothing, status: 204, filter: [id], paged: false")];
    items_without_a_key: "missing-items", [(THINGS, OPEN, "method: GET, path: item, returns: list, status: 200")];
    pages_of_a_list_that_is_posted: "unpageable-list", [(THINGS, OPEN, "method: POST, path: item/open, returns: list, items: things, paged: true, status: 200, instance: true")];
    pages_of_a_bare_list: "unpageable-list", [(THINGS, LIST, "filter: [id, kind, box.id], items: $, paged: true")];
    items_where_a_page_names_itself: "reserved-key", [(THINGS, LIST, "items: uri")];
    a_filter_without_a_language: "missing-filtering", [("api.yaml", "filtering: { parameter: filter, object: obj, language: cel }\n", "")];
    a_filter_of_no_field: "unknown-filter-field", [(THINGS, LIST, "filter: [id, knd]")];
    a_filter_of_a_field_that_is_sent_alone: "unknown-filter-field", [(THINGS, LIST, "filter: [box_id]")];
    a_filter_of_no_field_within: "unknown-filter-field", [(THINGS, LIST, "filter: [box.ids]")];
    a_filter_within_a_word: "unknown-filter-field", [(THINGS, LIST, "filter: [old.id]")];
    an_exception_for_a_field_that_is_there: "needless-filter-only", [(THINGS, LIST, "filter: [id, kind], filter_only: [kind]")];
    an_exception_for_no_filter: "needless-filter-only", [(THINGS, LIST, "filter: [id], filter_only: [colour]")];
    a_query_that_pages_have: "reserved-parameter", [(THINGS, "query: { size:", "query: { limit:")];
    a_header_that_is_sent_anyway: "reserved-header", [(THINGS, OPEN, "method: POST, path: item/open, returns: nothing, status: 204, headers: { Authorization: { type: string, doc: The key. } }")];
    a_header_of_the_transport: "reserved-header", [(THINGS, OPEN, "method: POST, path: item/open, returns: nothing, status: 204, headers: { host: { type: string, doc: Where to. } }")];
    a_header_that_is_no_word: "reserved-header", [(THINGS, OPEN, "method: POST, path: item/open, returns: nothing, status: 204, headers: { a b: { type: string, doc: Two words. } }")];
    two_arguments_of_one_name: "name-collision", [(THINGS, OPEN, "method: POST, path: item/open, returns: nothing, status: 204, query: { box_id: { type: string, required: true, doc: Another box. } }")];
    a_query_of_records: "query-parameter-type", [(THINGS, "size: { type: int64, doc: Only", "size: { type: Part, doc: Only")];
    a_path_that_is_required: "parameter-key", [(THINGS, "box_id: { type: id Crate, doc: The", "box_id: { type: id Crate, required: true, doc: The")];
    a_query_with_places: "parameter-key", [(THINGS, "size: { type: int64, doc: Only", "size: { type: int64, in: [response], nullable: true, doc: Only")];
    a_query_without_a_type: "missing-type", [(THINGS, "size: { type: int64, doc: Only", "size: { doc: Only")];
    two_operations_of_one_name: "name-collision", [(THINGS, "  open:", "  Get: { doc: Gets it., method: GET, path: item, returns: resource, status: 200 }\n  open:")];
    two_operations_of_one_id: "name-collision", [("boxes.yaml", "tag: Crates", "tag: ThingsOpen"), ("boxes.yaml", "  empty:", "  it:"), (THINGS, "  open:", "  open_it:")];
    no_id_to_be_called_by: "impossible-instance", [("old.yaml", "  get: Looks one up.", "  get: { doc: Looks one up., instance: true }"), ("old.yaml", "  id:\n", "  uri:\n"), ("old.yaml", "path: /old_things", "path: /old_things\nparams: { id: { type: string, doc: Its name. } }")];
    no_field_to_be_called_by: "impossible-instance", [(THINGS, OPEN, "method: POST, path: item/open, returns: nothing, status: 204, instance: true")];
    a_field_of_another_type_to_be_called_by: "impossible-instance", [
        (THINGS, OPEN, "method: POST, path: item/open, returns: nothing, status: 204, instance: true"),
        (THINGS, "box_id: { type: id Crate, in: [create]", "box_id: { type: int64, in: [response, create]"),
    ];
    a_field_that_may_be_absent_to_be_called_by: "impossible-instance", [
        (THINGS, OPEN, "method: POST, path: item/open, returns: nothing, status: 204, instance: true"),
        (THINGS, "box_id: { type: id Crate, in: [create]", "box_id: { type: id Crate, in: [response-, create]"),
    ];
    a_replacement_that_is_not_there: "unknown-replacement", [(THINGS, OPEN, "method: POST, path: item/open, returns: nothing, status: 204, deprecated: { use: boxes.emtpy }")];
    nothing_said_of_what_could_be_called_on_a_thing: "possible-instance", [(OLD, "  get: Looks one up.", "  get: Looks one up.\n  close: { doc: Closes it., method: POST, path: item/close, returns: nothing, status: 204 }")];
}

#[test]
fn explicit_instance_settings_are_respected() {
    let close = |more: &str, path: &str| {
        let close = format!(
            "  get: Looks one up.\n  close: {{ doc: Closes it., method: POST, path: {path}, returns: nothing, status: 204{more} }}"
        );
        crate::changed(&[(OLD, "  get: Looks one up.", &close)])
    };
    assert_eq!(close(", instance: false", "item/close"), "");
    assert_eq!(close(", instance: true", "item/close"), "");
    assert_eq!(close(", deprecated: true", "item/close"), "");
    assert_eq!(close("", "collection/close"), "");
}
