//! The syntax of `type:`, and the parts of types.

const THINGS: &str = "things.yaml";

crate::traps! {
    a_type_that_is_not_there: "unknown-type", [(THINGS, "type: Kind", "type: Kidn")];
    a_type_that_is_like_no_other: "unknown-type", [(THINGS, "type: Kind", "type: Colour")];
    a_word_that_is_misspelt: "unknown-type", [(THINGS, "type: int64", "type: int46")];
    a_field_of_many_shapes_is_told_of_once: "unknown-type", [(THINGS, "size: { type: int64, in", "size: { type: Size, in")];
    an_id_of_nothing: "unknown-resource", [(THINGS, "type: ref Crate", "type: ref Crat")];
    an_id_of_a_part: "unknown-resource", [(THINGS, "type: ref Crate", "type: ref Part")];
    a_resource_that_nothing_describes: "unknown-resource", [("boxes.yaml", "resource: Crate", "resource: Cart"), ("boxes.yaml", "\nfields:\n  id: { prefix: bx }\n  uri:\n", "")];
    fields_and_bodies_without_a_resource: "unknown-resource", [("boxes.yaml", "resource: Crate\n", "")];
    an_id_without_a_resource: "unfinished-type", [(THINGS, "name: { type: string,", "name: { type: ref,")];
    a_list_of_nothing: "unfinished-type", [(THINGS, "type: list of Part", "type: list")];
    keys_that_are_no_ids: "not-an-id", [(THINGS, "type: list of Part", "type: map of Part, keys: string")];
    lists_without_an_end: "nested-type", [(THINGS, "type: list of Part", "type: list of list of list of list of list of list of list of list of list of Part")];
    fields_of_what_has_none: "external-type", [(THINGS, "type: id User", "type: User")];
    a_type_of_a_deprecated_service: "deprecated-type", [(THINGS, "type: list of Part", "type: list of OldPart")];
    a_resource_of_a_deprecated_service: "deprecated-type", [("boxes.yaml", "resource: Crate", "resource: OldThing"), ("boxes.yaml", "\nfields:\n  id: { prefix: bx }\n  uri:\n", "")];
    an_enum_for_a_resource: "resource-kind", [("boxes.yaml", "resource: Crate", "resource: Kind"), ("boxes.yaml", "\nfields:\n  id: { prefix: bx }\n  uri:\n", "")];
    a_resource_without_an_id: "resource-id", [(THINGS, "  id: { prefix: th }", "  id: { type: string, in: [response], doc: Its name. }")];
    a_resource_whose_id_may_be_absent: "resource-id", [(THINGS, "  id: { prefix: th }", "  id: { prefix: th, in: [response-] }")];
    a_resource_in_a_request: "resource-in-request", [(THINGS, "path: item/open,", "path: item/open, body: Crate,")];
    a_choice_of_scalars: "union-of-scalars", [(THINGS, "near: { type: Near,", "near: { type: string,")];
    a_choice_of_the_same: "duplicate-choice", [(THINGS, "far: { type: Far,", "far: { type: Near,")];
    a_choice_with_shapes: "union-shapes", [(THINGS, "    doc: A choice.", "    doc: A choice.\n    request: TargetRequest")];
    a_request_that_never_ends: "endless-value", [(THINGS, "      size: { type: int64, doc: Its size. }", "      inner: { type: Part, required: true, doc: Another part. }")];
    a_choice_of_itself: "endless-type", [(THINGS, "far: { type: Far,", "far: { type: Target,")];
    a_type_that_nothing_uses: "unused-type", [(THINGS, "\nenums:", "  Spare:\n    doc: Of no use.\n    fields: {}\n\nenums:")];
    a_rule_of_two_kinds: "constraint-kind", [(THINGS, "one_of: [kind, size]", "one_of: [kind], together: [size]")];
    a_rule_without_a_condition: "constraint-kind", [(THINGS, "one_of: [kind, size]", "requires: [kind, size]")];
    a_rule_about_no_field: "unknown-field", [(THINGS, "one_of: [kind, size]", "one_of: [kind, sise]")];
    a_rule_for_no_place: "unknown-place", [(THINGS, "in: [create], errors", "in: [created], errors")];
}
