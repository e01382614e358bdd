//! Operations by path and method: parameters, bodies and responses, and the schemas of lists.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{
    Context, address, errors, examples, facts, headers, json, prose, reference, schemas,
    typed,
};
use crate::model::{
    Api, Body, Listing, Model, Operation, Output, QueryParameter, Service,
};
use crate::openapi::{EXTENSION, Map, Tree};

const VERSION: &str = "Version";
const CURSOR: &str = "Cursor";
const LIMIT: &str = "Limit";

/// Returns the paths, in the order in which services and operations first use them. Two operations that differ only
/// in their bodies get paths that differ after a `#`, as is conventional.
pub(super) fn paths(context: &Context) -> Map {
    let mut paths = IndexMap::<String, Map>::new();
    for service in &context.model.services {
        for operation in &service.operations {
            let method = operation.method.lower();
            let path = operation.path.to_string();
            let taken = paths.get(&path).and_then(|item| item.get(method));
            let path = match taken {
                Some(_) => format!("{path}#{}", operation.id),
                None => path,
            };
            let described = self::operation(operation, service, context);
            paths.entry(path).or_default().set(method, described);
        }
    }
    paths.into_iter().collect()
}

fn operation(operation: &Operation, service: &Service, context: &Context) -> Map {
    const FACTS: &str = "instance applies_to deprecated openapi_body openapi";
    let description = prose::text(&operation.docs);
    let deprecated = operation.deprecated.is_some() || service.deprecated.is_some();
    Map::new()
        .with("tags", vec![&service.tag])
        .with("operationId", &operation.id)
        .with_filled("summary", prose::summary(&description))
        .with_filled("description", description)
        .with_flag("deprecated", deprecated)
        .with("parameters", parameters(operation, &context.model.api))
        .with_some("requestBody", body(operation))
        .with("responses", responses(operation, service, context))
        .with_filled(EXTENSION, facts(operation, FACTS))
}

fn body(operation: &Operation) -> Option<Map> {
    let schema = match &operation.body {
        Body::None => return None,
        Body::Empty => Map::new().with("type", "object").with("maxProperties", 0_u32),
        Body::Type(name) => reference("schemas", name),
    };
    let content = json(Map::new().with("schema", schema));
    Some(Map::new().with("required", true).with("content", content))
}

/// Returns the common parameters, by name.
pub(super) fn shared_parameters(api: &Api) -> Map {
    let value = &api.version_value;
    let version = parameter(
        "header",
        &api.version_header,
        true,
        "The version of the API that the request is written for.",
        Map::new()
            .with("type", "string")
            .with("enum", vec![value])
            .with("default", value),
    );
    let cursor = parameter(
        "query",
        &api.cursor_parameter,
        false,
        "ID of the item before the page. Default: the newest items.",
        Map::new().with("type", "string"),
    );
    let limit = parameter(
        "query",
        &api.limit_parameter,
        false,
        "The greatest number of items on the page.",
        Map::new()
            .with("type", "integer")
            .with("minimum", api.limit_min)
            .with("maximum", api.limit_max)
            .with("default", api.limit_default),
    );
    Map::new()
        .with_some(VERSION, (!api.version_header.is_empty()).then_some(version))
        .with(CURSOR, cursor)
        .with(LIMIT, limit)
}

fn parameters(operation: &Operation, api: &Api) -> Tree {
    let shared = |name: &str| reference("parameters", name);
    let mut parameters = Vec::new();
    if !api.version_header.is_empty() {
        parameters.push(shared(VERSION));
    }
    parameters.extend(operation.parameters.iter().map(|path| {
        let description = prose::text(&path.docs);
        parameter("path", &path.wire, true, &description, schemas::of_type(&path.ty))
    }));
    if let Some(list) = operation.listing() {
        if list.paged {
            parameters.extend([shared(CURSOR), shared(LIMIT)]);
        }
        if !list.filter.is_empty() {
            parameters.push(filter(list, api));
        }
    }
    parameters.extend(operation.query.iter().map(|one| query("query", one)));
    parameters.extend(operation.headers.iter().map(|one| query("header", one)));
    Tree::from(parameters)
}

fn parameter(
    place: &str,
    name: &str,
    required: bool,
    description: &str,
    schema: Map,
) -> Map {
    Map::new()
        .with("name", name)
        .with("in", place)
        .with_flag("required", required)
        .with("description", description)
        .with("schema", schema)
}

