//! Robust decoding: with any field omitted, null or added, known values are decoded and sent back.

use ngrok_client::ErrorKind;
use ngrok_codegen::model::{Output, Record, Type, TypeRef};
use ngrok_conformance::tolerance::Tolerance;
use ngrok_conformance::types::RecordType;
use ngrok_conformance::{Examples, Fill, TestClient, model, types};
use serde_json::{Map, Value, json};

use super::support::{PARAMETERS, arguments, find, has_id, operations, records, server};

/// Returns the records of responses, each with its type in the client.
fn returned() -> impl Iterator<Item = (&'static Record, &'static RecordType)> {
    let names: Vec<_> = types::records().iter().map(|ty| ty.name).collect();
    let all: Vec<_> = records().map(|record| record.name.as_str()).collect();
    assert_eq!(names, all);
    let pairs = records().zip(types::records());
    pairs.filter(|(record, _)| record.in_responses)
}

fn full(record: &Record) -> Value {
    Examples::new(model()).full(&record.name)
}

/// Decodes and encodes a value, and compares the result with the rules.
fn check(record: &Record, ty: &RecordType, json: &Value, what: &str) {
    let expected = Tolerance::new(model()).named(&record.name, json);
    match (ty.again)(json.to_string().as_bytes()) {
        Ok(left) => assert_eq!(left, expected, "{} with {what}", record.name),
        Err(error) => panic!("{} with {what}: {error}: {json}", record.name),
    }
}

#[test]
fn a_full_record_round_trips() {
    let mut seen = 0;
    for (record, ty) in returned() {
        let json = full(record);
        assert_eq!(
            Tolerance::new(model()).named(&record.name, &json),
            json,
            "{}",
            record.name
        );
        check(record, ty, &json, "everything");
        seen += 1;
    }
    assert!(seen > 0, "no records were checked");
}

#[test]
fn each_field_has_the_value_of_its_key() {
    for (record, ty) in records().zip(types::records()) {
        check_fields(record, ty, &full(record));
        let is_strict = |wire: &str| is_sent_only(record) && is_required(record, wire);
        for field in record.fields.iter().filter(|field| !is_id(record, &field.wire)) {
            if is_strict(&field.wire) {
                continue;
            }
            let mut json = full(record);
            json[&field.wire] = Value::Null;
            check_fields(record, ty, &json);
        }
    }
}

/// Compares each field with the rules.
fn check_fields(record: &Record, ty: &RecordType, json: &Value) {
    let left = Tolerance::new(model()).named(&record.name, json);
    let expected = record.fields.iter().map(|field| {
        let value = left.get(&field.wire).cloned().unwrap_or_default();
        (field.wire.as_str(), value)
    });
    let fields = (ty.fields)(json.to_string().as_bytes());
    assert_eq!(fields, expected.collect::<Vec<_>>(), "{}", record.name);
}

#[test]
fn all_but_the_id_may_be_absent_or_null() {
    for (record, ty) in returned() {
        let whole = full(record);
        let id = |key: &str| key == "id" && has_id(&record.name);
        let entries = || whole.as_object().expect("a record is an object").iter();
        let absent: Value = entries().filter(|(key, _)| id(key)).map(owned).collect();
        check(record, ty, &absent, "nothing");
        let null = entries().map(|(key, value)| {
            (key.clone(), if id(key) { value.clone() } else { Value::Null })
        });
        check(record, ty, &null.collect(), "nulls only");
    }
}

