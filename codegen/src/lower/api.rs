//! Facts about the API as a whole.

use http::header::{self, HeaderName};

use crate::diagnostic::Code;
use crate::model::{Api, External};
use crate::spec::Spanned;

use super::{Context, docs};

/// Lowers the facts of `api.yaml`.
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
    let (version, filtering) = (api.version.as_ref(), api.filtering.as_ref());
    let operation_id = api.operation_id.as_ref();
    // Facts that the description does not contain are empty or 0.
    Api {
        name: api.name.to_string(),
        base_url: api.base_url.to_string(),
        docs_url: api.docs.to_string(),
        crate_name: api.client.name.to_string(),
        key_variable: api.client.environment.api_key.to_string(),
        url_variable: api.client.environment.base_url.to_string(),
        auth_header: api.auth.header.to_string(),
        auth_scheme: api.auth.scheme.to_string(),
        version_header: text(version.map(|version| &version.header)),
        version_value: text(version.map(|version| &version.value)),
        operation_id_header: text(operation_id.map(|places| &places.header)),
        operation_id_detail: text(
            operation_id.and_then(|places| places.detail.as_ref()),
        ),
        cursor_parameter: api.paging.cursor.parameter.to_string(),
        limit_parameter: api.paging.limit.parameter.to_string(),
        limit_default: api.paging.limit.default,
        limit_min: api.paging.limit.min,
        limit_max: api.paging.limit.max,
        filter_parameter: text(filtering.map(|it| &it.parameter)),
        filter_object: text(filtering.map(|it| &it.object)),
        filter_language: text(filtering.map(|it| &it.language)),
        filter_operators: texts(filtering.map(|it| &*it.operators)),
        filter_functions: texts(filtering.map(|it| &*it.functions)),
        filter_methods: texts(filtering.map(|it| &*it.methods)),
        filter_text_methods: texts(filtering.map(|it| &*it.text_methods)),
        filter_now: filtering.and_then(|it| it.now.as_ref()).map(ToString::to_string),
        page_uri: api.paging.page.uri.to_string(),
        page_next: api.paging.page.next.to_string(),
        error_code: api.error_body.code.to_string(),
        error_status: api.error_body.status.to_string(),
        error_message: api.error_body.message.to_string(),
        error_details: api.error_body.details.to_string(),
        rate_limit_requests: api.rate_limit.as_ref().map_or(0, |limit| limit.requests),
        rate_limit_window_seconds: api
            .rate_limit
            .as_ref()
            .map_or(0, |limit| limit.window_seconds),
        cors_max_age_seconds: api.cors.as_ref().map(|cors| cors.max_age_seconds),
        retry_statuses: api.retry.statuses.clone(),
        retry_not_processed: api.retry.not_processed.clone(),
        idempotent_methods: api.retry.idempotent.clone(),
        id_length: api.ids.as_ref().map_or(0, |ids| ids.length),
        id_charset: text(api.ids.as_ref().map(|ids| &ids.charset)),
        externals,
    }
}

fn text(given: Option<&Spanned<String>>) -> String {
    given.map(ToString::to_string).unwrap_or_default()
}

fn texts(given: Option<&[Spanned<String>]>) -> Vec<String> {
    given.into_iter().flatten().map(ToString::to_string).collect()
}

/// Reports facts that are invalid in a manifest, an address or a header.
fn check(context: &mut Context) {
    let api = &context.spec.api;
    let environment = &api.client.environment;
    base_url(&api.base_url, context);
    for address in [Some(&api.docs), api.docs_pages.as_ref()].into_iter().flatten() {
        docs_address(address, context);
    }
    for variable in [&environment.api_key, &environment.base_url] {
        let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        let help = "write it in capitals, with underscores between words";
        let what = "the name of an environment variable";
        malformed(variable, what, is(variable, upper), help, context);
    }
    let plain = |c: char| c.is_alphanumeric() || " .-_&+".contains(c);
    let help = "write plain words: the name is used in sentences";
    malformed(&api.name, "the name of an API", is(&api.name, plain), help, context);
    let package =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    let (crate_name, help) =
        (&api.client.name, "write it in lower case, with dashes between words");
    let lead = crate_name.starts_with(|c: char| c.is_ascii_lowercase());
    let sound = lead && is(crate_name, package);
    malformed(crate_name, "the name of a crate", sound, help, context);
    headers(context);
    keys(context);
    for external in api.externals.values() {
        id_prefix(&external.prefix, context);
    }
    limit(context);
}

/// Headers of the connection or the body, which each transport sets itself.
const OF_TRANSPORTS: [HeaderName; 8] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::HOST,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Reports invalid names and values of headers.
fn headers(context: &mut Context) {
    let api = &context.spec.api;
    let version = api.version.as_ref();
    let own = [
        Some(&api.auth.header),
        version.map(|version| &version.header),
        api.operation_id.as_ref().map(|places| &places.header),
    ];
    for header in own.into_iter().flatten() {
        let reserved = is_of_transport(header);
        let help = "write letters, digits and dashes, such as `x-api-key`; headers of the connection and the body are \
                    reserved";
        let sound = is(header, is_token) && !reserved;
        malformed(header, "the name of a header", sound, help, context);
    }
    let scheme = &api.auth.scheme;
    let sound = scheme.is_empty() || is(scheme, is_token);
    let help = "write one word, such as `Bearer`, or nothing";
    malformed(scheme, "an authentication scheme", sound, help, context);
    let Some(version) = version else { return };
    if api.auth.header.eq_ignore_ascii_case(&version.header) {
        let help = "the API key and the version need different headers";
        malformed(&version.header, "the name of both headers", false, help, context);
    }
    let value = &version.value;
    let visible = |c: char| c.is_ascii_graphic() || c == ' ';
    let sound = is(value, visible) && value.trim() == value.as_str();
    let help = "write visible ASCII characters, without spaces at the ends";
    malformed(value, "the value of a header", sound, help, context);
}

