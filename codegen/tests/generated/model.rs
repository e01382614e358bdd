//! The model as a value: it survives serialization, and has no dangling references.

use std::collections::BTreeSet;

use ngrok_codegen::model::{Body, Model, Output, Record, Role, Service, Type, TypeRef};
use ngrok_codegen::names::{field_name, query_name, variant_name};
use ngrok_codegen::rust::fields::Wrapper;

use super::{description, read};

#[test]
fn it_round_trips_through_json() {
    let model = read(&description());
    let text = model.to_json();
    let again = Model::from_json(&text).expect("it can be read");
    assert!(again == model);
    assert_eq!(again.to_json(), text);
}

#[test]
fn it_is_consistent() {
    check(&read(&description()));
}

#[test]
fn every_resource_that_can_be_created_has_a_natural_key() {
    let model = read(&description());
    let creatable = |service: &&Service| {
        service.operations.iter().any(|operation| {
            matches!(&operation.body, Body::Type(name) if has_role(&model, name, Role::Create))
        })
    };
    let missing = |service: &&Service| {
        service.apply.as_ref().is_none_or(|apply| apply.key.is_empty())
    };
    let services = || model.services.iter().filter(creatable);
    assert!(services().count() > 0, "some resources can be created");
    let names: Vec<&str> = services().filter(missing).map(|s| s.name.as_str()).collect();
    assert!(names.is_empty(), "no natural key: {names:?}");
}

fn has_role(model: &Model, name: &str, role: Role) -> bool {
    matches!(model.types.get(name), Some(Type::Record(record)) if record.role == role)
}

/// Checks the invariants of every model, which emission relies on.
pub(crate) fn check(model: &Model) {
    for name in mentioned(model) {
        assert!(model.types.contains_key(&name), "there is no {name}");
        assert!(model.home_of(&name).is_some(), "no service has {name}");
    }
    for (name, ty) in &model.types {
        match ty {
            Type::Record(record) => {
                unique(name, record.fields.iter().map(|field| field_name(&field.wire)));
                wrappers(record);
            }
            Type::Union(union) => {
                unique(name, union.choices.iter().map(|it| variant_name(&it.wire)));
                unique(name, union.choices.iter().map(|it| it.ty.clone()));
            }
            Type::Enum(values) => {
                unique(name, values.variants.iter().map(|it| variant_name(&it.wire)));
            }
        }
    }
    let operations = || model.services.iter().flat_map(|service| &service.operations);
    unique("API", operations().map(|operation| operation.id.clone()));
    unique("API", model.services.iter().map(|service| service.name.clone()));
    for service in &model.services {
        let operations = service.operations.iter();
        unique(&service.name, operations.map(|it| field_name(&it.name)));
    }
    for operation in operations() {
        let parameters = operation.parameters.iter();
        unique(&operation.id, parameters.map(|it| query_name(&it.wire, true)));
        let query = operation.query.iter();
        unique(&operation.id, query.map(|it| query_name(&it.wire, it.required)));
    }
    let codes = model.error_codes.codes.values();
    unique("errors", codes.map(|code| code.name.clone()));
}

fn unique(place: &str, names: impl Iterator<Item = String>) {
    let mut seen = BTreeSet::new();
    for name in names {
        assert!(seen.insert(name.clone()), "{place} has {name} twice");
    }
}

fn wrappers(record: &Record) {
    for field in &record.fields {
        let place = format!("{}.{}", record.name, field.wire);
        match Wrapper::of(field, record) {
            Wrapper::Patch => {
                assert!(
                    record.in_requests && !record.in_responses,
                    "{place} is in responses"
                );
            }
            Wrapper::Plain => {
                let there = !record.in_requests || field.presence.required;
                assert!(there, "{place} is not optional");
            }
            Wrapper::Option | Wrapper::Boxed => {
                let id = record.prefix.is_some() && field.wire == "id";
                assert!(!id, "{place} may be absent");
            }
        }
    }
}

/// Returns the types that are used anywhere.
fn mentioned(model: &Model) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = model.types.keys().cloned().collect();
    let mut refs: Vec<&TypeRef> = Vec::new();
    for ty in model.types.values() {
        match ty {
            Type::Record(record) => {
                refs.extend(record.fields.iter().map(|field| &field.ty));
            }
            Type::Union(union) => {
                names.extend(union.choices.iter().map(|choice| choice.ty.clone()));
            }
            Type::Enum(_) => {}
        }
    }
    for service in &model.services {
        names.insert(service.resource.clone());
        names.extend(service.types.iter().cloned());
        for operation in &service.operations {
            refs.extend(operation.parameters.iter().map(|parameter| &parameter.ty));
            refs.extend(operation.query.iter().map(|parameter| &parameter.ty));
            names.extend(match &operation.body {
                Body::Type(name) => Some(name.clone()),
                Body::None | Body::Empty => None,
            });
            names.extend(match &operation.output {
                Output::Type(name) => Some(name.clone()),
                Output::List(list) => Some(list.item.clone()),
                Output::Nothing => None,
            });
        }
    }
    for ty in refs {
        names.extend(ty.named().cloned());
        if let TypeRef::Id { target, .. } | TypeRef::Ref { target, .. } = ty.element() {
            names.extend(target.clone());
        }
    }
    names
}
