//! Failures of commands: message and exit code.

mod render;

use ngrok_api_model::{ErrorCode, Model};
use ngrok_client_core::{Error, ErrorKind};

/// The failure of a command.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) class: Class,
    message: String,
    problems: Vec<Problem>,
    api: Option<Box<ApiError>>,
    hint: Option<String>,
}

/// Classes of failures, with the exit code of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// The reader of the output closed the pipe: nothing to report.
    Quiet = 0,
    /// Other failures.
    Other = 1,
    /// Wrong arguments, or a request that the API rejects as invalid.
    Usage = 2,
    /// A missing, wrong or insufficient API key.
    Authentication = 3,
    NotFound = 4,
    /// The resource is in use, or exists already.
    Conflict = 5,
    RateLimit = 6,
    /// The API failed.
    Server = 7,
    /// The API could not be reached.
    Network = 8,
    /// Interrupted by the user.
    Interrupt = 130,
}

/// One problem of an argument.
#[derive(Debug)]
pub(crate) struct Problem {
    place: String,
    message: String,
}

/// Details of an error response.
#[derive(Debug)]
struct ApiError {
    operation: Option<&'static str>,
    status: Option<u16>,
    code: Option<String>,
    known: Option<&'static ErrorCode>,
    docs_url: Option<String>,
    operation_id: Option<String>,
    details: Vec<(String, String)>,
}

impl Problem {
    /// Creates a problem at a flag, or at a field without a flag.
    pub(crate) fn new(place: &str, message: impl Into<String>) -> Self {
        Self { place: place.to_owned(), message: message.into() }
    }
}

impl Class {
    /// Returns the name in JSON errors.
    fn name(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Other => "other",
            Self::Usage => "usage",
            Self::Authentication => "authentication",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::RateLimit => "rate_limit",
            Self::Server => "server",
            Self::Network => "network",
            Self::Interrupt => "interrupt",
        }
    }

    /// Returns the class of a response with this HTTP status.
    fn of_status(status: u16) -> Self {
        match status {
            401 | 403 => Self::Authentication,
            404 => Self::NotFound,
            409 => Self::Conflict,
            429 => Self::RateLimit,
            400..=499 => Self::Usage,
            _ => Self::Server,
        }
    }
}

impl Failure {
    fn new(class: Class, message: impl Into<String>) -> Self {
        Self {
            class,
            message: message.into(),
            problems: Vec::new(),
            api: None,
            hint: None,
        }
    }

    /// Reports invalid arguments.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Class::Usage, message)
    }

    /// Reports a failure of no other class.
    pub(crate) fn other(message: impl Into<String>) -> Self {
        Self::new(Class::Other, message)
    }

    /// Reports a missing or unusable API key.
    pub(crate) fn authentication(message: impl Into<String>) -> Self {
        Self::new(Class::Authentication, message)
    }

    /// Reports an unknown name.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(Class::NotFound, message)
    }

    /// Reports an interruption by the user.
    pub(crate) fn interrupted(message: impl Into<String>) -> Self {
        Self::new(Class::Interrupt, message)
    }

    /// Reports problems found before sending.
    pub(crate) fn invalid(problems: Vec<Problem>) -> Self {
        Self {
            problems,
            ..Self::new(Class::Usage, "the arguments are invalid; nothing was sent")
        }
    }

    /// Problems that were found in files.
    #[cfg(feature = "state")]
    pub(crate) fn with_problems(
        message: impl Into<String>,
        problems: Vec<Problem>,
    ) -> Self {
        Self { problems, ..Self::new(Class::Usage, message) }
    }

    /// The HTTP status of the response, if the API reported the failure.
    #[cfg(feature = "state")]
    pub(crate) fn status(&self) -> Option<u16> {
        self.api.as_ref().and_then(|api| api.status)
    }

    /// Reports that the output cannot be written; a closed pipe is not a failure.
    pub(crate) fn output(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::new(Class::Quiet, "");
        }
        Self::other(format!("cannot write the output: {error}"))
    }

    /// Returns true if the API knows the key but does not allow the request.
    pub(crate) fn is_forbidden(&self) -> bool {
        self.api.as_ref().is_some_and(|api| api.status == Some(403))
    }

    /// Adds advice.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Sets the class.
    pub(crate) fn class(mut self, class: Class) -> Self {
        self.class = class;
        self
    }

    /// Converts the error of a call.
    pub(crate) fn of_call(error: &Error, model: &'static Model) -> Self {
        let status = error.status().map(|status| status.as_u16());
        let class = match error.kind() {
            ErrorKind::Api => status.map_or(Class::Server, Class::of_status),
            ErrorKind::Timeout | ErrorKind::Connection => Class::Network,
            ErrorKind::Decode => Class::Server,
            ErrorKind::Quota => Class::RateLimit,
            _ => Class::Usage,
        };
        let message = match error.kind() {
            ErrorKind::Api => ngrok_client_core::excerpt(error.message()),
            _ => error.to_string(),
        };
        if error.kind() != ErrorKind::Api {
            return Self::new(class, message);
        }
        let code = error.raw_code().map(str::to_owned);
        let number = code.as_deref().and_then(|code| number(model, code));
        let known = number.and_then(|number| model.error_codes.codes.get(&number));
        let in_use = known.is_some_and(|known| known.in_use);
        let class = if in_use { Class::Conflict } else { class };
        let docs_url = number.map(|number| {
            model.error_codes.docs_url.replace("{number}", &number.to_string())
        });
        let details =
            error.details().map(|(name, value)| (name.to_owned(), value.to_owned()));
        let api = ApiError {
            operation: error.operation(),
            status,
            code,
            known,
            docs_url,
            operation_id: error.operation_id().map(str::to_owned),
            details: details.collect(),
        };
        Self { api: Some(Box::new(api)), ..Self::new(class, message) }
    }
}

/// Returns the number in an error code such as `ERR_NGROK_404`.
pub(crate) fn number(model: &Model, code: &str) -> Option<u32> {
    let codes = &model.error_codes;
    let number = code.trim().strip_prefix(codes.prefix.as_str()).unwrap_or(code.trim());
    number.strip_suffix(codes.suffix.as_str())?.parse().ok()
}
