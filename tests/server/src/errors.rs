//! Error responses. Takes the error; returns status, code and message. Error numbers come from the description, by name.

use std::time::Duration;

use hyper::StatusCode;
use ngrok_api_model::check::{Violation, ViolationKind};
use ngrok_api_model::{Field, Model};
use serde_json::{Map, Value, json};

/// The reason why a request is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    status: StatusCode,
    code: Code,
    message: String,
    /// Seconds after which a retry can succeed.
    pub(crate) retry_after: Option<u64>,
    /// The methods that the path supports.
    pub(crate) allow: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    None,
    Named(&'static str),
    Number(u32),
}

/// A conflict of a value with that of another resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clash {
    /// Another resource has the value.
    Taken,
    /// Another resource has the value and does not share it, although this one would.
    Unshared,
    /// Another resource has the value and shares it, although this one would not.
    Shared,
}

/// Result of serving a request.
pub(crate) type Outcome<T> = Result<T, Problem>;

impl Problem {
    pub(crate) fn no_key() -> Self {
        Self::unauthorized("AuthorizationHeaderMissing", "The request has no API key.")
    }

    pub(crate) fn bad_scheme() -> Self {
        let message = "The API key is not sent as a bearer token.";
        Self::unauthorized("AuthorizationSchemeUnsupported", message)
    }

    pub(crate) fn malformed_key() -> Self {
        Self::unauthorized("ApiKeyMalformed", "The API key is malformed.")
    }

    pub(crate) fn wrong_key() -> Self {
        Self::unauthorized("ApiKeyInvalid", "This API key is not valid.")
    }

    pub(crate) fn no_version(header: &str) -> Self {
        Self::bad("VersionMissing", format!("The request has no header {header}."))
    }

    pub(crate) fn bad_version(version: &str) -> Self {
        Self::bad("VersionUnsupported", format!("Version {version} does not exist."))
    }

    pub(crate) fn no_content_type() -> Self {
        Self::bad("ContentTypeMissing", "The request has a body but no Content-Type.")
    }

