//! From a model to an `OpenAPI` 3.1 document.
//!
//! Takes a [`Model`]; returns an equivalent document, in the order of the model. Where the format has alternatives,
//! these were chosen:
//!
//! - Each shape of a resource is a separate schema (`IpPolicy`, `IpPolicyCreate`, `IpPolicyUpdate`). A field is
//!   `readOnly` if no request contains it, `writeOnly` if no response contains it. `required` lists the required
//!   fields of requests; in a schema of responses only, the fields that are always present.
//! - An enum lists its values. An open one is `anyOf` that list and any string.
//! - Nullable fields have `null` among their types; a nullable reference is `anyOf` it and `null`.
//! - A union is an object with `oneOf`: exactly one of its keys has a value.
//! - A secret has `format: password`, unless it has another format; in either case the extension marks it.
//! - Bodies are as on the wire: those of modules are not wrapped, unlike in the published document.
//! - All errors have the same schema, whose examples are the named error codes. An operation whose body has specific
//!   errors lists those separately.

mod constraints;
mod downgrade;
mod errors;
mod examples;
mod fields;
mod headers;
mod info;
mod lists;
mod operations;
mod pairs;
mod parameters;
mod prose;
mod responses;
mod schemas;
mod security;
mod tags;
mod types;

use crate::model::Model;

pub use downgrade::to_openapi_3_0;

use super::{Map, Tree};

use self::lists::Lists;
use self::pairs::Pairs;

/// Version of the format.
const VERSION: &str = "3.1.0";

/// Exports a model.
#[must_use]
pub fn export(model: &Model) -> Tree {
    let context =
        Context { model, lists: Lists::name(model), pairs: Pairs::find(model) };
    let document = Map::new()
        .with("openapi", VERSION)
        .with("info", info::info(&model.api))
        .with("externalDocs", Map::new().with("url", &model.api.docs_url))
        .with("servers", vec![Map::new().with("url", &model.api.base_url)])
        .with("security", security::requirement())
        .with("tags", tags::tags(model))
        .with("paths", operations::paths(&context))
        .with("components", components(&context))
        .with(super::extension::KEY, info::facts(model));
    Tree::Map(document)
}

/// Context of every step.
struct Context<'a> {
    model: &'a Model,
    lists: Lists,
    pairs: Pairs,
}

fn components(context: &Context) -> Map {
    Map::new()
        .with("securitySchemes", security::schemes(&context.model.api))
        .with("parameters", parameters::shared(&context.model.api))
        .with("headers", headers::all())
        .with("responses", errors::responses(context))
        .with("examples", errors::examples(context.model))
        .with("schemas", schemas::schemas(context))
}

/// Returns a reference to a component.
fn reference(kind: &str, name: &str) -> Map {
    Map::new().with("$ref", format!("#/components/{kind}/{}", component(name)))
}

/// Returns the content of bodies: JSON is the only type.
fn json(content: Map) -> Map {
    Map::new().with("application/json", content)
}

/// Returns a name as the key of a component, which consists of ASCII letters and digits: other characters become
/// their numbers between underscores.
fn component(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let key =
        |c: char| if plain(c) { c.to_string() } else { format!("_{:x}_", u32::from(c)) };
    name.chars().map(key).collect()
}

/// Adds a nonempty map under the key of the extension.
fn extended(schema: Map, extension: Map) -> Map {
    schema.with_filled(super::extension::KEY, extension)
}
