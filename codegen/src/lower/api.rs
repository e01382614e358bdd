//! What holds for the whole API.

use crate::diagnostic::Diagnostic;
use crate::model::{Api, External};
use crate::spec::Spanned;

use super::{Context, docs};

/// The facts of `api.yaml`.
pub(super) fn lower(context: &mut Context) -> Api {
    let api = &context.spec.api;
    check_address(&api.base_url, context);
    let externals = api.externals.iter().map(|entry| {
        let external =
            External { prefix: entry.value.prefix.to_string(), docs: docs::lower(&entry.value.doc, context) };
        (entry.key.to_string(), external)
    });
    let externals = externals.collect();
    Api {
        name: api.name.to_string(),
        base_url: api.base_url.to_string(),
        docs_url: api.docs.to_string(),
        crate_name: api.client.name.to_string(),
        key_variable: api.client.environment.api_key.to_string(),
        url_variable: api.client.environment.base_url.to_string(),
        auth_header: api.auth.header.to_string(),
        auth_scheme: api.auth.scheme.to_string(),
        version_header: api.version.header.to_string(),
        version_value: api.version.value.to_string(),
        operation_id_header: api.operation_id.header.to_string(),
        operation_id_detail: api.operation_id.detail.to_string(),
        cursor_parameter: api.paging.cursor.parameter.to_string(),
        limit_parameter: api.paging.limit.parameter.to_string(),
        limit_default: api.paging.limit.default,
        limit_min: api.paging.limit.min,
        limit_max: api.paging.limit.max,
        filter_parameter: api.filtering.parameter.to_string(),
        filter_object: api.filtering.object.to_string(),
        page_uri: api.paging.page.uri.to_string(),
        page_next: api.paging.page.next.to_string(),
        error_code: api.error_body.code.to_string(),
        error_status: api.error_body.status.to_string(),
        error_message: api.error_body.message.to_string(),
        error_details: api.error_body.details.to_string(),
        rate_limit_requests: api.rate_limit.requests,
        rate_limit_window_seconds: api.rate_limit.window_seconds,
        id_length: api.ids.length,
        id_charset: api.ids.charset.to_string(),
        externals,
    }
}

fn check_address(address: &Spanned<String>, context: &mut Context) {
    let secure = address.starts_with("https://");
    if !secure || address.ends_with('/') {
        let message = format!("`{}` is not the address of an API", **address);
        let help = "it begins with `https://` and does not end with `/`";
        context.diagnostics.push(Diagnostic::error("malformed-address", address.span, message).help(help));
    }
}
