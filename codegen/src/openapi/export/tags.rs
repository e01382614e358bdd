//! Services as tags.

use crate::model::{Model, Service};
use crate::names::plural;

use super::super::{Map, Tree, extension};
use super::{extended, prose};

/// Returns the tags, in the order of the services.
pub(super) fn tags(model: &Model) -> Tree {
    model.services.iter().map(tag).collect()
}

fn tag(service: &Service) -> Map {
    let docs_url = service.docs_url.as_ref().map(|url| Map::new().with("url", url));
    let tag = Map::new()
        .with("name", &service.tag)
        .with("description", prose::text(&service.docs))
        .with_some("externalDocs", docs_url);
    extended(tag, facts(service))
}

fn facts(service: &Service) -> Map {
    let nouns = Some(&service.nouns).filter(|nouns| **nouns != plural(&service.noun));
    Map::new()
        .with(extension::FILE, file(service))
        .with(extension::NOUN, &service.noun)
        .with_some(extension::NOUNS, nouns)
        .with(extension::RESOURCE, &service.resource)
        .with_some(
            extension::DEPRECATED,
            service.deprecated.as_ref().map(prose::deprecation),
        )
        .with_some(extension::ACCESS, service.access.as_ref())
        .with_flag(extension::LEGACY, service.legacy)
        .with_some(extension::PUBLISHED, (!service.openapi).then_some(false))
        .with_filled(extension::TYPES, service.types.iter().collect::<Tree>())
}

/// Returns the file below the directory of services, without its extension.
fn file(service: &Service) -> &str {
    let source = service.source.strip_prefix("resources/").unwrap_or(&service.source);
    source.strip_suffix(".yaml").unwrap_or(source)
}
