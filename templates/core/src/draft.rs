//! Requests in preparation: takes the arguments of a call, returns a plain `http::Request`. No I/O, no client, no
//! result type.

use std::fmt;
use std::mem::replace;
use std::time::Duration;

use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

use crate::limits::{Check, Invalid};
use crate::prepared::Prepared;
use crate::quota::Priority;
use crate::url::{BaseUrl, push_escaped};
use crate::{Api, Config, Error, HttpRequest, PageCursor, Result, excerpt};

/// The operation of a request.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "a name and a key, constructed by clients")]
pub struct Operation {
    /// Name in errors.
    pub name: &'static str,
    /// Key of the items in a page of its list; empty if it is not a list.
    pub items: &'static str,
}

/// A request in preparation.
///
/// Errors are stored until it is sent, so that calls can be chained.
#[derive(Clone)]
pub struct Draft {
    /// Operation.
    pub operation: Operation,
    /// Timeout of each attempt, instead of the client's setting.
    pub timeout: Option<Duration>,
    /// Maximum number of retries, instead of the client's setting.
    pub retries: Option<u32>,
    /// Priority among calls that wait for the rate limit.
    pub priority: Priority,
    /// Validation of the body, if enabled, instead of the client's setting.
    pub validate: Option<Option<Check>>,
    /// Name of the type of the body.
    pub body_type: Option<&'static str>,
    api: &'static Api,
    method: Method,
    path: String,
    /// The path with its parameters in braces, once one of them is set.
    template: Option<String>,
    query: Vec<(String, String)>,
    /// Address of a page, instead of path and query.
    page: Option<Uri>,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
    invalid: Option<String>,
}

impl Draft {
    /// Creates a request to a path, which may have parameters in braces.
    #[must_use]
    pub fn new(
        api: &'static Api,
        operation: Operation,
        method: Method,
        path: &str,
    ) -> Self {
        Self {
            operation,
            timeout: None,
            retries: None,
            priority: Priority::default(),
            validate: None,
            body_type: None,
            api,
            method,
            path: path.to_owned(),
            template: None,
            query: Vec::new(),
            page: None,
            headers: HeaderMap::new(),
            body: None,
            invalid: None,
        }
    }

    /// Returns the same request for the page at `reference`.
    #[must_use]
    pub fn page(self, base: &BaseUrl, reference: &str) -> Self {
        self.page_from(base, reference, None)
    }

    /// Returns the same request for a page whose reference may be relative to the address of another page.
    #[must_use]
    pub fn page_from(
        mut self,
        base: &BaseUrl,
        reference: &str,
        from: Option<&Uri>,
    ) -> Self {
        match base.resolve_from(reference, from) {
            Ok(uri) => self.page = Some(uri),
            Err(what) => self.fail(what),
        }
        self
    }

    /// Returns the same request for the page of a saved cursor.
    #[must_use]
    pub fn resume(mut self, base: &BaseUrl, cursor: &PageCursor) -> Self {
        let (own, other) = (self.operation.name, cursor.operation());
        if own == other {
            return self.page(base, cursor.address());
        }
        self.fail(format!(
            "the cursor is of {}, and this list is {own}",
            excerpt(other)
        ));
        self
    }

    /// Sets a path parameter. Empty strings, `.` and `..` are rejected, since they would change the path.
    pub fn param(&mut self, name: &str, value: &str) {
        if matches!(value, "" | "." | "..") {
            let value = if value.is_empty() { "empty" } else { value };
            return self.fail(format!("path parameter `{name}` is {value}"));
        }
        let Some((before, after)) = around(&self.path, name) else {
            let what = format!("the path {} has no parameter `{name}`", self.path);
            return self.fail(what);
        };
        let mut path = String::with_capacity(self.path.len() + value.len());
        path.push_str(before);
        push_escaped(&mut path, value);
        path.push_str(after);
        let template = replace(&mut self.path, path);
        self.template.get_or_insert(template);
    }

    /// Adds a query parameter.
    pub fn query(&mut self, name: &str, value: String) {
        self.query.push((name.to_owned(), value));
    }

    /// Sets a query parameter, replacing its value.
    pub fn set_query(&mut self, name: &str, value: String) {
        self.query.retain(|(other, _)| other != name);
        self.query(name, value);
    }

