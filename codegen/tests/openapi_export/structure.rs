//! Requirements of any `OpenAPI` document.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{ALL, own, walk};

/// Checks all requirements in one test, since each needs all documents.
#[test]
fn documents_meet_all_requirements() {
    every_reference_has_a_target();
    operation_ids_are_unique();
    tags_are_declared();
    paths_have_the_parameters_that_are_declared();
    responses_and_errors_are_described();
    component_names_are_ascii_letters();
    required_properties_exist();
    regular_expressions_are_those_of_ecma();
    examples_are_valid();
}

fn every_reference_has_a_target() {
    let mut count = 0;
    for one in ALL.iter() {
        walk(&one.document, "", &mut |pointer, value| {
            let reference = value.get("$ref").and_then(Value::as_str);
            // An example may have a key of that name.
            if let Some(reference) =
                reference.filter(|_| !pointer.contains("/examples/"))
            {
                count += 1;
                let target = reference.strip_prefix('#').expect("inside the document");
                let found = one.document.pointer(target).is_some();
                assert!(found, "{}: {pointer}: {reference}", one.name);
            }
        });
    }
    assert!(count > 1000, "{count}");
}

fn operation_ids_are_unique() {
    for one in ALL.iter() {
        let mut seen = BTreeSet::new();
        for (path, method, operation) in one.operations() {
            let id = operation["operationId"].as_str().expect("a text");
            assert!(seen.insert(id), "{}: {method} {path}: {id}", one.name);
        }
    }
}

fn tags_are_declared() {
    for one in ALL.iter() {
        let tags = one.document["tags"].as_array().expect("a list");
        let names: BTreeSet<_> = tags.iter().map(|tag| tag["name"].as_str()).collect();
        assert_eq!(names.len(), tags.len(), "{}: each once", one.name);
        for (path, method, operation) in one.operations() {
            let tag = operation["tags"][0].as_str();
            assert!(names.contains(&tag), "{}: {method} {path}", one.name);
        }
    }
}

fn paths_have_the_parameters_that_are_declared() {
    for one in ALL.iter() {
        for (path, method, operation) in one.operations() {
            let in_path =
                path.split('{').skip(1).filter_map(|part| part.split_once('}'));
            let in_path: BTreeSet<_> = in_path.map(|(name, _)| name).collect();
            let parameters = operation["parameters"].as_array().expect("a list");
            let of_path =
                parameters.iter().filter(|parameter| parameter["in"] == "path");
            assert!(of_path.clone().all(|parameter| parameter["required"] == true));
            let declared: BTreeSet<_> =
                of_path.filter_map(|parameter| parameter["name"].as_str()).collect();
            assert_eq!(in_path, declared, "{}: {method} {path}", one.name);
        }
    }
}

fn responses_and_errors_are_described() {
    for one in ALL.iter() {
        for (path, method, operation) in one.operations() {
            let place = format!("{}: {method} {path}", one.name);
            let responses = operation["responses"].as_object().expect("a map");
            let failure = &responses["default"]["$ref"];
            assert_eq!(failure, "#/components/responses/Error", "{place}");
            let successes: Vec<_> =
                responses.iter().filter(|(status, _)| status.starts_with('2')).collect();
            let [(status, response)] = successes.as_slice() else { panic!("{place}") };
            assert!(response["description"].is_string(), "{place}");
            let empty = response.get("content").is_none();
            assert!(empty || *status != "204", "{place}");
        }
    }
}

fn component_names_are_ascii_letters() {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    for one in ALL.iter() {
        let components = one.document["components"].as_object().expect("a map");
        for (kind, components) in components {
            for key in components.as_object().expect("a map").keys() {
                assert!(key.chars().all(plain), "{}: {kind}/{key}", one.name);
            }
        }
    }
}

fn required_properties_exist() {
    for one in ALL.iter() {
        walk(&one.document["components"]["schemas"], "", &mut |pointer, value| {
            let required = value["required"].as_array();
            let (Some(required), Some(properties)) =
                (required, value["properties"].as_object())
            else {
                return;
            };
            for name in required {
                let name = name.as_str().expect("a text");
                let there = properties.contains_key(name);
                assert!(there, "{}: {pointer}: {name}", one.name);
            }
        });
    }
}

/// Returns true if a regular expression is one of ECMA-262, as JSON Schema requires.
fn is_ecma(text: &str) -> bool {
    regress::Regex::with_flags(text, "u").is_ok()
}

fn regular_expressions_are_those_of_ecma() {
    assert!(is_ecma("[Bb]ot") && !is_ecma("(?i)bot"));
    let mut count = 0;
    walk(&own().document, "", &mut |pointer, value| {
        let of_elements = value["items"]["format"] == "regex";
        let mentioned = value["description"].as_str().filter(|_| of_elements);
        let mentioned =
            mentioned.into_iter().flat_map(|it| it.split('`').skip(1).step_by(2));
        for text in mentioned.chain(value["pattern"].as_str()) {
            count += 1;
            assert!(is_ecma(text), "{pointer}: {text}");
        }
    });
    assert!(count > 0, "no field has a regular expression");
}

/// Checks that each schema is valid, and its examples conform to it and its formats.
fn examples_are_valid() {
    for one in ALL.iter() {
        let schemas = one.document["components"]["schemas"].as_object().expect("a map");
        let reference = |name: &String| format!("#/components/schemas/{name}");
        let references = schemas.keys().map(|name| json!({ "$ref": reference(name) }));
        let whole = json!({
            "anyOf": references.collect::<Vec<_>>(),
            "components": { "schemas": schemas },
        });
        let validators = jsonschema::draft202012::options()
            .with_format("regex", is_ecma)
            .should_validate_formats(true)
            .build_map(&whole)
            .unwrap_or_else(|error| panic!("{}: {error}", one.name));
        for (name, schema) in schemas {
            let place = format!("{}: {name}", one.name);
            let validator = validators.get(&reference(name)).expect(&place);
            let examples = schema["examples"].as_array();
            let shared = name == "Error" || name == "Ref";
            assert!(examples.is_some() || shared, "{place} has no example");
            for example in examples.into_iter().flatten() {
                let errors: Vec<_> = validator
                    .iter_errors(example)
                    .map(|error| error.to_string())
                    .collect();
                assert!(errors.is_empty(), "{place}: {example} {errors:#?}");
            }
        }
    }
}
