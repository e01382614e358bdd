//! Types: each shape of a resource or record.

use crate::diagnostic::Code;
use crate::model::{Docs, Record, Role, Type, TypeRef};
use crate::names::field_name;
use crate::spec::{self, Entries, Field, Place, Resource, Spanned};

use super::conventions::{self, Words};
use super::shapes::{Shape, Use};
use super::{Context, Types, api, choices, clashes, docs, fields, shapes};

/// Lowers all types of a description. Their uses and the wrappers of fields are determined later.
pub(super) fn lower(context: &mut Context) -> Types {
    let spec = context.spec;
    let mut types = Types::new();
    for file in &spec.resources {
        let resource = &file.resource;
        let mut lowered = self::resource(resource, context);
        for (name, given) in &resource.types {
            lowered.extend(named(name, given, resource, context));
        }
        for (name, given) in &resource.enums {
            lowered.push(Type::Enum(choices::open_enum(name, given, context)));
        }
        types.extend(lowered.into_iter().map(|ty| (ty.name().to_owned(), ty)));
    }
    types
}

/// Lowers the shapes of a resource.
fn resource(resource: &Resource, context: &mut Context) -> Vec<Type> {
    if resource.fields.is_empty() || resource.resource.is_empty() {
        return Vec::new();
    }
    let available = shapes::available(resource, &context.spec.api);
    let own = (!resource.singleton).then_some(resource.resource.as_str());
    let base = Shape {
        available: &available,
        covers: &available,
        of_resource: true,
        usage: Use::by(resource, None, own),
    };
    let fields = conventions::fields(resource, &available, &context.spec.api);
    let rules = &resource.constraints;
    let mut records = records(&resource.resource, &fields, rules, base, context);
    for record in &mut records {
        record.docs = resource_docs(record, resource, context);
        record.openapi = resource.openapi;
        if record.name == *resource.resource {
            record.prefix = prefix(record, resource, context);
        }
    }
    records.into_iter().map(Type::Record).collect()
}

/// Returns the prefix of the IDs of a resource; empty if it has IDs but their prefix is unknown.
fn prefix(
    record: &Record,
    resource: &Resource,
    context: &mut Context,
) -> Option<String> {
    let given = resource.fields.get_key_value("id");
    let (key, given) = given.filter(|_| shapes::has_ids(resource))?;
    let id = record.fields.iter().find(|field| field.wire == "id");
    let typed = |target: &Option<String>| target.as_deref() == Some(&record.name);
    let sound = id.is_some_and(|id| {
        let sure = !id.presence.nullable && !id.presence.optional;
        sure && matches!(&id.ty, TypeRef::Id { target, .. } if typed(target))
    });
    if !sound {
        let message = format!("every `{}` must have its own `id`", record.name);
        let help =
            "leave it to `api.yaml`, or write `{ type: id, in: [response], ... }`";
        context.error(Code::ResourceId, key.span, message, help);
    }
    let prefix = given.as_ref().and_then(|id| id.prefix.as_ref());
    if let Some(prefix) = prefix {
        api::ID_PREFIX.check(prefix, context);
    }
    Some(prefix.map(ToString::to_string).unwrap_or_default())
}

fn resource_docs(record: &Record, resource: &Resource, context: &mut Context) -> Docs {
    let one = Words::of(resource).one();
    match record.role {
        Role::Create => format!("Request body for creating {one}."),
        Role::Update => format!(
            "Request body for updating {one}. Fields that are not set keep their values."
        ),
        Role::Resource | Role::Nested if record.name != *resource.resource => {
            format!("Request body for replacing {one}.")
        }
        // Reported by each of the services that share it.
        Role::Resource | Role::Nested if is_shared(resource, context) => {
            format!("The settings of {one}.")
        }
        Role::Resource | Role::Nested => {
            docs::first_paragraph(&docs::lower(&resource.doc, context))
        }
    }
}

/// Returns true if several services share the type of a singleton.
fn is_shared(resource: &Resource, context: &Context) -> bool {
    let files = context.spec.resources.iter();
    let same = files.filter(|file| file.resource.resource == resource.resource);
    resource.singleton && same.count() > 1
}

/// Lowers the fields of a type in each of its shapes.
fn records(
    name: &str,
    entries: &Entries<Field>,
    constraints: &[Spanned<spec::Constraint>],
    base: Shape,
    context: &mut Context,
) -> Vec<Record> {
    let mut shapes: Vec<(String, Vec<Place>)> = vec![(name.to_owned(), Vec::new())];
    for place in base.available {
        let view = context.declared.view(name, *place);
        match shapes.iter_mut().find(|(shape, _)| *shape == view) {
            Some((_, places)) => places.push(*place),
            None => shapes.push((view, vec![*place])),
        }
    }
    let keys = entries.keys().map(|key| (field_name(key), key));
    clashes::report("field", keys, context);
    let records = shapes.into_iter().map(|(name, covers)| {
        let shape = Shape { covers: &covers, ..base };
        let role = match (base.of_resource, covers.first()) {
            (false, _) => Role::Nested,
            (_, Some(Place::Create)) => Role::Create,
            (_, Some(Place::Update)) => Role::Update,
            _ => Role::Resource,
        };
        Record {
            name,
            role,
            in_requests: false,
            in_responses: false,
            prefix: None,
            docs: Docs::new(),
            fields: fields::lower(entries, shape, context),
            constraints: fields::constraints(constraints, shape, context),
            openapi: true,
        }
    });
    records.collect()
}

/// Lowers a type of `types:` in each of its shapes.
fn named(
    name: &Spanned<String>,
    given: &spec::Type,
    resource: &Resource,
    context: &mut Context,
) -> Vec<Type> {
    let docs = docs::lower(&given.doc, context);
    let available: &[Place] = match given.views().next() {
        None => &[],
        Some((Place::Request, _)) => &[Place::Response, Place::Request],
        Some(_) => &[Place::Response, Place::Create, Place::Update],
    };
    let usage = Use::by(resource, None, None);
    let base = Shape { available, covers: available, of_resource: false, usage };
    let fields = given.fields.clone().into_iter();
    let fields = fields.map(|(name, own)| (name, own.unwrap_or_default())).collect();
    if let Some(choice) = &given.exactly_one_of {
        let union = choices::union((name, given), &fields, choice, docs, base, context);
        return union.into_iter().map(Type::Union).collect();
    }
    let records = records(name, &fields, &given.constraints, base, context);
    let records = records.into_iter().map(|record| {
        Type::Record(Record { docs: docs.clone(), openapi: given.openapi, ..record })
    });
    records.collect()
}
