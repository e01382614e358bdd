//! What holds for the whole API.

use crate::diagnostic::Diagnostic;
use crate::model::{Api, External};
use crate::spec::Spanned;

use super::{Context, docs};

/// The facts of `api.yaml`.
pub(super) fn lower(context: &mut Context) -> Api {
    let api = &context.spec.api;
    check(context);
    let externals = api.externals.iter().map(|entry| {
        let external = External {
            prefix: entry.value.prefix.to_string(),
            docs: docs::lower(&entry.value.doc, context),
        };
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
        filter_language: api.filtering.language.to_string(),
        filter_operators: texts(&api.filtering.operators),
        filter_functions: texts(&api.filtering.functions),
        filter_methods: texts(&api.filtering.methods),
        filter_text_methods: texts(&api.filtering.text_methods),
        filter_now: api.filtering.now.as_ref().map(ToString::to_string),
        page_uri: api.paging.page.uri.to_string(),
        page_next: api.paging.page.next.to_string(),
        error_code: api.error_body.code.to_string(),
        error_status: api.error_body.status.to_string(),
        error_message: api.error_body.message.to_string(),
        error_details: api.error_body.details.to_string(),
        rate_limit_requests: api.rate_limit.requests,
        rate_limit_window_seconds: api.rate_limit.window_seconds,
        cors_max_age_seconds: api.cors.as_ref().map(|cors| cors.max_age_seconds),
        id_length: api.ids.length,
        id_charset: api.ids.charset.to_string(),
        externals,
    }
}

fn texts(given: &[Spanned<String>]) -> Vec<String> {
    given.iter().map(ToString::to_string).collect()
}

/// Reports what would not work in a manifest, an address or a header.
fn check(context: &mut Context) {
    let api = &context.spec.api;
    let environment = &api.client.environment;
    base_url(&api.base_url, context);
    for address in [Some(&api.docs), api.docs_pages.as_ref()].into_iter().flatten() {
        docs_address(address, context);
    }
    for header in [&api.auth.header, &api.version.header, &api.operation_id.header] {
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        let help =
            "a header has a name of letters, digits and dashes, such as `x-api-key`";
        name(header, "header", is(header, token), help, context);
    }
    for variable in [&environment.api_key, &environment.base_url] {
        let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        let help = "write it in capitals, with underscores between words";
        name(variable, "environment variable", is(variable, upper), help, context);
    }
    let plain = |c: char| c.is_alphanumeric() || " .-_&+".contains(c);
    let help = "write plain words: the name stands in sentences";
    name(&api.name, "API", is(&api.name, plain), help, context);
    let package =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    let (crate_name, help) =
        (&api.client.name, "write it in lower case, with dashes between words");
    let lead = crate_name.starts_with(|c: char| c.is_ascii_lowercase());
    name(crate_name, "crate", lead && is(crate_name, package), help, context);
    limit(context);
}

fn is(text: &str, allowed: impl Fn(char) -> bool) -> bool {
    !text.trim().is_empty() && text.chars().all(allowed)
}

fn name(
    given: &Spanned<String>,
    what: &str,
    sound: bool,
    help: &str,
    context: &mut Context,
) {
    if !sound {
        let message = format!("`{}` cannot be the name of a {what}", **given);
        let message = message.replace("a API", "an API").replace("a env", "an env");
        let problem = Diagnostic::error("malformed-name", given.span, message);
        context.diagnostics.push(problem.help(help));
    }
}

fn base_url(address: &Spanned<String>, context: &mut Context) {
    let host = address.strip_prefix("https://");
    let odd = |c: char| c.is_whitespace() || c.is_control() || "?#\"<>\\".contains(c);
    let sound = host.is_some_and(|host| {
        !host.is_empty()
            && !host.starts_with('/')
            && !host.ends_with('/')
            && !host.contains(odd)
    });
    if !sound {
        let message = format!("`{}` is not the address of an API", **address);
        let help = "it begins with `https://` and a host, does not end with `/`, and has no query";
        let problem = Diagnostic::error("malformed-address", address.span, message);
        context.diagnostics.push(problem.help(help));
    }
}

/// Reports an address that could not stand in a link.
pub(super) fn docs_address(address: &Spanned<String>, context: &mut Context) {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\"<>()\\".contains(c);
    let web = address.starts_with("https://") || address.starts_with("http://");
    if !web || address.contains(odd) {
        let message = format!("`{}` is not the address of a page", **address);
        let help = "it begins with `https://`, and has no spaces, quotes, angle brackets or parentheses";
        let problem = Diagnostic::error("malformed-address", address.span, message);
        context.diagnostics.push(problem.help(help));
    }
}

fn limit(context: &mut Context) {
    let limit = &context.spec.api.paging.limit;
    if !(limit.min..=limit.max).contains(&limit.default) || limit.min == 0 {
        let (min, default, max) = (limit.min, limit.default, limit.max);
        let message = format!(
            "a page cannot have from {min} to {max} items, and {default} by default"
        );
        let problem = Diagnostic::error("page-limit", limit.parameter.span, message);
        context.diagnostics.push(
            problem.help("`min` is at least 1, and `default` between `min` and `max`"),
        );
    }
}
