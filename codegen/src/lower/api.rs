//! Facts about the API as a whole.

use crate::diagnostic::Code;
use crate::model::{Api, External};
use crate::spec::Spanned;

use super::{Context, docs};

/// Lowers the facts of `api.yaml`. Facts that the description does not contain are empty or 0.
pub(super) fn lower(context: &mut Context) -> Api {
    check(context);
    let spec = context.spec;
    let api = &spec.api;
    let externals = api.externals.iter().map(|(name, given)| {
        let prefix = ID_PREFIX.text(&given.prefix, context);
        let docs = docs::lower(&given.doc, context);
        (name.to_string(), External { prefix, docs })
    });
    let externals = externals.collect();
    let (version, filtering) = (api.version.as_ref(), api.filtering.as_ref());
    let (environment, id_places) = (&api.client.environment, api.operation_id.as_ref());
    let (paging, error) = (&api.paging, &api.error_body);
    let rate_limit = api.rate_limit.as_ref();
    let operators = filtering.into_iter().flat_map(|it| &it.operators);
    Api {
        name: API_NAME.text(&api.name, context),
        base_url: BASE_URL.text(&api.base_url, context),
        docs_url: PAGE_URL.text(&api.docs, context),
        crate_name: CRATE_NAME.text(&api.client.name, context),
        key_variable: VARIABLE.text(&environment.api_key, context),
        url_variable: VARIABLE.text(&environment.base_url, context),
        auth_header: HEADER.text(&api.auth.header, context),
        auth_scheme: SCHEME.text(&api.auth.scheme, context),
        version_header: HEADER.first(version.map(|it| &it.header), context),
        version_value: HEADER_VALUE.first(version.map(|it| &it.value), context),
        operation_id_header: HEADER.first(id_places.map(|it| &it.header), context),
        operation_id_detail: KEY
            .first(id_places.and_then(|it| it.detail.as_ref()), context),
        cursor_parameter: QUERY_PARAMETER.text(&paging.cursor.parameter, context),
        limit_parameter: QUERY_PARAMETER.text(&paging.limit.parameter, context),
        limit_default: paging.limit.default,
        limit_min: paging.limit.min,
        limit_max: paging.limit.max,
        filter_parameter: QUERY_PARAMETER
            .first(filtering.map(|it| &it.parameter), context),
        filter_object: FILTER_NAME.first(filtering.map(|it| &it.object), context),
        filter_language: FILTER_NAME.first(filtering.map(|it| &it.language), context),
        filter_operators: operators.map(ToString::to_string).collect(),
        filter_functions: FILTER_NAME.all(filtering.map(|it| &it.functions), context),
        filter_methods: FILTER_NAME.all(filtering.map(|it| &it.methods), context),
        filter_text_methods: FILTER_NAME
            .all(filtering.map(|it| &it.text_methods), context),
        filter_now: FILTER_NAME.all(filtering.map(|it| &it.now), context).pop(),
        page_uri: KEY.text(&paging.page.uri, context),
        page_next: KEY.text(&paging.page.next, context),
        error_code: KEY.text(&error.code, context),
        error_status: KEY.text(&error.status, context),
        error_message: KEY.text(&error.message, context),
        error_details: KEY.text(&error.details, context),
        rate_limit_requests: rate_limit.map_or(0, |limit| limit.requests),
        rate_limit_window_seconds: rate_limit.map_or(0, |limit| limit.window_seconds),
        cors_max_age_seconds: api.cors.as_ref().map(|cors| cors.max_age_seconds),
        retry_statuses: api.retry.statuses.clone(),
        retry_not_processed: api.retry.not_processed.clone(),
        idempotent_methods: api.retry.idempotent.clone(),
        id_length: api.ids.as_ref().map_or(0, |ids| ids.length),
        id_charset: CHARSET.first(api.ids.as_ref().map(|ids| &ids.charset), context),
        externals,
    }
}

/// The form that a name, an address or a value of a header must have.
pub(super) struct Form {
    code: Code,
    /// What another one is not: "`x` cannot be ...".
    fault: &'static str,
    help: &'static str,
    fits: fn(&str) -> bool,
}

impl Form {
    const fn name(
        fault: &'static str,
        help: &'static str,
        fits: fn(&str) -> bool,
    ) -> Self {
        Self { code: Code::MalformedName, fault, help, fits }
    }

    /// Returns a string of this form. One that has another form is reported.
    pub(super) fn text(&self, given: &Spanned<String>, context: &mut Context) -> String {
        self.check(given, context);
        given.to_string()
    }

    /// Returns strings of this form.
    fn all<'g>(
        &self,
        given: Option<impl IntoIterator<Item = &'g Spanned<String>>>,
        context: &mut Context,
    ) -> Vec<String> {
        given.into_iter().flatten().map(|given| self.text(given, context)).collect()
    }

    /// Returns a string of this form; an empty one if there is none.
    fn first(&self, given: Option<&Spanned<String>>, context: &mut Context) -> String {
        given.map(|given| self.text(given, context)).unwrap_or_default()
    }

    /// Reports a string that has another form.
    pub(super) fn check(&self, given: &Spanned<String>, context: &mut Context) {
        if !(self.fits)(given) {
            let message = format!("`{}` {}", given.escape_debug(), self.fault);
            context.error(self.code, given.span, message, self.help);
        }
    }
}

