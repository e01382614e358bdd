//! Types: each shape of a resource or record, unions and enums.

use crate::diagnostic::Diagnostic;
use crate::model::{
    Choice, Constraint, ConstraintKind, Enum, Record, Role, Type, TypeRef, Union, Variant,
};
use crate::names::{plural, variant_name};
use crate::spec::{self, Entries, Entry, Field, Resource, ResourceFile, Spanned};

use super::fields::{self, Shape, Words, numbers};
use super::places::Place;
use super::{Context, Types, docs};

/// All types of a description. Which are sent, which come back and how fields are wrapped is found out later.
pub(super) fn lower(context: &mut Context) -> Types {
    let spec = context.spec;
    let mut types = Types::new();
    for file in &spec.resources {
        let words = words(&file.resource);
        for record in resource(file, &words, context) {
            types.insert(record.name.clone(), Type::Record(record));
        }
        for entry in file.resource.types.iter() {
            for lowered in named(entry, file, context) {
                types.insert(name_of(&lowered).to_owned(), lowered);
            }
        }
        for entry in file.resource.enums.iter() {
            types.insert(entry.key.to_string(), Type::Enum(enumeration(entry, context)));
        }
    }
    types
}

/// What a resource is called in prose.
pub(super) fn words(resource: &Resource) -> Words {
    let nouns = resource.nouns.as_ref().map(ToString::to_string);
    Words { noun: resource.noun.to_string(), nouns: nouns.unwrap_or_else(|| plural(&resource.noun)) }
}

/// The places that the fields of a resource can appear in; none for one shape.
pub(super) fn resource_places(resource: &Resource) -> Vec<Place> {
    if resource.request.is_some() {
        return vec![Place::Response, Place::Request];
    }
    if resource.singleton {
        return Vec::new();
    }
    let has = |name: &str| resource.operations.contains_key(name);
    let bodies = [(Place::Create, has("create")), (Place::Update, has("update"))];
    let sent = bodies.into_iter().filter(|(_, there)| *there).map(|(place, _)| place);
    std::iter::once(Place::Response).chain(sent).collect()
}

fn name_of(lowered: &Type) -> &str {
    match lowered {
        Type::Record(record) => &record.name,
        Type::Union(union) => &union.name,
        Type::Enum(enumeration) => &enumeration.name,
    }
}

/// The shapes of a resource.
fn resource(file: &ResourceFile, words: &Words, context: &mut Context) -> Vec<Record> {
    let resource = &file.resource;
    if resource.fields.is_empty() {
        return Vec::new();
    }
    let available = resource_places(resource);
    let supported = resource.deprecated.is_none();
    let own = (!resource.singleton).then_some(resource.resource.as_str());
    let base = Shape { available: &available, covers: &available, words: Some(words), own, supported };
    let mut records = Vec::new();
    for (name, covers) in shapes(&resource.resource, &available, context) {
        let role = match covers.first() {
            Some(Place::Create) => Role::Create,
            Some(Place::Update) => Role::Update,
            _ => Role::Resource,
        };
        let mut record = record(
            name,
            role,
            &resource.fields,
            &resource.constraints,
            Shape { covers: &covers, ..base },
            context,
        );
        record.docs = resource_docs(role, resource, words, context);
        if role == Role::Resource && record.name != *resource.resource {
            record.docs = docs::lines(&format!("New settings for {} {}.", article(&words.noun), words.noun));
        }
        record.openapi = resource.openapi;
        record.prefix = prefix(&resource.fields).filter(|_| role == Role::Resource);
        let empty_request = record.fields.is_empty() && role != Role::Resource;
        records.extend((!empty_request).then_some(record));
    }
    records
}

/// The prefix of the ids of a resource; empty where it has ids but their prefix is not known.
fn prefix(fields: &Entries<Option<Field>>) -> Option<String> {
    let id = fields.get("id")?;
    let prefix = id.as_ref().and_then(|id| id.prefix.as_ref());
    Some(prefix.map(ToString::to_string).unwrap_or_default())
}

