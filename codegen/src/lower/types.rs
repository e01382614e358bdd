//! Types: each shape of a resource or record.

use crate::diagnostic::Code;
use crate::model::{Docs, Record, Role, Type, TypeRef};
use crate::names::{article, field_name, plural};
use crate::spec::{self, Entries, Field, Place, Resource, Spanned};

use super::shapes::{Shape, Use, Words};
use super::{Context, Types, api, choices, clashes, docs, fields, shapes};

/// Lowers all types of a description. Their uses and the wrappers of fields are determined later.
pub(super) fn lower(context: &mut Context) -> Types {
    let spec = context.spec;
    let mut types = Types::new();
    for file in &spec.resources {
        let resource = &file.resource;
        let mut lowered = self::resource(resource, &words(resource), context);
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

/// Returns the nouns of a resource.
pub(super) fn words(resource: &Resource) -> Words {
    let nouns = resource.nouns.as_ref().map(ToString::to_string);
    Words {
        noun: resource.noun.to_string(),
        nouns: nouns.unwrap_or_else(|| plural(&resource.noun)),
    }
}

/// Lowers the shapes of a resource.
fn resource(resource: &Resource, words: &Words, context: &mut Context) -> Vec<Type> {
    if resource.fields.is_empty() {
        return Vec::new();
    }
    let available = shapes::available(resource, &context.spec.api);
    let own = (!resource.singleton).then_some(resource.resource.as_str());
    let base = Shape {
        available: &available,
        covers: &available,
        words: Some(words),
        usage: Use::by(resource, None, own),
    };
    let (fields, rules) = (&resource.fields, &resource.constraints);
    let mut records = records(&resource.resource, fields, rules, base, context);
    for record in &mut records {
        record.docs = resource_docs(record, resource, words, context);
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

fn resource_docs(
    record: &Record,
    resource: &Resource,
    words: &Words,
    context: &mut Context,
) -> Docs {
    let one = words.one();
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

impl Words {
    /// Returns the noun with its article: `an IP policy`.
    fn one(&self) -> String {
        if self.noun == self.nouns {
            return self.noun.clone();
        }
        format!("{} {}", article(&self.noun), self.noun)
    }
}

/// Lowers the fields of a type in each of its shapes.
fn records(
    name: &str,
    entries: &Entries<Option<Field>>,
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
        let role = match (base.words, covers.first()) {
            (None, _) => Role::Nested,
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
    let has_views =
        context.declared.get(name).is_some_and(|found| !found.views.is_empty());
    let available: &[Place] = match (has_views, &given.request) {
        (false, _) => &[],
        (true, Some(_)) => &[Place::Response, Place::Request],
        (true, None) => &[Place::Response, Place::Create, Place::Update],
    };
    let usage = Use::by(resource, None, None);
    let base = Shape { available, covers: available, words: None, usage };
    if let Some(choice) = &given.exactly_one_of {
        let union = choices::union(name, given, choice, docs, base, context);
        return union.into_iter().map(Type::Union).collect();
    }
    let records = records(name, &given.fields, &given.constraints, base, context);
    let records = records.into_iter().map(|record| {
        Type::Record(Record { docs: docs.clone(), openapi: given.openapi, ..record })
    });
    records.collect()
}