fn filter(list: &Listing, api: &Api) -> Map {
    let fields: Vec<_> = list.filter.iter().map(|field| format!("`{field}`")).collect();
    let description = format!(
        "Which items to list: an expression in {} over the fields of `{}`, among them {}.",
        api.filter_language.to_uppercase(),
        api.filter_object,
        fields.join(", ")
    );
    let schema = Map::new().with("type", "string");
    parameter("query", &api.filter_parameter, false, &description, schema)
        .with(EXTENSION, facts(list, "filter"))
}

fn query(place: &str, query: &QueryParameter) -> Map {
    let one = schemas::of_type(&query.ty);
    let schema = if query.repeated {
        Map::new().with("type", "array").with("items", one)
    } else {
        one
    };
    parameter(place, &query.wire, query.required, &prose::text(&query.docs), schema)
        .with_flag("deprecated", query.deprecated.is_some())
        .with_filled(EXTENSION, facts(query, "deprecated openapi"))
}

/// Returns the responses of an operation by status.
fn responses(operation: &Operation, service: &Service, context: &Context) -> Map {
    let success = success(operation, service, context);
    Map::new()
        .with(operation.status.to_string(), success)
        .joined(errors::of(operation, context))
        .with("default", reference("responses", errors::RESPONSE))
}

fn success(operation: &Operation, service: &Service, context: &Context) -> Map {
    let own = |name: &String| *name == service.resource;
    let (description, schema) = match &operation.output {
        Output::Nothing => ("Success without a response body.".to_owned(), None),
        Output::Type(name) if own(name) => {
            (format!("The {}.", service.noun), Some(name.as_str()))
        }
        Output::Type(name) => (format!("A `{name}`."), Some(name.as_str())),
        Output::List(list) => {
            let item = format!("`{}`", list.item);
            let items = if own(&list.item) { &service.nouns } else { &item };
            let what = if list.paged { "A page of" } else { "All" };
            (
                format!("{what} {items}."),
                context.lists.get(&shape(list)).map(String::as_str),
            )
        }
    };
    let schema =
        schema.map(|name| Map::new().with("schema", reference("schemas", name)));
    Map::new()
        .with("description", description)
        .with("headers", headers(&context.model.api))
        .with_some("content", schema.map(json))
}

/// The lists of a model and the names of their schemas.
pub(super) type Lists = BTreeMap<Shape, String>;

/// Identifies a list: the item, the key of the items, and whether it is paginated.
type Shape = (String, String, bool);

/// Names each list after its item, like the published document; a second one of the same item after its operation.
pub(super) fn lists(model: &Model) -> Lists {
    let lists = model.operations().filter_map(|(service, operation)| {
        let list = operation.listing()?;
        Some((service.resource != list.item, list, &operation.id))
    });
    let mut lists: Vec<_> = lists.collect();
    lists.sort_by_key(|(foreign, ..)| *foreign);
    let mut names = Lists::new();
    for (_, list, id) in lists {
        let shape = shape(list);
        if names.contains_key(&shape) {
            continue;
        }
        let free = |name: &String| {
            !model.types.contains_key(name) && !names.values().any(|it| it == name)
        };
        let usual = Some(format!("{}List", list.item)).filter(free);
        let mut name = usual.unwrap_or_else(|| format!("{id}Page"));
        while !free(&name) {
            name.push('_');
        }
        names.insert(shape, name);
    }
    names
}

fn shape(list: &Listing) -> Shape {
    (list.item.clone(), list.key.clone(), list.paged)
}

/// Returns the schemas of lists, by name.
pub(super) fn list_schemas(context: &Context) -> impl Iterator<Item = (String, Map)> {
    let lists = context.lists.iter();
    lists.map(|(list, name)| (name.clone(), list_schema(list, context)))
}

fn list_schema((item, key, paged): &Shape, context: &Context) -> Map {
    let api = &context.model.api;
    let what = if *paged { "page" } else { "list" };
    let description = format!("A {what} of `{item}`.");
    let items = |description: &str| {
        typed("array", description).with("items", reference("schemas", item))
    };
    let examples = Tree::from(vec![examples::of(item, context)]);
    if key.is_empty() {
        return items(&description).with("examples", vec![examples]);
    }
    let mut properties = Map::new()
        .with(key, items("The items."))
        .with(&api.page_uri, address("Address of the page."));
    let mut example = Map::new().with(key, examples).with(&api.page_uri, &api.base_url);
    if *paged {
        let next = address("Address of the next page; null on the last one.");
        properties.set(&api.page_next, next.with("type", vec!["string", "null"]));
        example.set(&api.page_next, Tree::Null);
    }
    typed("object", &description)
        .with("properties", properties)
        .with("required", vec![key])
        .with("examples", vec![example])
}
