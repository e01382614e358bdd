//! Operations by path and method.

use crate::model::{Body, Operation, Service};

use super::super::{Map, Tree, extension};
use super::{Context, extended, json, parameters, prose, reference, responses};

/// Returns the paths, in the order in which services and operations first use them.
pub(super) fn paths(context: &Context) -> Map {
    let mut paths: Vec<(String, Map)> = Vec::new();
    for service in &context.model.services {
        for operation in &service.operations {
            add(&mut paths, operation, self::operation(operation, service, context));
        }
    }
    paths.into_iter().collect()
}

/// Adds an operation. Two operations that differ only in their bodies get paths that differ after a `#`, as is
/// conventional.
fn add(paths: &mut Vec<(String, Map)>, operation: &Operation, described: Map) {
    let method = operation.method.lower();
    let known = paths.iter().position(|(path, _)| *path == operation.path);
    match known {
        Some(at) if paths[at].1.get(method).is_none() => {
            paths[at].1.set(method, described);
        }
        Some(_) => {
            let path = format!("{}#{}", operation.path, operation.id);
            paths.push((path, Map::new().with(method, described)));
        }
        None => paths.push((operation.path.clone(), Map::new().with(method, described))),
    }
}

fn operation(operation: &Operation, service: &Service, context: &Context) -> Map {
    let description = prose::text(&operation.docs);
    let deprecated = operation.deprecated.is_some() || service.deprecated.is_some();
    let described = Map::new()
        .with("tags", vec![&service.tag])
        .with("operationId", &operation.id)
        .with_filled("summary", prose::summary(&description))
        .with_filled("description", description)
        .with_flag("deprecated", deprecated)
        .with("parameters", parameters::of(operation, context))
        .with_some("requestBody", body(operation))
        .with("responses", responses::responses(operation, service, context));
    extended(described, facts(operation))
}

fn body(operation: &Operation) -> Option<Map> {
    let schema = match &operation.body {
        Body::None => return None,
        Body::Empty => Map::new().with("type", "object").with("maxProperties", 0_u32),
        Body::Type(name) => reference("schemas", name),
    };
    Some(
        Map::new()
            .with("required", true)
            .with("content", json(Map::new().with("schema", schema))),
    )
}

fn facts(operation: &Operation) -> Map {
    let instance =
        operation.instance.as_ref().map(|fields| fields.iter().collect::<Tree>());
    Map::new()
        .with_some(extension::INSTANCE, instance)
        .with_some(extension::APPLIES_TO, operation.applies_to.as_ref())
        .with_some(
            extension::DEPRECATED,
            operation.deprecated.as_ref().map(prose::deprecation),
        )
        .with_some(extension::PUBLISHED_BODY, operation.openapi_body.as_ref())
        .with_some(extension::PUBLISHED, (!operation.openapi).then_some(false))
}
