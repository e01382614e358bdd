//! The exported document: complete, consistent, and equivalent to the model. For the description of this repository, and for every fixture.

mod choices;
mod rendering;
mod structure;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ngrok_codegen::load;
use ngrok_codegen::model::{Model, pointer};
use ngrok_codegen::openapi::{export, to_json, to_yaml};
use serde_json::Value;

/// A document and its model.
struct Exported {
    name: String,
    model: Model,
    document: Value,
}

/// All documents: that of this repository first.
static ALL: LazyLock<Vec<Exported>> = LazyLock::new(|| {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = here.join("tests/fixtures").read_dir().expect("fixtures");
    let mut folders: Vec<PathBuf> =
        fixtures.map(|entry| entry.expect("a folder").path()).collect();
    folders.sort();
    let folders = std::iter::once(here.join("../api-spec")).chain(folders);
    folders.filter_map(|folder| exported(&folder)).collect()
});

/// Exports the description in a directory; `None` if it is missing or invalid.
fn exported(folder: &Path) -> Option<Exported> {
    let model = load(folder).model?;
    let document = serde_json::from_str(&to_json(&export(&model))).expect("it is JSON");
    let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
    Some(Exported { name, model, document })
}

/// Returns the document of this repository.
fn own() -> &'static Exported {
    let own = &ALL[0];
    assert_eq!(own.name, "api-spec");
    own
}

impl Exported {
    /// Iterates over every operation, by path and method.
    fn operations(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        let paths = self.document["paths"].as_object().expect("a map");
        paths.iter().flat_map(|(path, item)| {
            let methods = item.as_object().expect("a map");
            methods.iter().map(move |(method, operation)| {
                (path.as_str(), method.as_str(), operation)
            })
        })
    }
}

/// Visits every value of a document, with its JSON pointer.
fn walk<'a>(value: &'a Value, pointer: &str, visit: &mut impl FnMut(&str, &'a Value)) {
    visit(pointer, value);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                walk(value, &pointer::join(pointer, key), visit);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                walk(value, &format!("{pointer}/{index}"), visit);
            }
        }
        _ => {}
    }
}

#[test]
fn the_same_model_gives_the_same_text_as_yaml_and_as_json() {
    for one in ALL.iter() {
        let text = to_yaml(&export(&one.model));
        assert_eq!(to_yaml(&export(&one.model.clone())), text, "{}", one.name);
        let yaml: Value = serde_yaml::from_str(&text).expect("it is YAML");
        assert_eq!(yaml, one.document, "{}", one.name);
    }
}

#[test]
fn the_document_contains_the_whole_model() {
    assert!(ALL.len() > 20, "most fixtures have a document: {}", ALL.len());
    for Exported { name, model, document } in ALL.iter() {
        let services = model.services.iter();
        let operations: usize = services.map(|service| service.operations.len()).sum();
        let described = document["paths"].as_object().expect("a map");
        let described: usize =
            described.values().map(|item| item.as_object().expect("a map").len()).sum();
        assert_eq!(described, operations, "{name}");
        let tags = document["tags"].as_array().expect("a list");
        assert_eq!(tags.len(), model.services.len(), "{name}");
        let schemas = document["components"]["schemas"].as_object().expect("a map");
        let named = |ty: &String| {
            schemas.values().any(|schema| schema["x-spec"]["name"] == **ty)
        };
        for ty in model.types.keys() {
            assert!(schemas.contains_key(ty) || named(ty), "{name}: {ty}");
        }
        let examples = document["components"]["examples"].as_object().expect("a map");
        assert_eq!(examples.len(), model.error_codes.codes.len(), "{name}");
    }
}