fn owned((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

#[test]
fn each_field_may_be_absent_or_null() {
    for (record, ty) in returned() {
        for field in record.fields.iter().filter(|field| !is_id(record, &field.wire)) {
            let mut json = full(record);
            json[&field.wire] = Value::Null;
            check(record, ty, &json, &format!("`{}` null", field.wire));
            json.as_object_mut().expect("a record is an object").remove(&field.wire);
            check(record, ty, &json, &format!("`{}` absent", field.wire));
        }
    }
}

fn is_id(record: &Record, wire: &str) -> bool {
    wire == "id" && has_id(&record.name)
}

#[test]
fn lists_and_maps_may_be_empty_and_contain_null() {
    let mut seen = 0;
    for (record, ty) in returned() {
        for field in &record.fields {
            let mut json = full(record);
            match &mut json[&field.wire] {
                Value::Array(items) => items.insert(1, Value::Null),
                Value::Object(entries) if matches!(field.ty, TypeRef::Map(_)) => {
                    entries.insert("none".to_owned(), Value::Null);
                }
                _ => continue,
            }
            check(record, ty, &json, &format!("null in `{}`", field.wire));
            json[&field.wire] =
                if json[&field.wire].is_array() { json!([]) } else { json!({}) };
            check(record, ty, &json, &format!("an empty `{}`", field.wire));
            seen += 1;
        }
    }
    assert!(seen > 0, "no lists were checked");
}

#[test]
fn unknown_enum_values_are_kept() {
    let mut seen = 0;
    for (record, ty) in returned() {
        let json = Examples::new(model()).with_unknown_enums().full(&record.name);
        seen += usize::from(json != full(record));
        let expected = Tolerance::new(model()).named(&record.name, &json);
        assert_eq!(expected, json, "{}", record.name);
        check(record, ty, &json, "unknown values");
    }
    assert!(seen > 0, "no enums were checked");
}

#[test]
fn unknown_keys_are_ignored_everywhere() {
    for (record, ty) in returned() {
        let mut json = full(record);
        add_new_keys(&TypeRef::Record(record.name.clone()), &mut json);
        let expected = full(record);
        let left = (ty.again)(json.to_string().as_bytes());
        assert_eq!(left.as_ref(), Ok(&expected), "{}", record.name);
        assert!(json.to_string().len() > expected.to_string().len());
    }
}

fn is_sent_only(record: &Record) -> bool {
    record.in_requests && !record.in_responses
}

fn is_required(record: &Record, wire: &str) -> bool {
    record.required().any(|field| field.wire == wire)
}

#[test]
fn bodies_are_read_strictly_wherever_something_is_wrong() {
    let (mut lacking, mut nested) = (0, 0);
    let refused = |ty: &RecordType, json: &Value| {
        (ty.again)(json.to_string().as_bytes()).expect_err(ty.name)
    };
    let pairs = records().zip(types::records());
    for (record, ty) in pairs.filter(|(record, _)| is_sent_only(record)) {
        let name = &record.name;
        let mut json = full(record);
        json["of_the_future"] = json!(1);
        let error = refused(ty, &json);
        assert!(error.contains("unknown field `of_the_future`"), "{name}: {error}");
        for field in &record.fields {
            let wire = &field.wire;
            let said = format!("missing field `{wire}`");
            for absent in [true, false].into_iter().filter(|_| field.presence.required) {
                let mut json = full(record);
                json[wire] = Value::Null;
                if absent {
                    json.as_object_mut().expect("a body is an object").remove(wire);
                }
                let error = refused(ty, &json);
                assert!(error.contains(&said), "{name}: {error}");
                lacking += 1;
            }
            let mut json = full(record);
            if let (TypeRef::Record(_), Some(inner)) =
                (&field.ty, json[wire].as_object_mut())
            {
                inner.insert("of_the_future".to_owned(), json!({}));
                let error = refused(ty, &json);
                let said = "unknown field `of_the_future`";
                assert!(error.contains(said), "{name}.{wire}: {error}");
                nested += 1;
            }
        }
    }
    assert!(lacking > 50 && nested > 5, "the model has lost bodies");
}

/// Adds an unknown key with nested JSON to each object that has known keys.
fn add_new_keys(ty: &TypeRef, json: &mut Value) {
    match (ty, json) {
        (TypeRef::List(item), Value::Array(items)) => {
            for value in items {
                add_new_keys(item, value);
            }
        }
        (TypeRef::Map(of), Value::Object(entries)) => {
            for value in entries.values_mut() {
                add_new_keys(of, value);
            }
        }
        (TypeRef::Ref { .. }, Value::Object(entries)) => add_new_key(entries),
        (TypeRef::Record(name), Value::Object(entries)) => {
            for (key, ty) in parts(name) {
                if let Some(value) = entries.get_mut(key) {
                    add_new_keys(&ty, value);
                }
            }
            add_new_key(entries);
        }
        _ => {}
    }
}

fn add_new_key(entries: &mut Map<String, Value>) {
    let value =
        json!({ "id": 1, "": [null, { "x": [1.5, "\u{0}\"", true] }], "name": {} });
    entries.insert("0 of the future".to_owned(), value.clone());
    entries.insert("zz of the future".to_owned(), value);
}

/// Returns the keys of a record or union, and their types.
fn parts(name: &str) -> Vec<(&'static str, TypeRef)> {
    match model().types.get(name) {
        Some(Type::Record(record)) => {
            record.fields.iter().map(|field| (&*field.wire, field.ty.clone())).collect()
        }
        Some(Type::Union(union)) => {
            let choices = union.choices.iter();
            choices
                .map(|choice| (&*choice.wire, TypeRef::Record(choice.ty.clone())))
                .collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_resource_without_an_id_is_a_specific_error() {
    let server = server();
    for test_client in TestClient::both(&server.url()) {
        let mut seen = 0;
        for (_, operation) in operations() {
            let (name, path) = match &operation.output {
                Output::Type(name) => (name, "$".to_owned()),
                Output::List(list) => (&list.item, format!("$.{}[0]", list.key)),
                Output::Nothing => continue,
            };
            if !has_id(name) {
                continue;
            }
            for id in [None, Some(Value::Null), Some("".into())] {
                server.respond(
                    operation.status,
                    Some(&without_id(&operation.output, name, id)),
                );
                let arguments = arguments(operation, PARAMETERS[1], Fill::Required);
                let result =
                    find(&test_client.operations, operation).with(&arguments).value();
                let error = result.expect_err(&operation.id);
                assert_eq!(error.kind(), ErrorKind::Decode);
                assert!(error.to_string().contains("missing field `id`"), "{error}");
                assert_eq!(error.json_path(), Some(&*path), "{error}");
                assert_eq!(error.operation(), Some(&*operation.id));
            }
            seen += 1;
        }
        assert!(seen > 0, "no resources were checked");
    }
}

/// Returns a response whose first resource has another ID, or none.
fn without_id(output: &Output, name: &str, id: Option<Value>) -> Value {
    let mut resource = Examples::new(model()).full(name);
    let entries = resource.as_object_mut().expect("a record is an object");
    entries.remove("id");
    entries.extend(id.map(|id| ("id".to_owned(), id)));
    match output {
        Output::List(list) => json!({ &list.key: [resource] }),
        _ => resource,
    }
}
