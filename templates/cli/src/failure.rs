//! Failures of commands: message and exit code, as text for people and as JSON for programs.

use std::fmt::{self, Display};
use std::io;

use ngrok_api_model::{ErrorCode, Model};
use ngrok_client_core::{Error, ErrorKind};
use serde::Serialize;
use serde_json::{Value, json};

/// Version of the format of JSON errors; it changes only when a key is removed or changes its meaning.
const SCHEMA_VERSION: u32 = 1;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Serialize)]
pub(crate) struct Problem {
    #[serde(rename = "argument")]
    place: String,
    message: String,
}

/// An error response, and what the model knows about its code.
#[derive(Debug)]
struct ApiError {
    error: Error,
    known: Option<&'static ErrorCode>,
    docs_url: Option<String>,
}

/// Conversion of errors to failures.
pub(crate) trait OrFail<T> {
    /// Reports an invalid argument, as `WHAT: ERROR`.
    fn or_usage(self, what: impl Display) -> Result<T, Failure>;

    /// Reports a failure of no other class, as `WHAT: ERROR`.
    fn or_other(self, what: impl Display) -> Result<T, Failure>;
}

impl<T, E: Display> OrFail<T> for Result<T, E> {
    fn or_usage(self, what: impl Display) -> Result<T, Failure> {
        self.map_err(|error| Failure::usage(format!("{what}: {error}")))
    }

    fn or_other(self, what: impl Display) -> Result<T, Failure> {
        self.map_err(|error| Failure::other(format!("{what}: {error}")))
    }
}

impl Problem {
    /// Creates a problem at a flag, or at a field without a flag.
    pub(crate) fn new(place: &str, message: impl Into<String>) -> Self {
        Self { place: place.to_owned(), message: message.into() }
    }

    /// Returns true if both are about the same flag or field.
    pub(crate) fn is_at(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

impl Class {
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
    /// Creates a failure of a class.
    pub(crate) fn new(class: Class, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { class, message, problems: Vec::new(), api: None, hint: None }
    }

    /// Reports invalid arguments.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Class::Usage, message)
    }

    /// Reports a failure of no other class.
    pub(crate) fn other(message: impl Into<String>) -> Self {
        Self::new(Class::Other, message)
    }

    /// Reports an unknown name.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(Class::NotFound, message)
    }

    /// Reports an interruption by the user.
    pub(crate) fn interrupted(message: impl Into<String>) -> Self {
        Self::new(Class::Interrupt, message)
    }

    /// Reports problems.
    pub(crate) fn with_problems(
        message: impl Into<String>,
        problems: Vec<Problem>,
    ) -> Self {
        Self { problems, ..Self::usage(message) }
    }

    /// Fails if problems were found before sending.
    pub(crate) fn check(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        Err(Self::with_problems("the arguments are invalid; nothing was sent", problems))
    }

    /// Reports that the output cannot be written; a closed pipe is not a failure.
    pub(crate) fn written<T>(result: io::Result<T>) -> Result<T, Self> {
        result.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Class::Quiet, ""),
            _ => Self::other(format!("cannot write the output: {error}")),
        })
    }

    /// Converts the error of a call.
    pub(crate) fn of_call(error: Error, model: &'static Model) -> Self {
        let class = match error.kind() {
            ErrorKind::Api => {
                error.status().map_or(Class::Server, |it| Class::of_status(it.as_u16()))
            }
            ErrorKind::Timeout | ErrorKind::Connection => Class::Network,
            ErrorKind::Decode => Class::Server,
            ErrorKind::Quota => Class::RateLimit,
            _ => Class::Usage,
        };
        if error.kind() != ErrorKind::Api {
            return Self::new(class, error.to_string());
        }
        let codes = &model.error_codes;
        let number = error.raw_code().and_then(|code| codes.number(code));
        let known = number.and_then(|number| codes.codes.get(&number));
        let in_use = known.is_some_and(|known| known.in_use);
        let class = if in_use { Class::Conflict } else { class };
        let message = ngrok_client_core::excerpt(error.message());
        let docs_url = number.map(|number| codes.docs_of(number));
        let api = ApiError { error, known, docs_url };
        Self { api: Some(Box::new(api)), ..Self::new(class, message) }
    }

    /// Returns the HTTP status of the response, if the API reported the failure.
    pub(crate) fn status(&self) -> Option<u16> {
        self.api.as_ref()?.error.status().map(|status| status.as_u16())
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

    /// Returns the failure as JSON, on one line.
    pub(crate) fn to_json(&self) -> Value {
        let mut error = json!({
            "schema_version": SCHEMA_VERSION,
            "class": self.class,
            "exit_code": self.class as u8,
            "message": self.message,
        });
        if let Some(hint) = &self.hint {
            error["hint"] = hint.as_str().into();
        }
        if !self.problems.is_empty() {
            error["problems"] = json!(self.problems);
        }
        if let Some(ApiError { error: api, known, docs_url }) = self.api.as_deref() {
            error["operation"] = api.operation().into();
            error["status"] = self.status().into();
            error["code"] = api.raw_code().into();
            error["name"] = known.map(|known| known.name.as_str()).into();
            error["meaning"] = known.map(|known| known.meaning.as_str()).into();
            error["docs_url"] = docs_url.as_deref().into();
            error["operation_id"] = api.operation_id().into();
            error["retry"] = json!(known.map(|known| known.retry));
            error["details"] = api.details().collect();
        }
        json!({ "error": error })
    }
}

/// One line; with several problems, one line for each.
impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.api.as_deref(), self.problems.as_slice()) {
            (Some(api), _) => api.write(f, self.message.trim())?,
            (None, [one]) => write!(f, "{} {}", one.place, one.message)?,
            (None, problems) => {
                f.write_str(&self.message)?;
                for problem in problems {
                    write!(f, "\n  {} {}", problem.place, problem.message)?;
                }
            }
        }
        match &self.hint {
            Some(hint) if self.message.ends_with('?') => write!(f, " Or {hint}"),
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl ApiError {
    fn write(&self, f: &mut fmt::Formatter<'_>, message: &str) -> fmt::Result {
        match (self.error.raw_code(), self.known, self.error.status()) {
            (Some(code), Some(known), _) => write!(f, "{code} {}: ", known.name)?,
            (Some(code), None, _) => write!(f, "{code}: ")?,
            (None, _, Some(status)) => write!(f, "HTTP status {}: ", status.as_u16())?,
            (None, _, None) => {}
        }
        let end = if message.ends_with(['.', '!', '?']) { "" } else { "." };
        write!(f, "{message}{end}")?;
        if let Some(known) = self.known {
            write!(f, " {}", known.meaning)?;
        }
        if let Some(url) = &self.docs_url {
            write!(f, " See {url}")?;
        }
        match self.error.operation_id() {
            Some(id) => write!(f, " (operation {id})"),
            None => Ok(()),
        }
    }
}
