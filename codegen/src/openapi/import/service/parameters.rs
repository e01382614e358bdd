//! Parameters in paths and queries.

use crate::names::type_name;

use super::super::super::document::{Kind, Parameter, Place, Property, Schema};
use super::super::super::extension;
use super::super::super::{Map, Tree};
use super::super::conventions::Conventions;
use super::super::docs;
use super::super::known::NameKind;
use super::super::lists;
use super::super::make::{FileTypes, Maker, Owner};
use super::super::notes::NoteKind;
use super::super::outline::{Outline, Planned, Returned};
use super::super::paths::{joined, parameter, segments};
use super::super::spot::Spot;
use super::super::unsaid;

/// The parameters of all paths, but for the id of the resource itself.
pub(super) fn of(outline: &Outline, maker: &mut Maker) -> Map {
    let mut params = Map::new().section();
    for planned in &outline.operations {
        let path = segments(planned.operation.path);
        for (at, segment) in path.iter().enumerate() {
            let Some(name) = parameter(segment) else { continue };
            if params.get(name).is_some() {
                continue;
            }
            let declared = planned.operation.parameters.iter();
            let declared = declared
                .clone()
                .find(|one| one.place == Place::Path && one.name == name);
            let way = joined(&path[..=at]);
            if let Some(described) = one(name, &way, declared, outline, maker) {
                params.set(name, described);
            }
        }
    }
    params
}

/// A parameter; nothing for the id of the resource itself, which needs no words.
fn one(
    name: &str,
    way: &str,
    declared: Option<&Parameter>,
    outline: &Outline,
    maker: &mut Maker,
) -> Option<Map> {
    let schema =
        declared.and_then(|declared| Schema::read(declared.schema.as_ref()?).ok());
    let stated = schema.as_ref().and_then(|schema| {
        let kinds = schema.facts(extension::ID).join(" | ");
        (!kinds.is_empty()).then_some(kinds)
    });
    let whose = stated.or_else(|| maker.known.item(way).map(str::to_owned));
    let number =
        schema.as_ref().is_some_and(|schema| matches!(schema.kind, Kind::Integer));
    let own =
        whose.as_deref() == Some(outline.resource.as_str()) && !outline.group.singleton;
    if own && name == "id" && !number {
        return None;
    }
    let noun = whose.as_deref().map(|whose| maker.known.noun(whose));
    let doc = declared
        .and_then(|declared| declared.at.text_of("description"))
        .map(docs::plain);
    let doc = doc.unwrap_or_else(|| match noun {
        Some(noun) => format!("Which {noun}."),
        None => format!("The `{name}` of the path."),
    });
    let by_field = || own.then(|| field_type(name, outline, maker)).flatten();
    let is_id = whose.as_deref().filter(|whose| {
        let other = !own || name == "id" || is_named_by_id(name, outline);
        maker.known.is_pointed_to(whose) && !number && other
    });
    let kind = match (is_id, schema) {
        (Some(whose), _) => format!("id {whose}"),
        (None, Some(schema)) => {
            enum_name(&schema, maker).or_else(by_field).unwrap_or_else(|| {
                if number { "int64".to_owned() } else { "string".to_owned() }
            })
        }
        (None, None) => by_field().unwrap_or_else(|| "string".to_owned()),
    };
    Some(Map::new().with("type", kind).with("doc", doc))
}

/// Whether a parameter of another name is the id of the resource all the same.
fn is_named_by_id(name: &str, outline: &Outline) -> bool {
    let properties = outline.shapes.first().map(|(_, resource)| resource.properties());
    let properties = properties.unwrap_or_default();
    let id = properties.iter().find(|property| property.name == "id");
    let text = id.and_then(|id| Schema::read(&id.at).ok());
    let is_text = text.is_some_and(|schema| matches!(schema.kind, Kind::Text));
    is_text && !properties.iter().any(|property| property.name == name)
}

/// The enum that a schema refers to.
fn enum_name(schema: &Schema, maker: &Maker) -> Option<String> {
    let name = type_name(schema.name.as_ref()?);
    maker
        .known
        .get(&name)
        .is_some_and(|known| known.kind == NameKind::Enum)
        .then_some(name)
}

/// The enum of the field of the same name.
fn field_type(name: &str, outline: &Outline, maker: &Maker) -> Option<String> {
    let (_, resource) = outline.shapes.first()?;
    let property =
        resource.properties().into_iter().find(|property| property.name == name)?;
    let schema = Schema::read(&property.at).ok()?;
    enum_name(&schema, maker)
        .or_else(|| maker.known.enum_of(&schema.values).map(str::to_owned))
}

/// Headers that a document may list as parameters, and that say nothing there.
const IGNORED_HEADERS: &[&str] = &["accept", "authorization", "content-type"];

