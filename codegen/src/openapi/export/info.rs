//! Title of the document, and the facts about the API.

use crate::model::{Api, ErrorCodes, Model};

use super::super::{Map, Tree};
use super::prose;

/// Returns title and version.
pub(super) fn info(api: &Api) -> Map {
    let limit = (api.rate_limit_requests > 0).then(|| {
        format!(
            "Rate limit: {} requests per account in any {} seconds.",
            api.rate_limit_requests, api.rate_limit_window_seconds
        )
    });
    let version = match api.version_value.as_str() {
        "" => "1",
        version => version,
    };
    Map::new()
        .with("title", format!("{} API", api.name))
        .with_some("description", limit)
        .with("version", version)
}

/// Returns the facts about the API, under the names of `api.yaml` and `errors.yaml`.
pub(super) fn facts(model: &Model) -> Map {
    let api = &model.api;
    let environment = Map::new()
        .with("api_key", &api.key_variable)
        .with("base_url", &api.url_variable);
    Map::new()
        .with("name", &api.name)
        .with(
            "client",
            Map::new().with("crate", &api.crate_name).with("environment", environment),
        )
        .with(
            "auth",
            Map::new().with("header", &api.auth_header).with("scheme", &api.auth_scheme),
        )
        .with_filled("version", version(api))
        .with_filled("operation_id", operation_id(api))
        .with("paging", paging(api))
        .with_filled("filtering", filtering(api))
        .with("error_body", error_body(api))
        .with_filled("rate_limit", rate_limit(api))
        .with_some("cors", api.cors_max_age_seconds.map(cors))
        .with_filled("ids", ids(api))
        .with_filled("externals", externals(api))
        .with("errors", errors(&model.error_codes))
}

fn version(api: &Api) -> Map {
    if api.version_header.is_empty() {
        return Map::new();
    }
    Map::new().with("header", &api.version_header).with("value", &api.version_value)
}

fn ids(api: &Api) -> Map {
    if api.id_length == 0 {
        return Map::new();
    }
    Map::new().with("length", api.id_length).with("charset", &api.id_charset)
}

fn operation_id(api: &Api) -> Map {
    if api.operation_id_header.is_empty() {
        return Map::new();
    }
    Map::new()
        .with("header", &api.operation_id_header)
        .with_filled("detail", api.operation_id_detail.as_str())
}

fn paging(api: &Api) -> Map {
    let limit = Map::new()
        .with("parameter", &api.limit_parameter)
        .with("default", api.limit_default)
        .with("min", api.limit_min)
        .with("max", api.limit_max);
    Map::new()
        .with("cursor", Map::new().with("parameter", &api.cursor_parameter))
        .with("limit", limit)
        .with("page", Map::new().with("uri", &api.page_uri).with("next", &api.page_next))
}

fn filtering(api: &Api) -> Map {
    if api.filter_parameter.is_empty() {
        return Map::new();
    }
    Map::new()
        .with("parameter", &api.filter_parameter)
        .with("object", &api.filter_object)
        .with("language", &api.filter_language)
        .with_filled("operators", api.filter_operators.iter().collect::<Tree>())
        .with_filled("functions", api.filter_functions.iter().collect::<Tree>())
        .with_filled("methods", api.filter_methods.iter().collect::<Tree>())
        .with_filled("text_methods", api.filter_text_methods.iter().collect::<Tree>())
        .with_some("now", api.filter_now.as_ref())
}

fn error_body(api: &Api) -> Map {
    Map::new()
        .with("code", &api.error_code)
        .with("status", &api.error_status)
        .with("message", &api.error_message)
        .with("details", &api.error_details)
}

fn rate_limit(api: &Api) -> Map {
    if api.rate_limit_requests == 0 {
        return Map::new();
    }
    Map::new()
        .with("requests", api.rate_limit_requests)
        .with("window_seconds", api.rate_limit_window_seconds)
}

fn cors(max_age_seconds: u32) -> Map {
    Map::new().with("max_age_seconds", max_age_seconds)
}

fn externals(api: &Api) -> Map {
    let external = api.externals.iter().map(|(name, external)| {
        let doc = prose::text(&external.docs);
        (name, Map::new().with("prefix", &external.prefix).with("doc", doc))
    });
    external.collect()
}

fn errors(codes: &ErrorCodes) -> Map {
    Map::new()
        .with("format", format!("{}{{number}}{}", codes.prefix, codes.suffix))
        .with("docs", &codes.docs_url)
}
