//! Paths of foreign documents and their parameters.

use std::collections::BTreeSet;

use super::{ID, THING, document, get, reason, routes};
use crate::{Files, changed, describe};

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