/// Returns true if each transport sets the header itself.
pub(super) fn is_of_transport(header: &str) -> bool {
    OF_TRANSPORTS.iter().any(|name| header.eq_ignore_ascii_case(name.as_str()))
}

pub(super) fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

/// Reports invalid names of query parameters, JSON keys and parts of filters.
fn keys(context: &mut Context) {
    let api = &context.spec.api;
    let (paging, filtering) = (&api.paging, api.filtering.as_ref());
    let parameters = [&paging.cursor.parameter, &paging.limit.parameter];
    for parameter in parameters.into_iter().chain(filtering.map(|it| &it.parameter)) {
        query_parameter(parameter, context);
    }
    let error = &api.error_body;
    let detail = api.operation_id.as_ref().and_then(|places| places.detail.as_ref());
    let keys = [&paging.page.uri, &paging.page.next].into_iter().chain(detail);
    for key in keys.chain([&error.code, &error.status, &error.message, &error.details]) {
        let help = "write the key as in JSON, without quotes";
        let sound = is(key, |c| !c.is_control() && !"\"\\".contains(c));
        malformed(key, "a key of an object", sound, help, context);
    }
    let names = filtering.into_iter().flat_map(|filtering| {
        let names = [&filtering.functions, &filtering.methods, &filtering.text_methods];
        let names = names.into_iter().flatten();
        names
            .chain([&filtering.object, &filtering.language])
            .chain(filtering.now.as_ref())
    });
    for name in names {
        let help = "write letters and digits, with underscores or dots between words";
        let sound = is(name, |c| c.is_ascii_alphanumeric() || "_.".contains(c));
        malformed(name, "a name in filters", sound, help, context);
    }
    let Some(charset) = api.ids.as_ref().map(|ids| &ids.charset) else { return };
    let sound = is(charset, |c| c.is_ascii_alphanumeric() || "_-".contains(c));
    malformed(
        charset,
        "the name of a character set",
        sound,
        "such as `base62`",
        context,
    );
}

/// Reports a query parameter that would have to be escaped in an address.
pub(super) fn query_parameter(given: &Spanned<String>, context: &mut Context) {
    let help = "write letters and digits, with `_`, `-`, `.` or brackets between them";
    let sound = is(given, |c| c.is_alphanumeric() || "_-.[]".contains(c));
    malformed(given, "the name of a query parameter", sound, help, context);
}

/// Reports an ID prefix that cannot be part of an address.
pub(super) fn id_prefix(prefix: &Spanned<String>, context: &mut Context) {
    let help =
        "write the letters and digits that IDs begin with, without the underscore: `ep`";
    let sound = is(prefix, |c| c.is_alphanumeric() || "_-".contains(c));
    malformed(prefix, "the prefix of IDs", sound, help, context);
}

fn is(text: &str, allowed: impl Fn(char) -> bool) -> bool {
    !text.trim().is_empty() && text.chars().all(allowed)
}

fn malformed(
    given: &Spanned<String>,
    what: &str,
    sound: bool,
    help: &str,
    context: &mut Context,
) {
    if !sound {
        let message = format!("`{}` cannot be {what}", given.escape_debug());
        context.error(Code::MalformedName, given.span, message, help);
    }
}

fn base_url(address: &Spanned<String>, context: &mut Context) {
    let odd = |c: char| {
        !c.is_ascii() || c.is_whitespace() || c.is_control() || "?#\"<>\\".contains(c)
    };
    let rest = address.strip_prefix("https://");
    let sound = rest.is_some_and(|rest| {
        has_host(rest)
            && !rest.ends_with('/')
            && !rest.contains(odd)
            && !rest.split('/').any(is_dots)
    });
    if !sound {
        let message =
            format!("`{}` is not the address of an API", address.escape_debug());
        let help = "it begins with `https://` and a host, without a user name, does not end with `/`, and has no query";
        context.error(Code::MalformedAddress, address.span, message, help);
    }
}

/// Returns true if the part after the scheme begins with a host and optionally a port, without a user name or
/// password.
fn has_host(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let parsed = authority.parse::<http::uri::Authority>();
    parsed.is_ok_and(|parsed| {
        let port = parsed.host().len() == authority.len() || parsed.port_u16().is_some();
        !parsed.host().is_empty() && !authority.contains('@') && port
    })
}

/// Returns true for `.` and `..` in a path, which clients resolve before they send it.
pub(super) fn is_dots(part: &str) -> bool {
    part == "." || part == ".."
}

/// Reports an address that is invalid in a link.
pub(super) fn docs_address(address: &Spanned<String>, context: &mut Context) {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\"<>()\\".contains(c);
    let rest =
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    if !rest.is_some_and(has_host) || address.contains(odd) {
        let message =
            format!("`{}` is not the address of a page", address.escape_debug());
        let help = "it begins with `https://` and a host, and has no user name, spaces, quotes, angle brackets or \
                    parentheses";
        context.error(Code::MalformedAddress, address.span, message, help);
    }
}

fn limit(context: &mut Context) {
    let limit = &context.spec.api.paging.limit;
    if !(limit.min..=limit.max).contains(&limit.default) || limit.min == 0 {
        let (min, default, max) = (limit.min, limit.default, limit.max);
        let message = format!(
            "a page cannot have from {min} to {max} items, and {default} by default"
        );
        let help = "`min` is at least 1, and `default` between `min` and `max`";
        context.error(Code::PageLimit, limit.parameter.span, message, help);
    }
}