fn resource_docs(role: Role, resource: &Resource, words: &Words, context: &mut Context) -> Vec<String> {
    match role {
        Role::Create => docs::lines(&format!("What creates {} {}.", article(&words.noun), words.noun)),
        Role::Update => docs::lines(&format!(
            "Changes to {} {}. What is not set stays as it is.",
            article(&words.noun),
            words.noun
        )),
        // A module of an edge is described where its service is; the type serves several.
        Role::Resource if resource.singleton => {
            docs::lines(&format!("The settings of {} {}.", article(&words.noun), words.noun))
        }
        Role::Resource | Role::Nested => {
            let first = resource.doc.clone().map(|doc| doc.split("\n\n").next().unwrap_or_default().to_owned());
            docs::lower(&first, context)
        }
    }
}

/// `a` or `an`, by sound as far as spelling tells: initialisms are read letter by letter.
pub(super) fn article(noun: &str) -> &'static str {
    let first = noun.split_whitespace().next().unwrap_or_default();
    let initialism = first.len() > 1 && first.chars().all(|c| !c.is_lowercase());
    let vowels = if initialism { "AEFHILMNORSX" } else { "aeioAEIO" };
    if noun.starts_with(|c| vowels.contains(c)) { "an" } else { "a" }
}

/// Each shape of a type: its name, and the places it is for.
fn shapes(name: &str, available: &[Place], context: &Context) -> Vec<(String, Vec<Place>)> {
    let mut shapes: Vec<(String, Vec<Place>)> = vec![(name.to_owned(), Vec::new())];
    for place in available {
        let view = context.declared.view(name, *place);
        match shapes.iter_mut().find(|(shape, _)| *shape == view) {
            Some((_, places)) => places.push(*place),
            None => shapes.push((view, vec![*place])),
        }
    }
    shapes
}

fn record(
    name: String,
    role: Role,
    entries: &Entries<Option<Field>>,
    constraints: &[Spanned<spec::Constraint>],
    shape: Shape,
    context: &mut Context,
) -> Record {
    let fields = fields::lower(entries, shape, context);
    let constraints =
        constraints.iter().filter_map(|rule| constraint(rule, entries, shape, context)).collect();
    Record {
        name,
        role,
        in_requests: false,
        in_responses: false,
        prefix: None,
        docs: Vec::new(),
        fields,
        constraints,
        openapi: true,
    }
}

/// A type of `types:` in each of its shapes.
fn named(entry: &Entry<spec::Type>, file: &ResourceFile, context: &mut Context) -> Vec<Type> {
    let given = &entry.value;
    let docs = docs::lower(&given.doc, context);
    let supported = file.resource.deprecated.is_none();
    let views = context.declared.get(&entry.key).is_some_and(|declared| !declared.views.is_empty());
    let mut available: Vec<Place> = Vec::new();
    if views && given.request.is_some() {
        available = vec![Place::Response, Place::Request];
    } else if views {
        available = vec![Place::Response, Place::Create, Place::Update];
    }
    let base = Shape { available: &available, covers: &available, words: None, own: None, supported };
    if let Some(choice) = &given.exactly_one_of {
        return union(entry, choice, docs, base, context).into_iter().map(Type::Union).collect();
    }
    let shapes = shapes(&entry.key, &available, context);
    let records = shapes.into_iter().map(|(name, covers)| {
        let shape = Shape { covers: &covers, ..base };
        let mut record = record(name, Role::Nested, &given.fields, &given.constraints, shape, context);
        record.docs.clone_from(&docs);
        record.openapi = given.openapi;
        Type::Record(record)
    });
    records.collect()
}

