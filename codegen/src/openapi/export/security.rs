//! Authentication.

use crate::model::Api;

use super::super::{Map, Tree};

/// Name of the only scheme.
const SCHEME: &str = "authentication";

/// Returns the requirement of every operation.
pub(super) fn requirement() -> Tree {
    Tree::from(vec![Map::new().with(SCHEME, Vec::<Tree>::new())])
}

/// Returns the schemes by name. A scheme that is not one of HTTP's is a header with a key.
pub(super) fn schemes(api: &Api) -> Map {
    let standard = api.auth_header.eq_ignore_ascii_case("authorization");
    let scheme = if standard {
        Map::new()
            .with("type", "http")
            .with("scheme", api.auth_scheme.to_ascii_lowercase())
    } else {
        Map::new()
            .with("type", "apiKey")
            .with("in", "header")
            .with("name", &api.auth_header)
    };
    let description = if standard {
        format!(
            "An API key, behind the word `{}` in the header `{}`.",
            api.auth_scheme, api.auth_header
        )
    } else {
        format!("An API key, in the header `{}`.", api.auth_header)
    };
    Map::new().with(SCHEME, scheme.with("description", description))
}
