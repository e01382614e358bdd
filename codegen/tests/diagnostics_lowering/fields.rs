//! Fields: their bodies, and their properties.

const THINGS: &str = "things.yaml";
/// The line after which an `apply` block is added.
const KEY: &str = "path: /boxes/{box_id}/things\n";

crate::traps! {
    no_type: "missing-type", [(THINGS, "old: { type: string, in: [response],", "old: { in: [response],")];
    no_type_of_what_is_nearly_a_common_field: "missing-type", [(THINGS, "  uri:\n", "  url:\n")];
    no_type_of_a_common_field_of_a_part: "missing-type", [(THINGS, "name: { type: string, required: true,", "id: {")];
    no_description: "missing-doc", [(THINGS, ", doc: Its kind. }", " }")];
    no_such_place: "unknown-place", [(THINGS, "in: [response, create!]", "in: [responses, create!]")];
    a_place_without_an_operation: "unknown-place", [("boxes.yaml", "  uri:\n", "  size: { type: int64, in: [response, create], doc: Its size. }\n")];
    nowhere: "no-place", [(THINGS, "in: [response, create!]", "in: []")];
    a_mark_that_means_nothing: "meaningless-mark", [(THINGS, "in: [response, create!]", "in: [response!, create-]")];
    a_flag_where_there_are_places: "presence-outside-in", [(THINGS, "in: [response, create!]", "in: [response, create], required: true")];
    places_where_there_is_one_shape: "in-without-shapes", [(THINGS, "name: { type: string, required: true,", "name: { type: string, in: [create!],")];
    a_secret_number: "secret-type", [(THINGS, "size: { type: int64, in", "size: { type: int64, secret: true, in")];
    set_by_no_field: "unknown-field", [(THINGS, "written_as: box_id", "written_as: boxid")];
    distinct_in_no_field: "unknown-field", [(THINGS, "distinct: name", "distinct: nmae")];
    like_no_sibling: "unknown-field", [(THINGS, "distinct: name", "only_if: { knd: round }")];
    returned_by_no_operation: "unknown-operation", [(THINGS, "only_on: create", "only_on: creat")];
    cleared_by_no_operation: "unknown-operation", [(THINGS, "distinct: name", "cleared_by: boxes.emptied")];
    replaced_by_nothing: "unknown-replacement", [(THINGS, "deprecated: { use: size }", "deprecated: { use: sise }")];
    a_service_replaced_by_nothing: "unknown-replacement", [("old.yaml", "use: things", "use: thigns")];
    not_empty_nowhere: "unknown-place", [(THINGS, "non_empty: [create]", "non_empty: [creation]")];
    a_key_of_no_field: "unknown-key-field", [(THINGS, KEY, "path: /boxes/{box_id}/things\napply: { key: [box_id, kid] }\n")];
    a_key_that_responses_lack: "unreadable-key-field", [(THINGS, KEY, "path: /boxes/{box_id}/things\napply: { key: [color] }\n"), (THINGS, "  old:", "  color: { type: string, in: [create], doc: Its color. }\n  old:")];
    an_empty_key: "empty-natural-key", [(THINGS, KEY, "path: /boxes/{box_id}/things\napply: { key: [] }\n")];
    a_parent_of_no_field: "unknown-key-field", [(THINGS, KEY, "path: /boxes/{box_id}/things\napply: { key: [kind], parent: { field: boxid, on_delete: cascade } }\n")];
    a_terraform_attribute_of_no_field: "unknown-field", [(THINGS, KEY, "path: /boxes/{box_id}/things\nterraform: { attributes: { kid: { computed: true } } }\n")];
    an_earlier_name_of_another_field: "name-collision", [(THINGS, KEY, "path: /boxes/{box_id}/things\nterraform: { attributes: { kind: { formerly: [id] } } }\n")];
    a_parent_that_is_no_resource: "parent-type", [(THINGS, KEY, "path: /boxes/{box_id}/things\napply: { key: [kind], parent: { field: size, on_delete: restrict } }\n")];
    a_number_that_equals_as_a_domain: "equality-type", [(THINGS, "size: { type: int64, in", "size: { type: int64, equal: domain, in")];
    an_unordered_text: "equality-type", [(THINGS, "old: { type: string, in", "old: { type: string, equal: unordered, in")];
    a_default_that_is_never_used: "default-of-required", [(THINGS, "in: [response, create!], doc", "in: [response, create!], default: round, doc")];
    the_name_of_nothing: "unknown-resource", [(THINGS, "distinct: name", "name_of: Boxes")];
}
