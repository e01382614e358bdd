//! Parameters in paths, queries and headers.

use crate::model::{Api, Listing, Operation, Output, Parameter, QueryParameter};

use super::super::{Map, Tree, extension};
use super::{Context, extended, prose, reference, types};

const VERSION: &str = "Version";
const CURSOR: &str = "Cursor";
const LIMIT: &str = "Limit";

/// Returns the common parameters, by name.
pub(super) fn shared(api: &Api) -> Map {
    let version = (!api.version_header.is_empty()).then(|| version(api));
    Map::new()
        .with_some(VERSION, version)
        .with(CURSOR, cursor(api))
        .with(LIMIT, limit(api))
}

/// Returns the parameters of an operation.
pub(super) fn of(operation: &Operation, context: &Context) -> Tree {
    let api = &context.model.api;
    let mut parameters = Vec::new();
    if !api.version_header.is_empty() {
        parameters.push(reference("parameters", VERSION));
    }
    parameters.extend(operation.parameters.iter().map(path));
    if let Output::List(list) = &operation.output {
        if list.paged {
            parameters.extend([
                reference("parameters", CURSOR),
                reference("parameters", LIMIT),
            ]);
        }
        if !list.filter.is_empty() {
            parameters.push(filter(list, api));
        }
    }
    parameters.extend(operation.query.iter().map(|one| query("query", one)));
    parameters.extend(operation.headers.iter().map(|one| query("header", one)));
    Tree::from(parameters)
}

fn version(api: &Api) -> Map {
    let value = &api.version_value;
    Map::new()
        .with("name", &api.version_header)
        .with("in", "header")
        .with("required", true)
        .with("description", "The version of the API that the request is written for.")
        .with(
            "schema",
            Map::new()
                .with("type", "string")
                .with("enum", vec![value])
                .with("default", value),
        )
}

fn cursor(api: &Api) -> Map {
    let description = "ID of the item before the page. Default: the newest items.";
    Map::new()
        .with("name", &api.cursor_parameter)
        .with("in", "query")
        .with("description", description)
        .with("schema", Map::new().with("type", "string"))
}

fn limit(api: &Api) -> Map {
    let schema = Map::new()
        .with("type", "integer")
        .with("minimum", api.limit_min)
        .with("maximum", api.limit_max)
        .with("default", api.limit_default);
    Map::new()
        .with("name", &api.limit_parameter)
        .with("in", "query")
        .with("description", "The greatest number of items on the page.")
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
    let parameter = Map::new()
        .with("name", &api.filter_parameter)
        .with("in", "query")
        .with("description", description)
        .with("schema", Map::new().with("type", "string"));
    extended(
        parameter,
        Map::new().with(extension::FILTER, list.filter.iter().collect::<Tree>()),
    )
}

fn path(parameter: &Parameter) -> Map {
    Map::new()
        .with("name", &parameter.wire)
        .with("in", "path")
        .with("required", true)
        .with("description", prose::text(&parameter.docs))
        .with("schema", types::schema(&parameter.ty))
}

fn query(place: &str, parameter: &QueryParameter) -> Map {
    let one = types::schema(&parameter.ty);
    let schema = if parameter.repeated {
        Map::new().with("type", "array").with("items", one)
    } else {
        one
    };
    let described = Map::new()
        .with("name", &parameter.wire)
        .with("in", place)
        .with_flag("required", parameter.required)
        .with("description", prose::text(&parameter.docs))
        .with_flag("deprecated", parameter.deprecated.is_some())
        .with("schema", schema);
    let facts = Map::new()
        .with_some(
            extension::DEPRECATED,
            parameter.deprecated.as_ref().map(prose::deprecation),
        )
        .with_some(extension::PUBLISHED, (!parameter.openapi).then_some(false));
    extended(described, facts)
}
