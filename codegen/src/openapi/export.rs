//! From a model to an `OpenAPI` 3.1 document.
//!
//! Enters a [`Model`]; leaves a document that says all of it, in the order of the model. Where the format allows several
//! ways, these were chosen:
//!
//! - Each shape of a resource is a schema of its own (`IpPolicy`, `IpPolicyCreate`, `IpPolicyUpdate`). A field is
//!   `readOnly` if no request has it, `writeOnly` if no answer has it. `required` holds what a request must carry; in a
//!   schema that only comes back, what the server always sends.
//! - An enum lists its values. One that the server is known to go beyond is `anyOf` that list and any string.
//! - What may be null has `null` among its types; a reference that may be null is `anyOf` it and `null`.
//! - A choice is an object with `oneOf`: exactly one of its keys holds an object.
//! - A secret has `format: password`, unless it has another format; either way the extension says so.
//! - Bodies are what goes over the wire: those of modules are not wrapped, whatever the published document says.
//! - Any failure answers with one error schema, whose examples are the error codes that have names. An operation whose
//!   body can be refused for reasons of its own lists those apart.

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

/// The version of the format.
const VERSION: &str = "3.1.0";

/// The document of a model.
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

/// What every step needs.
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

/// A reference to a component.
fn reference(kind: &str, name: &str) -> Map {
    Map::new().with("$ref", format!("#/components/{kind}/{}", component(name)))
}

/// The content of bodies: JSON is the only type.
fn json(content: Map) -> Map {
    Map::new().with("application/json", content)
}

/// A name as the key of a component, which has nothing but letters and digits of ASCII: other characters become their
/// numbers between underscores.
fn component(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let key =
        |c: char| if plain(c) { c.to_string() } else { format!("_{:x}_", u32::from(c)) };
    name.chars().map(key).collect()
}

/// A map under the key for what `OpenAPI` has no word for, if there is anything in it.
fn extended(schema: Map, extension: Map) -> Map {
    schema.with_filled(super::extension::KEY, extension)
}
