//! Operations as they stand in a file: what the convention of the name says is left out.

use crate::names::type_name;

use super::super::super::document::{Operation, Place};
use super::super::super::extension;
use super::super::super::{Map, Tree};
use super::super::conventions::{Convention, Conventions};
use super::super::docs;
use super::super::lists;
use super::super::make::{FileTypes, Maker};
use super::super::notes::NoteKind;
use super::super::outline::{Outline, Planned, Returned, Sent, wrapper};
use super::super::paths::segments;
use super::super::prose;
use super::super::spot::Spot;
use super::super::unsaid;
use super::parameters;

/// What stands behind the name of an operation.
pub(in super::super) fn operation(
    planned: &Planned,
    outline: &Outline,
    conventions: &Conventions,
    maker: &mut Maker,
    types: &mut FileTypes,
) -> Tree {
    let operation = &planned.operation;
    if !maker.own {
        unsaid::of_operation(&planned.name, operation, &mut maker.notes);
    }
    let default = Convention::default();
    let usual = conventions.get(&planned.name);
    let convention = usual.unwrap_or(&default);
    let facts = operation.at.get(extension::KEY);
    let said =
        |key: &str| facts.as_ref().and_then(|facts| facts.get(key)).map(|at| at.tree());
    let (doc, deprecated) = prose_of(operation);
    let returns = returns(planned, outline, maker, types);
    let unpublished =
        said(extension::PUBLISHED).is_some() && !unpublished_service(outline);
    let map = Map::new()
        .with_filled("doc", doc.as_str())
        .with_some("method", differing(&operation.method, &convention.method))
        .with_some("path", path(planned, outline, convention))
        .with_some(
            "body",
            differing(
                &body(planned, outline, maker, types),
                convention.body.as_deref().unwrap_or("none"),
            ),
        )
        .with_some("openapi_body", openapi_body(planned, &said))
        .with_some("returns", differing(&returns, &convention.returns))
        .with_some(
            "status",
            Some(status(planned)).filter(|status| *status != convention.status),
        )
        .joined(listing(planned, maker))
        .with_filled(
            "query",
            parameters::query(planned, outline, conventions, maker, types),
        )
        .with_filled(
            "headers",
            parameters::headers(planned, outline, conventions, maker, types),
        )
        .with_some(
            "instance",
            instance(convention, said(extension::INSTANCE).is_some(), conventions.own),
        )
        .with_some(
            "deprecated",
            said(extension::DEPRECATED).or(deprecated.filter(|_| !own_service(outline))),
        )
        .with_some("applies_to", said(extension::APPLIES_TO))
        .with_some("openapi", unpublished.then_some(false));
    match (map.len(), map.get("doc")) {
        (0, _) => Tree::Null,
        (1, Some(doc)) => doc.clone(),
        _ => Tree::Map(map),
    }
}

fn differing(value: &str, usual: &str) -> Option<Tree> {
    (value != usual).then(|| Tree::from(value))
}

/// What an operation does, and whether its prose says that it is going.
fn prose_of(operation: &Operation) -> (String, Option<Tree>) {
    let said = operation
        .at
        .text_of("description")
        .or(operation.at.text_of("summary"))
        .unwrap_or_default();
    let said = docs::plain(said);
    let deprecated = prose::read(&said).deprecated;
    let flagged = operation.at.flag("deprecated").then_some(Tree::Bool(true));
    (said, deprecated.or(flagged))
}

/// A service that is going has operations that are going.
fn own_service(outline: &Outline) -> bool {
    outline.facts().is_some_and(|facts| facts.get(extension::DEPRECATED).is_some())
}

fn unpublished_service(outline: &Outline) -> bool {
    outline
        .facts()
        .is_some_and(|facts| facts.text_of(extension::PUBLISHED) == Some("false"))
}

fn path(planned: &Planned, outline: &Outline, convention: &Convention) -> Option<Tree> {
    let path = outline.relative_path(&planned.operation);
    let same = path == convention.path
        || (outline.group.singleton
            && path == "item"
            && convention.path == "collection");
    (!same).then(|| Tree::from(path))
}

fn body(
    planned: &Planned,
    outline: &Outline,
    maker: &mut Maker,
    types: &mut FileTypes,
) -> String {
    let wanted = type_name(&format!("{}_{}", outline.resource, planned.name));
    match &planned.sent {
        Sent::Nothing => "none".to_owned(),
        Sent::Empty => "empty".to_owned(),
        Sent::Place(spot, schema) => {
            let own = outline.describes
                || *spot == Spot::Request
                    && fits_known(schema.name.as_deref(), outline, maker);
            if own {
                spot.word().to_owned()
            } else {
                maker.whole(schema, &wanted, *spot, types)
            }
        }
        Sent::Type(schema) => maker.whole(schema, &wanted, Spot::Request, types),
    }
}

