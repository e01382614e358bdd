//! Explanations of the names of a small API, and of every name of the real one.

use std::path::Path;

use ngrok_codegen::explain::{explain, names};
use ngrok_codegen::{Loaded, load};

fn folder(folder: &str) -> Loaded {
    let mut loaded = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    loaded.sources.set_root("api-spec");
    loaded
}

/// Returns the explanation of a name of the small API.
fn told(name: &str) -> String {
    let loaded = folder("tests/library");
    explain(loaded.described().expect("no errors"), name)
        .unwrap_or_else(|unknown| unknown.to_string())
}

/// One test for each name.
macro_rules! pages {
    ($($test:ident: $name:literal,)*) => {
        $(#[test]
        fn $test() {
            insta::assert_snapshot!(told($name));
        })*
    };
}

pages! {
    a_service: "shelves",
    a_service_in_a_folder: "branches.hours",
    an_operation: "books.create",
    an_operation_with_an_empty_body: "shelves.dust",
    an_operation_with_parameters: "shelves.put_book",
    a_list_with_query_parameters: "books.list",
    a_resource: "Shelf",
    a_part_of_others: "Audio",
    a_union: "Form",
    an_enum: "Genre",
    a_field: "BookCreate.web_page",
    a_field_described_elsewhere: "shelves.description",
    a_field_deep_inside: "Audio.seconds",
    a_value: "Genre.sci-fi",
    a_choice: "Form::Audio",
    an_error_code: "ERR_LIBRARY_226",
    an_error_code_that_a_field_has: "300",
    an_error_code_without_a_name: "err_library_302",
}

#[test]
fn several_names_have_the_same_explanation() {
    for (name, other) in [
        ("branches.hours", "branches/hours"),
        ("shelves", "Shelves"),
        ("branches.hours", "BranchHours"),
        ("shelves.dust", "ShelvesDust"),
        ("branches.hours.get", "branches/hours.get"),
        ("Genre.sci-fi", "Genre::SciFi"),
        ("ERR_LIBRARY_226", "226"),
        ("226", "RateLimited"),
        ("226", "RATE_LIMITED"),
        ("Shelf.description", "shelves.description"),
        ("Shelf.room", " Shelf.room "),
    ] {
        assert_eq!(told(name), told(other), "{name} and {other}");
    }
}

#[test]
fn unknown_names_get_suggestions() {
    let unknown = |name: &str| told(name);
    for (name, expected) in [
        ("shelvs", "unknown name `shelvs`; did you mean `shelves`?"),
        ("shelves.dst", "unknown name `shelves.dst`; did you mean `shelves.dust`?"),
        ("Shelf.rom", "unknown name `Shelf.rom`; did you mean `Shelf.room`?"),
        ("RateLimit", "unknown name `RateLimit`; did you mean `RateLimited`?"),
        ("ERR_LIBRARY_2226", "unknown name `ERR_LIBRARY_2226`"),
        ("ERR_LIBRARY_326", "unknown name `ERR_LIBRARY_326`"),
        ("seconds", "unknown name `seconds`; did you mean `Audio.seconds`?"),
        (
            "room",
            "unknown name `room`; did you mean one of `Shelf.room`, `ShelfCreate.room`?",
        ),
        ("xyzzyxyzzy", "unknown name `xyzzyxyzzy`"),
        ("", "unknown name ``"),
        (".", "unknown name `.`"),
        ("Shelf.", "unknown name `Shelf.`; did you mean `Shelf`?"),
    ] {
        assert_eq!(unknown(name), expected);
    }
}

#[test]
fn every_name_of_the_real_api_has_a_page_with_its_location() {
    let loaded = folder("../api-spec");
    let described = loaded.described().expect("no errors");
    let names: Vec<_> = names(described.model).collect();
    assert!(!names.is_empty());
    for name in names {
        let page =
            explain(described, &name).unwrap_or_else(|unknown| panic!("{unknown}"));
        assert!(page.contains("\nSpec  api-spec/"), "{name} is nowhere:\n{page}");
        let long = page.lines().find(|line| line.trim_end() != *line);
        assert_eq!(long, None, "{name} has blanks at the end of a line");
    }
}