fn union(
    entry: &Entry<spec::Type>,
    choice: &spec::Choice,
    docs: Vec<String>,
    shape: Shape,
    context: &mut Context,
) -> Option<Union> {
    if !shape.available.is_empty() {
        let message = format!("`{}` is a choice, and has several shapes", *entry.key);
        context.diagnostics.push(Diagnostic::error("union-shapes", entry.key.span, message));
        return None;
    }
    fields::collisions("variant", entry.value.fields.keys().map(|key| (variant_name(key), key)), context);
    let fields = fields::lower(&entry.value.fields, shape, context);
    let mut choices = Vec::new();
    for field in fields {
        let TypeRef::Record(ty) = &field.ty else {
            let key = entry.value.fields.entry(&field.wire);
            let span = key.map_or(entry.key.span, |key| key.key.span);
            let message = format!("`{}` is one of a choice, but not a record", field.wire);
            let help = "give each choice a type of its own, under `types:`";
            context.diagnostics.push(Diagnostic::error("union-of-scalars", span, message).help(help));
            continue;
        };
        let name = variant_name(&field.wire);
        choices.push(Choice { wire: field.wire.clone(), name, ty: ty.clone(), docs: field.docs });
    }
    Some(Union {
        name: entry.key.to_string(),
        in_requests: false,
        in_responses: false,
        docs,
        choices,
        errors: numbers(&choice.errors, context),
        fixed: choice.fixed,
        openapi: entry.value.openapi,
    })
}

fn enumeration(entry: &Entry<spec::Enum>, context: &mut Context) -> Enum {
    let given = &entry.value;
    fields::collisions("variant", given.values.keys().map(|key| (variant_name(key), key)), context);
    if let Some(taken) = given.values.keys().find(|key| variant_name(key) == "Unknown") {
        let message = "`Unknown` is the variant for values that nobody knows yet";
        context.diagnostics.push(Diagnostic::error("reserved-name", taken.span, message));
    }
    let variants = given.values.iter().map(|value| Variant {
        wire: value.key.to_string(),
        name: variant_name(&value.key),
        docs: docs::lower(&value.value, context),
    });
    let variants = variants.collect();
    Enum { name: entry.key.to_string(), docs: docs::lower(&given.doc, context), open: given.open, variants }
}

/// A rule, if it holds for the shape.
fn constraint(
    rule: &Spanned<spec::Constraint>,
    entries: &Entries<Option<Field>>,
    shape: Shape,
    context: &mut Context,
) -> Option<Constraint> {
    let here = |word: &Spanned<String>| shape.covers.iter().any(|place| place.word() == **word);
    if !rule.places.is_empty() && !shape.available.is_empty() && !rule.places.iter().any(here) {
        return None;
    }
    let kinds = [
        (ConstraintKind::OneOf, &rule.one_of),
        (ConstraintKind::AtMostOneOf, &rule.at_most_one_of),
        (ConstraintKind::Together, &rule.together),
        (ConstraintKind::Requires, &rule.requires),
    ];
    let mut given = kinds.into_iter().filter(|(_, fields)| !fields.is_empty());
    let (Some((kind, fields)), None) = (given.next(), given.next()) else {
        let message = "a constraint is one of `one_of`, `at_most_one_of`, `together`, or `if` with `requires`";
        context.diagnostics.push(Diagnostic::error("constraint-kind", rule.span, message));
        return None;
    };
    for name in fields.iter().chain(&rule.condition).filter(|name| !entries.contains_key(name)) {
        let message = format!("there is no field `{}`", **name);
        let help = crate::diagnostic::did_you_mean(name, entries.keys().map(|key| key.as_str()));
        context.diagnostics.push(Diagnostic::error("unknown-field", name.span, message).help_if(help));
    }
    Some(Constraint {
        kind,
        fields: fields.iter().map(ToString::to_string).collect(),
        condition: rule.condition.as_ref().map(ToString::to_string),
        errors: numbers(&rule.errors, context),
    })
}
