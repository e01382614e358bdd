//! Edits of the files of this repository's description touch what they are for and nothing else.

use ngrok_codegen::openapi::edit::{Change, Edit, apply};
use ngrok_codegen::openapi::{Map, Tree};
use serde_json::Value;

use super::own;

/// Returns true if all lines of one text are in another, in their order.
fn within(part: &str, whole: &str) -> bool {
    let mut lines = whole.lines();
    part.lines().all(|line| lines.any(|other| other == line))
}

fn value(text: &str) -> Value {
    serde_yaml::from_str(text).expect("the file can be read")
}

/// The ways to all keys of maps, at most so far down.
fn ways(value: &Value, way: &[String], depth: usize, found: &mut Vec<Vec<String>>) {
    let Value::Object(map) = value else { return };
    for (key, inner) in map.iter().filter(|_| depth > 0) {
        let way: Vec<String> = way.iter().cloned().chain([key.clone()]).collect();
        ways(inner, &way, depth - 1, found);
        found.push(way);
    }
}

fn remove(way: &[String]) -> Edit {
    let (key, path) = way.split_last().expect("it leads somewhere");
    Edit::new(path.to_vec(), Change::Remove { key: key.clone() })
}

#[test]
fn what_is_taken_out_leaves_the_other_lines_as_they_were() {
    for (name, text) in own().into_iter().step_by(3) {
        let mut found = Vec::new();
        ways(&value(&text), &[], 2, &mut found);
        // The only entry of a file cannot be taken out.
        let whole = value(&text).as_object().is_some_and(|map| map.len() == 1);
        for way in found.into_iter().filter(|way| !whole || way.len() > 1) {
            let edited = apply(&text, &[remove(&way)]);
            let edited =
                edited.unwrap_or_else(|it| panic!("{name} {way:?}: {}", it.message));
            let in_one_line = !within(&edited, &text);
            // An entry on the line of others is formatted again, and only that line.
            if in_one_line {
                let lines =
                    edited.lines().filter(|line| !text.lines().any(|old| old == *line));
                assert!(lines.count() <= 4, "{name} {way:?}");
            }
            assert!(edited.len() < text.len(), "{name} {way:?}");
        }
    }
}

#[test]
fn what_is_added_leaves_all_lines_as_they_were() {
    let field = Map::new().with("type", "string").with("doc", "New.");
    for (name, text) in
        own().into_iter().filter(|(name, _)| name.starts_with("resources/"))
    {
        let sections = value(&text);
        let sections = sections.as_object().expect("a map");
        for section in ["fields", "operations", "enums", "types"] {
            let set = Change::Set {
                key: "brand_new".to_owned(),
                value: Tree::from(field.clone()),
                after: Vec::new(),
            };
            let edited =
                apply(&text, &[Edit::new([section], set)]).expect("it can be added");
            assert!(within(&text, &edited), "{name} {section}");
            let new = edited.lines().count() - text.lines().count();
            assert!(
                new == 1 || !sections.contains_key(section),
                "{name} {section}: {new}"
            );
            let back =
                apply(&edited, &[remove(&[section.to_owned(), "brand_new".to_owned()])]);
            assert_eq!(back.expect("it can be taken out"), text, "{name} {section}");
        }
    }
}
