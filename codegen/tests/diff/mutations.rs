//! Every leaf of a model is changed and every part removed: each change must be found.

use std::collections::{BTreeMap, BTreeSet};

use ngrok_codegen::diff::{Rust, diff};
use ngrok_codegen::model::Model;
use serde_json::{Value, json};

use super::folder;
use super::surface::Surface;

/// Keys derived from other parts of a model.
const DERIVED: &[&str] = &["in_requests", "in_responses", "source", "resource"];

/// Words of closed sets: wrappers of fields, and retry classes.
const WORDS: &[&str] =
    &["plain", "option", "patch", "boxed", "never", "later", "after_change"];

/// Number of changed locations of each kind.
const OF_EACH_KIND: usize = 3;

/// A change of a model.
struct Mutation {
    place: String,
    model: Model,
}

/// Returns the model of the library as its JSON is read, which orders the rules of a field by name.
fn library() -> Model {
    let model = serde_json::to_value(folder("tests/library")).expect("a model is plain");
    serde_json::from_value(model).expect("the same model")
}

/// Returns some changes of each kind of a model.
fn mutations(model: &Model) -> Vec<Mutation> {
    let original = serde_json::to_value(model).expect("a model is plain");
    let (mut places, mut seen) = (Vec::new(), BTreeMap::<String, usize>::new());
    let mut keys = BTreeMap::new();
    collect_keys(&original, "", &mut keys);
    collect(&original, String::new(), &keys, &mut places);
    places.retain(|place| {
        let seen = seen.entry(kind(place)).or_default();
        *seen += 1;
        *seen <= OF_EACH_KIND
    });
    let changed = |place: String| {
        let models = changed(&original, &place).into_iter().filter_map(|value| {
            serde_json::from_value(value).ok().filter(|changed| changed != model)
        });
        models
            .map(move |model| Mutation { place: place.clone(), model })
            .collect::<Vec<_>>()
    };
    places.into_iter().flat_map(changed).collect()
}

/// Returns a location without the numbers and names that distinguish it from others of its kind.
fn kind(place: &str) -> String {
    let mut kind = place.split('/').collect::<Vec<_>>();
    if let [_, "types", name, ..] = kind.as_mut_slice() {
        *name = "*";
    }
    let any = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    kind.iter()
        .map(|part| if any(part) { "*" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// Returns variants of the whole with other values at a location, or none.
fn changed(original: &Value, place: &str) -> Vec<Value> {
    let values = alternatives(original.pointer(place).unwrap_or(&Value::Null));
    let replaced = values.into_iter().filter_map(|value| {
        let mut changed = original.clone();
        set(&mut changed, place, value)?;
        Some(changed)
    });
    replaced.chain(without(original, place)).collect()
}

/// Sets the value at a location, which may be a key that was omitted.
fn set(whole: &mut Value, place: &str, value: Value) -> Option<()> {
    if let Some(present) = whole.pointer_mut(place) {
        *present = value;
        return Some(());
    }
    let (parent, key) = place.rsplit_once('/')?;
    whole.pointer_mut(parent)?.as_object_mut()?.insert(key.to_owned(), value);
    Some(())
}

/// Collects the keys that objects of each kind have anywhere: default values are omitted.
fn collect_keys(
    value: &Value,
    place: &str,
    keys: &mut BTreeMap<String, BTreeSet<String>>,
) {
    match value {
        Value::Object(map) => {
            keys.entry(kind(place)).or_default().extend(map.keys().cloned());
            for (key, value) in map {
                collect_keys(value, &format!("{place}/{key}"), keys);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                collect_keys(value, &format!("{place}/{index}"), keys);
            }
        }
        _ => {}
    }
}

/// Returns true if a value is derived from others, and cannot change alone.
fn is_derived(place: &str) -> bool {
    let parts: Vec<_> = place.split('/').skip(1).collect();
    let name = matches!(parts.as_slice(), ["types", _, "name"]);
    name || parts.last().is_some_and(|last| DERIVED.contains(last))
}

/// Collects the locations of all values that are not only derived.
fn collect(
    value: &Value,
    place: String,
    keys: &BTreeMap<String, BTreeSet<String>>,
    pointers: &mut Vec<String>,
) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{place}/{key}"), keys, pointers);
            }
            let all = keys.get(&kind(&place)).into_iter().flatten();
            let omitted = all.filter(|key| !map.contains_key(*key));
            let omitted = omitted.map(|key| format!("{place}/{key}"));
            pointers.extend(omitted.filter(|place| !is_derived(place)));
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                collect(value, format!("{place}/{index}"), keys, pointers);
            }
        }
        _ => {}
    }
    if !is_derived(&place) {
        pointers.push(place);
    }
}

/// Returns other values of the same kind.
fn alternatives(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(flag) => vec![json!(!flag)],
        Value::Number(number) => vec![json!(number.as_u64().unwrap_or_default() + 1)],
        Value::String(text) if WORDS.contains(&text.as_str()) => {
            WORDS.iter().map(|word| json!(word)).collect()
        }
        Value::String(text) => vec![json!(format!("{text}x"))],
        Value::Null => vec![
            json!("x"),
            json!(7),
            json!(true),
            json!(["x"]),
            json!({ "planned": false, "note": "x" }),
        ],
        _ => Vec::new(),
    }
}

/// Returns the whole without an element of a list or map.
fn without(original: &Value, pointer: &str) -> Option<Value> {
    let (parent, key) = pointer.rsplit_once('/')?;
    let mut changed = original.clone();
    match changed.pointer_mut(parent)? {
        Value::Array(list) => {
            list.remove(key.parse().ok()?);
        }
        // A name is derived from the wire name only when the compact form is read.
        Value::Object(_) if key == "name" => return None,
        Value::Object(map) => {
            map.remove(&key.replace("~1", "/").replace("~0", "~"))?;
        }
        _ => return None,
    }
    Some(changed)
}

#[test]
fn every_difference_is_reported() {
    let model = library();
    let mutations = mutations(&model);
    assert!(mutations.len() > 300, "{}", mutations.len());
    let silent = mutations.iter().filter(|mutation| {
        let there = diff(&model, &mutation.model);
        let back = diff(&mutation.model, &model);
        there.changes.is_empty() || back.changes.is_empty()
    });
    let silent: Vec<_> = silent.map(|mutation| mutation.place.as_str()).collect();
    assert!(silent.is_empty(), "undetected changes: {silent:#?}");
}

#[test]
fn patch_level_changes_do_not_affect_the_surface() {
    let model = library();
    let before = Surface::of(&model);
    let (mut checked, mut wrong) = (0, Vec::new());
    for mutation in mutations(&model) {
        let reports = [diff(&model, &mutation.model), diff(&mutation.model, &model)];
        let patch = reports.into_iter().find(|report| report.rust() == Rust::Patch);
        if let Some(report) = patch {
            checked += 1;
            let same = before.is_that_of(&mutation.model);
            wrong.extend(
                (!same).then(|| format!("{}\n{}", mutation.place, report.text())),
            );
        }
    }
    assert!(checked > 100, "{checked}");
    assert!(wrong.is_empty(), "the surface changed with:\n{}", wrong.concat());
}
