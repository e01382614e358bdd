//! Paths, their parameters, and the locations of files.

const THINGS: &str = "things.yaml";

/// Another service.
const MORE: &str = "noun: more
resource: More
tag: MoreThings
path: /more
doc: There is more.
operations:
  get: Looks one up.
fields:
  id:
";

crate::traps! {
    a_path_that_begins_with_nothing: "malformed-path", [("boxes.yaml", "path: /boxes", "path: boxes")];
    a_path_that_ends_with_a_slash: "malformed-path", [("boxes.yaml", "path: /boxes", "path: /boxes/")];
    a_path_with_a_query: "malformed-path", [("boxes.yaml", "path: /boxes", "path: /boxes?all")];
    a_path_that_leads_up: "malformed-path", [("boxes.yaml", "path: /boxes", "path: /../boxes")];
    a_path_with_quotes: "malformed-path", [("boxes.yaml", "path: /boxes", "path: '/bo\"xes'")];
    a_path_beyond_ascii: "malformed-path", [("boxes.yaml", "path: /boxes", "path: /böxes")];
    an_operation_that_leads_up: "malformed-path", [(THINGS, "item/open", "item/../open")];
    a_path_with_an_open_brace: "malformed-path", [(THINGS, "/boxes/{box_id}/things", "/boxes/{box_id/things")];
    a_path_of_an_operation: "malformed-path", [(THINGS, "item/open", "item/open//now")];
    an_item_path: "malformed-path", [("boxes.yaml", "path: /boxes", "path: /boxes\nitem_path: \"{id}\"")];
    a_place_that_is_none: "unknown-path", [(THINGS, "item/open", "itme/open")];
    a_parameter_that_nothing_describes: "unknown-parameter", [(THINGS, "  box_id: { type: id Crate, doc: The box it is in. }\n\n", "  crate_id: { type: id Crate, doc: The box it is in. }\n\n")];
    a_parameter_that_is_in_no_path: "unused-parameter", [(THINGS, "/boxes/{box_id}/things", "/things")];
    a_parameter_that_is_a_list: "path-parameter-type", [(THINGS, "box_id: { type: id Crate, doc: The box it is in. }\n\n", "box_id: { type: list of string, doc: The box it is in. }\n\n")];
    a_parameter_that_comes_twice: "name-collision", [(THINGS, "/boxes/{box_id}/things", "/boxes/{box_id}/{boxId}")];
    items_of_a_singleton: "item-of-singleton", [("boxes.yaml", "path: /boxes", "path: /boxes\nsingleton: true\nitem_path: /{id}")];
    a_file_like_a_method_of_every_client: "reserved-name", [("resources/builder.yaml", "", MORE)];
    a_file_like_a_folder: "accessor-collision", [("resources/things/more.yaml", "", MORE)];
}
