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
//! - Facts without a keyword are under [`EXTENSION`], with the keys and values of the model.

mod downgrade;
mod errors;
mod examples;
mod paths;
mod prose;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::{EXTENSION, Map, Tree};
use crate::example::Wanted;
use crate::model::{Api, Model, Service};
use paths::Lists;

pub use downgrade::to_openapi_3_0;

/// Version of the format.
const VERSION: &str = "3.1.0";

/// Name of the only authentication scheme.
const SCHEME: &str = "authentication";

/// Name of the header with the operation ID.
const OPERATION_ID: &str = "OperationId";

/// Exports a model.
#[must_use]
pub fn export(model: &Model) -> Tree {
    let context = Context {
        model,
        lists: paths::lists(model),
        pairs: schemas::pairs(model),
        shown: examples::fields(model),
    };
    let api = &model.api;
    let requirement = Map::new().with(SCHEME, Vec::<Tree>::new());
    let facts = serde_json::to_value(api).unwrap_or_default();
    let document = Map::new()
        .with("openapi", VERSION)
        .with("info", info(api))
        .with("externalDocs", Map::new().with("url", &api.docs_url))
        .with("servers", vec![Map::new().with("url", &api.base_url)])
        .with("security", vec![requirement])
        .with("tags", model.services.iter().map(tag).collect::<Tree>())
        .with("paths", paths::paths(&context))
        .with("components", components(&context))
        .with(EXTENSION, facts);
    Tree::Map(document)
}

/// Context of every step.
struct Context<'a> {
    model: &'a Model,
    lists: Lists,
    /// Corresponding shapes of requests and responses.
    pairs: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Fields of examples.
    shown: Vec<Wanted>,
}

fn components(context: &Context) -> Map {
    let model = context.model;
    Map::new()
        .with("securitySchemes", Map::new().with(SCHEME, authentication(&model.api)))
        .with("parameters", paths::shared_parameters(&model.api))
        .with("headers", response_headers())
        .with("responses", errors::responses(context))
        .with("examples", errors::examples(model))
        .with("schemas", schemas::schemas(context, paths::list_schemas(context)))
}

fn info(api: &Api) -> Map {
    let limit = (api.rate_limit_requests > 0).then(|| {
        format!(
            "Rate limit: {} requests per account in any {} seconds.",
            api.rate_limit_requests, api.rate_limit_window_seconds
        )
    });
    let version = if api.version_value.is_empty() { "1" } else { &api.version_value };
    Map::new()
        .with("title", format!("{} API", api.name))
        .with_some("description", limit)
        .with("version", version)
}

/// Returns the authentication scheme. One that is not among HTTP's is a header with a key.
fn authentication(api: &Api) -> Map {
    let (scheme, header) = (&api.auth_scheme, &api.auth_header);
    if !header.eq_ignore_ascii_case("authorization") {
        return typed("apiKey", &format!("An API key, in the header `{header}`."))
            .with("in", "header")
            .with("name", header);
    }
    let description =
        format!("An API key, behind the word `{scheme}` in the header `{header}`.");
    typed("http", &description).with("scheme", scheme.to_ascii_lowercase())
}

fn tag(service: &Service) -> Map {
    const FACTS: &str =
        "source noun nouns resource deprecated access legacy openapi types";
    let docs_url = service.docs_url.as_ref().map(|url| Map::new().with("url", url));
    Map::new()
        .with("name", &service.tag)
        .with("description", prose::text(&service.docs))
        .with_some("externalDocs", docs_url)
        .with_filled(EXTENSION, facts(service, FACTS))
}

/// Returns what the model says under these keys, between spaces, of one of its parts.
fn facts(part: &impl Serialize, keys: &str) -> Map {
    let whole = serde_json::to_value(part).unwrap_or_default();
    let said = keys.split(' ').filter_map(|key| Some((key, whole.get(key)?.clone())));
    said.filter(|(_, value)| *value != Value::Null).collect()
}

/// Returns a schema of a type with a description.
fn typed(kind: &str, description: &str) -> Map {
    Map::new().with("type", kind).with("description", description)
}

/// Returns the headers of all responses, by name.
fn response_headers() -> Map {
    let header = Map::new()
        .with("description", "Operation ID of the call. Include it in support requests.")
        .with("schema", Map::new().with("type", "string"));
    Map::new().with(OPERATION_ID, header)
}

fn headers(api: &Api) -> Map {
    let name = Some(&api.operation_id_header).filter(|name| !name.is_empty());
    name.map(|name| (name, reference("headers", OPERATION_ID))).into_iter().collect()
}

/// Returns the schema of an address.
fn address(description: &str) -> Map {
    typed("string", description).with("format", "uri")
}

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