const VARIABLE: Form = Form::name(
    "cannot be the name of an environment variable",
    "write it in capitals, with underscores between words",
    |text| is(text, |c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'),
);
const API_NAME: Form = Form::name(
    "cannot be the name of an API",
    "write plain words: the name is used in sentences",
    |text| is(text, |c| c.is_alphanumeric() || " .-_&+".contains(c)),
);
const CRATE_NAME: Form = Form::name(
    "cannot be the name of a crate",
    "write it in lower case, with dashes between words",
    |text| {
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && is(text, |c| word(c) || "-_".contains(c))
    },
);
const HEADER: Form = Form::name(
    "cannot be the name of a header",
    "write letters, digits and dashes, such as `x-api-key`; headers of the connection and the body are reserved",
    |text| is(text, is_token) && !is_of_transport(text),
);
const HEADER_VALUE: Form = Form::name(
    "cannot be the value of a header",
    "write visible ASCII characters, without spaces at the ends",
    |text| is(text, |c| c.is_ascii_graphic() || c == ' ') && text.trim() == text,
);
const SCHEME: Form = Form::name(
    "cannot be an authentication scheme",
    "write one word, such as `Bearer`, or nothing",
    |text| text.is_empty() || is(text, is_token),
);
const KEY: Form = Form::name(
    "cannot be a key of an object",
    "write the key as in JSON, without quotes",
    |text| is(text, |c| !c.is_control() && !"\"\\".contains(c)),
);
const FILTER_NAME: Form = Form::name(
    "cannot be a name in filters",
    "write letters and digits, with underscores or dots between words",
    |text| is(text, |c| c.is_ascii_alphanumeric() || "_.".contains(c)),
);
const CHARSET: Form =
    Form::name("cannot be the name of a character set", "such as `base62`", |text| {
        is(text, |c| c.is_ascii_alphanumeric() || "_-".contains(c))
    });
/// A query parameter that need not be escaped in an address.
pub(super) const QUERY_PARAMETER: Form = Form::name(
    "cannot be the name of a query parameter",
    "write letters and digits, with `_`, `-`, `.` or brackets between them",
    |text| is(text, |c| c.is_alphanumeric() || "_-.[]".contains(c)),
);
/// An ID prefix that can be part of an address.
pub(super) const ID_PREFIX: Form = Form::name(
    "cannot be the prefix of IDs",
    "write the letters and digits that IDs begin with, without the underscore: `ep`",
    |text| is(text, |c| c.is_alphanumeric() || "_-".contains(c)),
);
const BASE_URL: Form = Form {
    code: Code::MalformedAddress,
    fault: "is not the address of an API",
    help: "it begins with `https://` and a host, without a user name, does not end with `/`, and has no query",
    fits: |address| {
        let odd = |c: char| {
            !c.is_ascii()
                || c.is_whitespace()
                || c.is_control()
                || "?#\"<>\\".contains(c)
        };
        address.strip_prefix("https://").is_some_and(|rest| {
            has_host(rest)
                && !rest.ends_with('/')
                && !rest.contains(odd)
                && !rest.split('/').any(is_dots)
        })
    },
};
/// An address that is valid in a link.
pub(super) const PAGE_URL: Form = Form {
    code: Code::MalformedAddress,
    fault: "is not the address of a page",
    help: "it begins with `https://` and a host, and has no user name, spaces, quotes, angle brackets or parentheses",
    fits: |address| {
        let odd =
            |c: char| c.is_whitespace() || c.is_control() || "\"<>()\\".contains(c);
        let https = address.strip_prefix("https://");
        let rest = https.or_else(|| address.strip_prefix("http://"));
        rest.is_some_and(has_host) && !address.contains(odd)
    },
};

/// Reports facts that contradict each other, and an invalid pattern of addresses.
fn check(context: &mut Context) {
    let api = &context.spec.api;
    if let Some(pages) = &api.docs_pages {
        PAGE_URL.check(pages, context);
    }
    let version = api.version.as_ref().map(|version| &version.header);
    if let Some(header) = version.filter(|it| it.eq_ignore_ascii_case(&api.auth.header))
    {
        let message = format!("`{}` cannot be the name of both headers", **header);
        let help = "the API key and the version need different headers";
        context.error(Code::MalformedName, header.span, message, help);
    }
    let limit = &api.paging.limit;
    if !(limit.min..=limit.max).contains(&limit.default) || limit.min == 0 {
        let (min, default, max) = (limit.min, limit.default, limit.max);
        let message = format!(
            "a page cannot have from {min} to {max} items, and {default} by default"
        );
        let help = "`min` is at least 1, and `default` between `min` and `max`";
        context.error(Code::PageLimit, limit.parameter.span, message, help);
    }
}

/// Headers of the connection or the body, which each transport sets itself.
const OF_TRANSPORTS: [&str; 8] = [
    "connection",
    "content-length",
    "content-type",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Returns true if each transport sets the header itself.
pub(super) fn is_of_transport(header: &str) -> bool {
    OF_TRANSPORTS.iter().any(|name| header.eq_ignore_ascii_case(name))
}

pub(super) fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

fn is(text: &str, allowed: impl Fn(char) -> bool) -> bool {
    !text.trim().is_empty() && text.chars().all(allowed)
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