/// Whether the request type that another file describes is the one that is sent.
fn fits_known(name: Option<&str>, outline: &Outline, maker: &Maker) -> bool {
    let name = name.map(type_name);
    let known = maker.known.get(&outline.resource);
    let views = known.into_iter().flat_map(|known| known.views.values());
    name.is_none_or(|name| {
        name == outline.resource || views.into_iter().any(|view| *view == name)
    })
}

fn openapi_body(planned: &Planned, said: &dyn Fn(&str) -> Option<Tree>) -> Option<Tree> {
    said(extension::PUBLISHED_BODY)
        .or_else(|| wrapper(&planned.operation, &planned.sent).map(Tree::from))
}

fn returns(
    planned: &Planned,
    outline: &Outline,
    maker: &mut Maker,
    types: &mut FileTypes,
) -> String {
    let wanted = type_name(&format!("{}_{}_result", outline.resource, planned.name));
    match &planned.returned {
        Returned::Nothing => "nothing".to_owned(),
        Returned::Object(schema) if is_resource(schema, outline) => {
            "resource".to_owned()
        }
        Returned::Object(schema) => maker.whole(schema, &wanted, Spot::Response, types),
        Returned::List(list) if is_resource(&list.item, outline) => "list".to_owned(),
        Returned::List(list) => format!(
            "list of {}",
            maker.whole(&list.item, &wanted, Spot::Response, types)
        ),
    }
}

fn is_resource(
    schema: &super::super::super::document::Schema,
    outline: &Outline,
) -> bool {
    let Some((_, resource)) = outline.shapes.first() else { return false };
    match (&schema.name, &resource.name) {
        (Some(name), Some(resource)) => name == resource,
        (None, None) => schema.at.pointer() == resource.at.pointer(),
        _ => false,
    }
}

fn status(planned: &Planned) -> u16 {
    let usual = if matches!(planned.returned, Returned::Nothing) { 204 } else { 200 };
    planned.operation.status.unwrap_or(usual)
}

/// What an operation that lists says about it.
fn listing(planned: &Planned, maker: &mut Maker) -> Map {
    let Returned::List(list) = &planned.returned else { return Map::new() };
    let operation = &planned.operation;
    let ending = segments(operation.path).last().copied().unwrap_or_default();
    let query = || {
        operation.parameters.iter().filter(|parameter| parameter.place == Place::Query)
    };
    let pageable = operation.method == "GET" && list.key != lists::BARE;
    let paged = parameters::is_paged(planned, maker);
    let filter = query().find(|parameter| parameter.name == maker.filter);
    let fields = filter.map(|filter| {
        let stated = filter.at.get(extension::KEY).map(|facts| facts.texts(extension::FILTER)).unwrap_or_default();
        if stated.is_empty() {
            let message = "the document does not say which fields a filter may mention; `id` was written";
            maker.notes.at(NoteKind::Undecided, &filter.at, message);
        }
        if stated.is_empty() { vec!["id"] } else { stated }
    });
    let item: Vec<_> =
        list.item.properties().into_iter().map(|property| property.name).collect();
    let has = |field: &&str| item.contains(&field.split('.').next().unwrap_or(field));
    let beside: Tree =
        fields.iter().flatten().filter(|field| !has(field)).copied().collect();
    let others = list.others.iter().copied();
    let odd: Vec<_> = others
        .filter(|key| !maker.page_keys.iter().any(|known| known == *key))
        .collect();
    if !odd.is_empty() {
        let message = format!(
            "beside its items, the list has `{}`, which nobody can ask for",
            odd.join("`, `")
        );
        maker.notes.at(NoteKind::Inexpressible, &operation.at, message);
    }
    Map::new()
        .with_some("items", (list.key != ending).then_some(list.key))
        .with_some("paged", (pageable && !paged).then_some(false))
        .with_some("filter", fields.map(Tree::from))
        .with_filled("filter_only", beside)
}

/// Whether it can be called on a resource in hand, where that is not as usual.
fn instance(convention: &Convention, said: bool, own: bool) -> Option<bool> {
    (own && said != convention.instance).then_some(said)
}
