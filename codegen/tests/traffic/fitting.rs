//! Traffic that conforms to the description: nothing is found.

use ngrok_codegen::model::{Body, Field, Operation, Output, Type, TypeRef};
use serde_json::{Value, json};

use crate::recording::{exchange, har};
use crate::whole::{Whole, is_change};
use crate::{model, report};

fn whole(operation: &Operation) -> Whole<'_> {
    Whole { model: model(), operation, in_request: false }
}

fn operations() -> impl Iterator<Item = &'static Operation> {
    model().services.iter().flat_map(|service| &service.operations)
}

fn path(operation: &Operation) -> String {
    let mut path = operation.path.to_string();
    for parameter in &operation.parameters {
        let argument = match &parameter.ty {
            TypeRef::Id { kinds, .. } => whole(operation).id(&kinds[0]),
            TypeRef::Enum(name) => {
                whole(operation).named(name).as_str().unwrap_or_default().to_owned()
            }
            _ => "x".to_owned(),
        };
        path = path.replace(&format!("{{{}}}", parameter.wire), &argument);
    }
    path + &query(operation)
}

fn query(operation: &Operation) -> String {
    let Output::List(list) = &operation.output else { return String::new() };
    let paged = list.paged.then(|| "before_id=x&limit=100".to_owned());
    let filter = list.filter.first();
    let filter =
        filter.map(|field| format!("filter=obj.{field}%20%3D%3D%20%22obj.x%22"));
    let own = operation.query.iter().filter(|known| known.repeated).map(|known| {
        let id = whole(operation).id("Endpoint");
        let value = if known.wire == "id" { id.as_str() } else { "x" };
        format!("{0}={value}&{0}={value}", known.wire)
    });
    let parts: Vec<_> = paged.into_iter().chain(filter).chain(own).collect();
    format!("?{}", parts.join("&"))
}

/// Returns the body of a request, with all its fields or only the required ones.
fn sent(operation: &Operation, keep: impl Fn(&Field) -> bool) -> Value {
    match &operation.body {
        Body::None => Value::Null,
        Body::Empty => json!({}),
        Body::Type(name) => {
            let value = Whole { in_request: true, ..whole(operation) }.named(name);
            only(name, value, keep)
        }
    }
}

fn only(name: &str, mut value: Value, keep: impl Fn(&Field) -> bool) -> Value {
    let Type::Record(record) = &model().types[name] else { return value };
    let constrained = |key: &str| {
        record
            .constraints
            .iter()
            .any(|rule| rule.fields.iter().any(|field| field == key))
    };
    if let Some(object) = value.as_object_mut() {
        let kept = |field: &Field| keep(field) || constrained(&field.wire);
        for field in record.fields.iter().filter(|field| !kept(field)) {
            object.remove(&field.wire);
        }
    }
    value
}

fn check(entries: &[Value]) {
    let report = report(&har(entries));
    assert_eq!(report.exchanges.checked, entries.len());
    assert!(report.findings.is_empty(), "{}", report.text());
    assert_eq!(report.text().lines().last(), Some("no findings"));
}

#[test]
fn every_operation_with_every_field() {
    let entries: Vec<_> = operations()
        .map(|operation| {
            let request = sent(operation, |_| true);
            let method = format!("{:?}", operation.method).to_uppercase();
            let response = whole(operation).response();
            exchange((&method, &path(operation), request), (operation.status, response))
        })
        .collect();
    assert!(!entries.is_empty(), "the description has operations");
    check(&entries);
}

#[test]
fn optional_and_nullable_fields() {
    let mut entries = Vec::new();
    for operation in operations() {
        let (Body::Type(_), Output::Type(output)) = (&operation.body, &operation.output)
        else {
            continue;
        };
        let method = format!("{:?}", operation.method).to_uppercase();
        let request = sent(operation, |field| field.presence.required);
        let response = whole(operation).named(output);
        let gone = only(output, response.clone(), |field| {
            !field.presence.optional && !field.presence.nullable
        });
        entries.push(exchange(
            (&method, &path(operation), request),
            (operation.status, gone),
        ));
        let request = nulls(&operation.body, sent(operation, |_| true));
        entries.push(exchange(
            (&method, &path(operation), request),
            (operation.status, response),
        ));
    }
    assert!(!entries.is_empty());
    check(&entries);
}

/// Sets all nullable fields of a change to null.
fn nulls(body: &Body, mut value: Value) -> Value {
    let Body::Type(name) = body else { return value };
    let Type::Record(record) = &model().types[name] else { return value };
    let Some(object) = value.as_object_mut().filter(|_| is_change(record)) else {
        return value;
    };
    for field in record.fields.iter().filter(|field| field.presence.nullable) {
        object.insert(field.wire.clone(), Value::Null);
    }
    value
}

#[test]
fn errors_with_names() {
    let codes = &model().error_codes;
    let entries: Vec<_> = codes
        .codes
        .iter()
        .map(|(number, code)| {
            let status = code.status.unwrap_or(400);
            let body = json!({
                "error_code": format!("{}{number}{}", codes.prefix, codes.suffix),
                "status_code": status,
                "msg": "No.",
                "details": { "operation_id": "op_2abcDEfGhIjKlMnOpQrStUvWxYz" },
            });
            // Requests are not checked if the server rejected them.
            exchange(
                ("PATCH", "/ip_policies/x", json!({ "nonsense": 1 })),
                (status, body),
            )
        })
        .collect();
    assert!(!entries.is_empty(), "the description has error codes");
    check(&entries);
}

#[test]
fn path_parameters_that_are_repeated_in_bodies() {
    let id = whole(operations().next().expect("an operation")).id("IpPolicy");
    let operation =
        operations().find(|it| it.id == "IpPoliciesUpdate").expect("it is there");
    let response = whole(operation).response();
    let path = format!("/ip_policies/{id}");
    check(&[exchange(("PATCH", &path, json!({ "id": id })), (200, response.clone()))]);
    let other = exchange(("PATCH", &path, json!({ "id": "other" })), (200, response));
    assert_eq!(report(&har(&[other])).findings.len(), 1);
}