    pub(crate) fn bad_content_type(found: &str) -> Self {
        let message = format!("The body is {found:?}, not application/json.");
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::Named("ContentTypeUnsupported"),
            message,
        )
    }

    pub(crate) fn unwanted_body() -> Self {
        Self::bad("BodyNotAllowed", "This operation takes no body.")
    }

    pub(crate) fn unread_body(why: &str) -> Self {
        Self::bad("BodyUnreadable", format!("The body cannot be decoded: {why}."))
    }

    pub(crate) fn bad_body(why: impl Into<String>) -> Self {
        Self::bad("BodyUnparsable", why)
    }

    pub(crate) fn unknown_field(path: &str) -> Self {
        Self::bad("BodyFieldUnknown", format!("The body has an unknown field {path}."))
    }

    /// A path parameter or field that only some operations require is missing.
    pub(crate) fn missing_field(path: &str) -> Self {
        Self::bad("ParameterMissing", format!("The body lacks the field {path}."))
    }

    /// A body breaks the rules of its type; the description may name the error.
    pub(crate) fn invalid(violation: &Violation<'_>) -> Self {
        let path = &violation.path;
        let message = format!("{violation}.");
        match (violation.kind, violation.error_code) {
            (ViolationKind::UnknownField, _) => Self::unknown_field(path),
            (ViolationKind::WrongType, _) => Self::bad_body(message),
            (ViolationKind::Timestamp, _) => Self::bad("TimestampInvalid", message),
            (ViolationKind::Missing, None) => Self::missing_field(path),
            (_, number) => Self::broken_rule(number, message),
        }
    }

    pub(crate) fn unknown_reference(path: &str, id: &str) -> Self {
        let message = format!("{path} is {id:?}, which does not exist.");
        Self::bad("ReferenceNotFound", message)
    }

    pub(crate) fn other_reference(path: &str, id: &str, wanted: &[String]) -> Self {
        let wanted = wanted.join(" or ");
        let message = format!(
            "{path} is {id:?}, the ID of another type of resource: here it begins with {wanted}."
        );
        Self::bad("IdPrefixUnexpected", message)
    }

    pub(crate) fn malformed_reference(path: &str, id: &str, wanted: &[String]) -> Self {
        let wanted = wanted.join(" or ");
        let message = format!(
            "{path} is {id:?}, which is not an ID: here it begins with {wanted}."
        );
        Self::bad("IdPrefixInvalid", message)
    }

    pub(crate) fn bad_filter(message: impl Into<String>) -> Self {
        Self::bad("FilterInvalid", message)
    }

    /// Reports an exceeded rate limit: the number of requests in the window, and the wait until the next one is allowed.
    pub(crate) fn rate_limited(
        requests: usize,
        window: Duration,
        wait: Duration,
    ) -> Self {
        let seconds = window.as_secs_f64();
        let message = format!(
            "There were {requests} requests in the last {seconds} seconds; wait a little."
        );
        let status = StatusCode::TOO_MANY_REQUESTS;
        let problem = Self::new(status, Code::Named("RateLimited"), message);
        // A client that retries slightly too early is rejected again.
        let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Self { retry_after: Some(whole), ..problem }
    }

    /// Returns an injected error.
    pub(crate) fn on_demand(status: StatusCode, retry_after: Option<u32>) -> Self {
        let limited = status == StatusCode::TOO_MANY_REQUESTS;
        let code = if limited { Code::Named("RateLimited") } else { Code::None };
        let reason = status.canonical_reason().unwrap_or("a failure");
        let message = format!("Injected fault: {reason}.");
        let retry_after = retry_after.map(u64::from);
        Self { retry_after, ..Self::new(status, code, message) }
    }

    pub(crate) fn unknown_parameter(name: &str) -> Self {
        let message = format!("The query has an unknown parameter {name}.");
        Self::bad("QueryParameterUnknown", message)
    }

    pub(crate) fn repeated_parameter(name: &str) -> Self {
        let message = format!("The query has the parameter {name} more than once.");
        Self::bad("QueryParameterRepeated", message)
    }

    pub(crate) fn limit_not_numeric(value: &str) -> Self {
        Self::bad("PageLimitNotNumeric", format!("The limit {value:?} is not a number."))
    }

    pub(crate) fn limit_out_of_range(min: u32, max: u32) -> Self {
        let message = format!("The limit must be from {min} to {max}.");
        Self::bad("PageLimitOutOfRange", message)
    }

    pub(crate) fn bad_cursor(id: &str, prefix: &str) -> Self {
        let message =
            format!("{id:?} is not an ID of this list: those begin with {prefix}_.");
        Self::bad("IdPrefixInvalid", message)
    }

    /// Reports a value that must be unique and that another resource has.
    pub(crate) fn duplicate_value(field: &Field, clash: Clash, value: &Value) -> Self {
        let own = field.rules.error_for().copied().unwrap_or_default();
        let number = match clash {
            Clash::Taken => own.taken,
            Clash::Unshared => own.unshared,
            Clash::Shared => own.shared,
        };
        let number = number.or(field.errors.last().copied());
        let code = number.map_or(Code::None, Code::Number);
        let message = format!("There is one already whose {} is {value}.", field.wire);
        Self::new(StatusCode::CONFLICT, code, message)
    }

    /// Reports that the resource cannot be deleted because another one refers to it.
    pub(crate) fn in_use(number: u32, by: &str) -> Self {
        let message = format!("This is in use by {by:?}.");
        Self::new(StatusCode::CONFLICT, Code::Number(number), message)
    }

    /// A resource that cannot be deleted because of what it is.
    pub(crate) fn protected(number: u32, flag: &str) -> Self {
        let message = format!("This cannot be deleted, since its {flag:?} is true.");
        Self::new(StatusCode::BAD_REQUEST, Code::Number(number), message)
    }

    /// Reports a violated rule of the description, which may define its error.
    pub(crate) fn broken_rule(number: Option<u32>, message: impl Into<String>) -> Self {
        let code = number.map_or(Code::Named("ParameterInvalid"), Code::Number);
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, Code::None, "Resource not found")
    }

    /// Reports a request for another host.
    pub(crate) fn foreign_host(host: &str) -> Self {
        let message = format!(
            "This server is not known as {host:?}. To allow the name, start it with: --host NAME."
        );
        Self::new(StatusCode::MISDIRECTED_REQUEST, Code::None, message)
    }

    /// Reports a request from another site for a file that only the user may open.
    pub(crate) fn cross_site() -> Self {
        let message = "The reference is not served to other sites. Enter its address in the browser.";
        Self::new(StatusCode::FORBIDDEN, Code::None, message)
    }

    pub(crate) fn bad_method(method: &str, path: &str, allow: String) -> Self {
        let message = format!("{path} does not take {method}.");
        let problem = Self::new(StatusCode::METHOD_NOT_ALLOWED, Code::None, message);
        Self { allow: Some(allow), ..problem }
    }

    pub(crate) fn duplicate(key: &str, value: &str) -> Self {
        let message = format!("There is one already whose {key} is {value:?}.");
        Self::new(StatusCode::CONFLICT, Code::None, message)
    }

    /// Returns the status: that of the error code, if the description defines one.
    pub(crate) fn status(&self, model: &Model) -> StatusCode {
        let number = self.number(model);
        let code = number.and_then(|number| model.error_codes.codes.get(&number));
        let status = code.and_then(|code| StatusCode::from_u16(code.status?).ok());
        status.unwrap_or(self.status)
    }

    /// Returns the body of the response.
    pub(crate) fn body(&self, model: &Model, operation_id: &str) -> Value {
        let api = &model.api;
        let mut details = Map::new();
        details.insert(api.operation_id_detail.clone(), json!(operation_id));
        let mut body = Map::new();
        if let Some(code) = self.number(model) {
            let codes = &model.error_codes;
            let text = format!("{}{code}{}", codes.prefix, codes.suffix);
            body.insert(api.error_code.clone(), json!(text));
        }
        body.insert(api.error_status.clone(), json!(self.status(model).as_u16()));
        body.insert(api.error_message.clone(), json!(self.message));
        body.insert(api.error_details.clone(), Value::Object(details));
        Value::Object(body)
    }

    fn number(&self, model: &Model) -> Option<u32> {
        match self.code {
            Code::None => None,
            Code::Number(number) => Some(number),
            Code::Named(name) => {
                let mut codes = model.error_codes.codes.iter();
                codes.find(|(_, code)| code.name == name).map(|(number, _)| *number)
            }
        }
    }

    fn unauthorized(name: &'static str, message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Code::Named(name), message)
    }

    fn bad(name: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::Named(name), message)
    }

    fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), retry_after: None, allow: None }
    }
}