    /// Returns the value of a query parameter.
    #[must_use]
    pub fn query_value(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Sets the JSON body.
    pub fn body(&mut self, json: serde_json::Result<Vec<u8>>) {
        match json {
            Ok(json) => self.body = Some(json),
            Err(error) => self.fail(format!("the body cannot be encoded: {error}")),
        }
    }

    /// Sets a header, replacing the client's own. The header with the API key and those that frame the message
    /// cannot be set.
    pub fn header(&mut self, name: &str, value: &str) {
        match header(name, value, self.api) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(what) => self.fail(what),
        }
    }

    /// Records an error; the first one is reported.
    pub fn fail(&mut self, what: String) {
        self.invalid.get_or_insert(what);
    }

    /// Returns true if there is no error so far.
    pub(crate) fn is_sound(&self) -> bool {
        self.invalid.is_none()
    }

    /// Builds the complete request, with `[redacted]` in place of the API key.
    pub fn build(self, config: &Config) -> Result<HttpRequest> {
        Ok(self.prepare(config)?.request())
    }

    /// Builds the request for any number of attempts.
    pub(crate) fn prepare(self, config: &Config) -> Result<Prepared<'_>> {
        let operation = self.operation.name;
        if let Some(check) = self.validate.unwrap_or(config.validate) {
            self.check_body(check)
                .map_err(|invalid| Error::invalid_body(invalid).of(operation, 0))?;
        }
        self.assemble(config)
            .map_err(|what| Error::invalid_request(what).of(operation, 0))
    }

    /// Returns the address of the request.
    pub fn uri(&self, base: &BaseUrl) -> Result<Uri, String> {
        match &self.page {
            Some(uri) => Ok(uri.clone()),
            None if self.path.contains('{') => {
                Err(format!("the path {} lacks a parameter", self.path))
            }
            None => base.join(&self.path, &self.encoded_query()),
        }
    }

    /// Validates the body against the constraints of its type.
    fn check_body(&self, check: Check) -> Result<(), Invalid> {
        let (Some(name), Some(body)) = (self.body_type, &self.body) else {
            return Ok(());
        };
        check(self.api.limits, name, body)
    }

    fn assemble(self, config: &Config) -> Result<Prepared<'_>, String> {
        if let Some(what) = self.invalid {
            return Err(what);
        }
        let uri = self.uri(&config.base)?;
        let mut headers = HeaderMap::new();
        if self.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        } else if matches!(self.method, Method::POST | Method::PUT | Method::PATCH) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        headers.extend(self.headers);
        Ok(Prepared {
            method: self.method,
            template: self.template.unwrap_or(self.path),
            uri,
            body: self.body.unwrap_or_default(),
            headers,
            shared: &config.headers,
        })
    }

    fn encoded_query(&self) -> String {
        let mut encoded = String::new();
        for (name, value) in &self.query {
            if !encoded.is_empty() {
                encoded.push('&');
            }
            push_escaped(&mut encoded, name);
            encoded.push('=');
            push_escaped(&mut encoded, value);
        }
        encoded
    }
}

/// Returns the parts of a path before and after a parameter.
fn around<'a>(path: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    path.match_indices('{').find_map(|(start, _)| {
        let after = path[start + 1..].strip_prefix(name)?.strip_prefix('}')?;
        Some((&path[..start], after))
    })
}

/// Omits query, headers and body: they may contain secrets.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("operation", &self.operation.name)
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// Validates a header of the caller. The error does not contain the value.
pub(crate) fn header(
    name: &str,
    value: &str,
    api: &Api,
) -> Result<(HeaderName, HeaderValue), String> {
    let bad = |what: &str| format!("header {name:?} {what}");
    let parsed = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| bad("is not a header name"))?;
    if name.eq_ignore_ascii_case(api.auth_header) {
        return Err(bad("carries the API key and is set by the client"));
    }
    if [HOST, CONTENT_LENGTH, TRANSFER_ENCODING].contains(&parsed) {
        return Err(bad("is set by the transport"));
    }
    let value = value.parse::<HeaderValue>();
    let mut value = value.map_err(|_| bad("has a value that a header cannot have"))?;
    // It may be a secret, so that it is never printed.
    value.set_sensitive(true);
    Ok((parsed, value))
}
