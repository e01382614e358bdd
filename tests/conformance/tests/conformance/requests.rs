//! Requests contain exactly the fields that were set, under the names of the model.

use ngrok_codegen::model::{Field, Record, TypeRef};
use ngrok_conformance::types::{RequestType, Setter};
use ngrok_conformance::{Examples, model, types};
use serde_json::{Value, json};

use super::support::records;

/// Returns the records that are sent, each with its constructors in the client.
fn sent() -> impl Iterator<Item = (&'static Record, &'static RequestType)> {
    let pairs = records().zip(types::records());
    pairs.filter_map(|(record, ty)| {
        assert_eq!(ty.name, record.name);
        assert_eq!(ty.request.is_some(), record.in_requests, "{}", record.name);
        Some((record, ty.request.as_ref()?))
    })
}

fn required(record: &Record) -> Value {
    Examples::new(model()).required(&record.name)
}

/// Returns the required fields and this one.
fn with(record: &Record, field: &Field, value: Value) -> Value {
    let mut json = required(record);
    json[&field.wire] = value;
    json
}

/// Returns the setters, each with its field; every field has one except those of `new`.
fn setters() -> impl Iterator<Item = (&'static Record, &'static Field, &'static Setter)>
{
    sent().flat_map(|(record, request)| {
        let optional = record.fields.iter().filter(|field| !field.presence.required);
        let names: Vec<_> = request.setters.iter().map(|setter| setter.wire).collect();
        let expected: Vec<_> =
            optional.clone().map(|field| field.wire.as_str()).collect();
        assert_eq!(names, expected, "{}", record.name);
        optional.zip(request.setters).map(move |(field, setter)| (record, field, setter))
    })
}

#[test]
fn only_required_fields_are_sent() {
    let mut seen = 0;
    for (record, request) in sent() {
        assert_eq!((request.required)(), required(record), "{}", record.name);
        seen += 1;
    }
    assert!(seen > 0, "no requests were checked");
}

#[test]
fn everything_can_be_sent() {
    for (record, request) in sent() {
        let expected = Examples::new(model()).full(&record.name);
        assert_eq!((request.full)(), expected, "{}", record.name);
        let keys: Vec<_> =
            expected.as_object().expect("it is an object").keys().collect();
        assert_eq!(keys.len(), record.fields.len(), "{}", record.name);
    }
}

#[test]
fn a_setter_sets_its_field_and_no_other() {
    let mut seen = 0;
    for (record, field, setter) in setters() {
        let value = Examples::new(model()).field(record, field);
        let expected = with(record, field, value);
        assert_eq!((setter.set)(), expected, "{}.{}", record.name, field.wire);
        seen += 1;
    }
    assert!(seen > 0, "no fields were checked");
}

#[test]
fn null_is_sent_only_when_set_explicitly() {
    let mut seen = 0;
    for (record, field, setter) in setters() {
        let what = format!("{}.{}", record.name, field.wire);
        // A field that is also in responses distinguishes null from absent in neither direction.
        let takes_null = field.presence.nullable && !record.in_responses;
        assert_eq!(setter.null.is_some(), takes_null, "{what}");
        if let Some(null) = setter.null {
            assert_eq!(null(), with(record, field, Value::Null), "{what}");
            assert!(!(setter.set)()[&field.wire].is_null(), "{what}");
            seen += 1;
        }
    }
    assert!(seen > 0, "no fields that can be null were checked");
}

#[test]
fn empty_values_are_sent() {
    let mut seen = 0;
    for (record, field, setter) in setters() {
        let what = format!("{}.{}", record.name, field.wire);
        let expected = match field.ty {
            TypeRef::List(_) => Some(json!([])),
            TypeRef::Map(_) => Some(json!({})),
            _ => None,
        };
        assert_eq!(setter.empty.is_some(), expected.is_some(), "{what}");
        if let (Some(empty), Some(expected)) = (setter.empty, expected) {
            assert_eq!(empty(), with(record, field, expected), "{what}");
            seen += 1;
        }
    }
    assert!(seen > 0, "no lists were checked");
}

#[test]
fn a_request_can_be_decoded() {
    for (record, request) in sent() {
        let name = &record.name;
        let (least, most) = (required(record), Examples::new(model()).full(name));
        assert!((request.is_required)(least.to_string().as_bytes()), "{name}: {least}");
        assert!((request.is_full)(most.to_string().as_bytes()), "{name}: {most}");
        // A comparison that is always true would prove nothing.
        assert_eq!(
            (request.is_full)(least.to_string().as_bytes()),
            least == most,
            "{name}"
        );
    }
}

#[test]
fn null_is_decoded_as_null() {
    let mut seen = 0;
    for (record, field, setter) in setters() {
        let Some(null) = setter.null else { continue };
        let entry = types::records().iter().find(|ty| ty.name == record.name);
        let again = entry.expect("every record has an entry").again;
        let json = null();
        assert_eq!(again(json.to_string().as_bytes()), Ok(json), "{}", field.wire);
        seen += 1;
    }
    assert!(seen > 0, "no fields that can be null were checked");
}