/// The query parameters beside those of paging and filtering, as fields. Cookies are told.
pub(super) fn query(
    planned: &Planned,
    outline: &Outline,
    conventions: &Conventions,
    maker: &mut Maker,
    types: &mut FileTypes,
) -> Map {
    let mut query = Map::new().section();
    let (name, noun, nouns) = (&outline.resource, &outline.noun, &outline.nouns);
    let owner = Owner { name, noun, nouns, spots: &[], sent: false, resource: false };
    let paged = is_paged(planned, maker);
    let is_list = matches!(planned.returned, Returned::List(_));
    for parameter in &planned.operation.parameters {
        let paging = conventions.paging.iter().any(|name| name == parameter.name);
        let filter = conventions.filter == parameter.name;
        let usual = (paging && paged) || (filter && is_list);
        match parameter.place {
            Place::Query if !usual => {
                if let Some(field) = query_field(parameter, owner, maker, types) {
                    query.set(parameter.name, field);
                }
            }
            Place::Other => refuse(parameter, "a cookie", maker),
            _ => {}
        }
    }
    query
}

/// Whether an operation lists something a page at a time.
pub(super) fn is_paged(planned: &Planned, maker: &Maker) -> bool {
    let Returned::List(list) = &planned.returned else { return false };
    let operation = &planned.operation;
    let mut query =
        operation.parameters.iter().filter(|parameter| parameter.place == Place::Query);
    operation.method == "GET"
        && list.key != lists::BARE
        && query.any(|parameter| maker.paging.iter().any(|name| name == parameter.name))
}

/// The request headers beside those that every request has, as fields.
pub(super) fn headers(
    planned: &Planned,
    outline: &Outline,
    conventions: &Conventions,
    maker: &mut Maker,
    types: &mut FileTypes,
) -> Map {
    let mut headers = Map::new().section();
    let (name, noun, nouns) = (&outline.resource, &outline.noun, &outline.nouns);
    let owner = Owner { name, noun, nouns, spots: &[], sent: false, resource: false };
    let given = planned.operation.parameters.iter();
    for parameter in given.filter(|parameter| parameter.place == Place::Header) {
        if !is_sent_anyway(parameter, conventions)
            && let Some(field) = query_field(parameter, owner, maker, types)
        {
            headers.set(parameter.name, field);
        }
    }
    headers
}

/// Whether a client sends a header by itself.
pub(in super::super) fn is_sent_anyway(
    parameter: &Parameter,
    conventions: &Conventions,
) -> bool {
    let name = parameter.name.to_ascii_lowercase();
    conventions.headers.contains(&name) || IGNORED_HEADERS.contains(&name.as_str())
}

/// What a parameter is that is not one value or a list of values.
fn unlike_a_value(parameter: &Parameter) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.[]".contains(c);
    if parameter.place == Place::Query && !parameter.name.chars().all(plain) {
        return Some("a parameter whose name needs escapes");
    }
    let schema = Schema::read(parameter.schema.as_ref()?).ok()?;
    let inner = match &schema.kind {
        Kind::List(inner) => {
            let inner = inner.as_ref().and_then(|inner| Schema::read(inner).ok());
            inner.map_or(Kind::Text, |inner| inner.kind)
        }
        kind => kind.clone(),
    };
    match inner {
        Kind::Object => Some("an object"),
        Kind::Map(_) => Some("a map"),
        Kind::List(_) => Some("a list of lists"),
        _ => None,
    }
}

fn refuse(parameter: &Parameter, what: &str, maker: &mut Maker) {
    let must = if parameter.required { ", and is required" } else { "" };
    let message = format!("`{}` is {what}{must}", parameter.name);
    maker.notes.at(NoteKind::Inexpressible, &parameter.at, message);
}

/// A query parameter as a field of one shape.
pub(in super::super) fn query_field(
    parameter: &Parameter,
    owner: Owner,
    maker: &mut Maker,
    types: &mut FileTypes,
) -> Option<Tree> {
    unsaid::of_parameter(parameter, &mut maker.notes);
    if let Some(what) = unlike_a_value(parameter) {
        refuse(parameter, what, maker);
        return None;
    }
    let schema = parameter.schema.clone()?;
    let owner = Owner { spots: &[], sent: false, resource: false, ..owner };
    let property = Property { name: parameter.name, at: schema, required: None };
    let field =
        maker.field(owner, parameter.name, &[(Spot::Response, property)], types)?;
    let Tree::Map(field) = field else { return Some(field) };
    let facts = parameter.at.get(extension::KEY);
    let fact =
        |key: &str| facts.as_ref().and_then(|facts| facts.get(key)).map(|at| at.tree());
    let doc = parameter.at.text_of("description").map(docs::plain).unwrap_or_default();
    let doc = if doc.is_empty() {
        let what =
            if parameter.place == Place::Header { "header" } else { "query parameter" };
        format!("The {what} `{}`.", parameter.name)
    } else {
        doc
    };
    let deprecated = fact(extension::DEPRECATED)
        .or(parameter.at.flag("deprecated").then_some(Tree::Bool(true)));
    let unpublished = fact(extension::PUBLISHED).is_some();
    let field = field.without("doc").without("optional").without("nullable");
    let field = field
        .without("required")
        .without("secret")
        .with_flag("required", parameter.required)
        .with_some("deprecated", deprecated)
        .with_some("openapi", unpublished.then_some(false));
    Some(Tree::Map(field.with("doc", doc)))
}
