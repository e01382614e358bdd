//! Display of errors: one line for people, and `Debug` output with all fields and no secret.

use std::fmt;

use http::StatusCode;

use super::{Error, ErrorKind};
use crate::excerpt;

/// Maximum number of details in `Debug` output.
const SHOWN_DETAILS: usize = 20;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        match self.kind() {
            ErrorKind::Api => self.write_api(f)?,
            ErrorKind::Decode => self.write_decode(f)?,
            _ => self.write_broken(f)?,
        }
        if let Some(id) = self.operation_id() {
            write!(f, " (operation {})", excerpt(id))?;
        }
        match self.attempts() {
            0 | 1 => Ok(()),
            attempts => write!(f, " (after {attempts} attempts)"),
        }
    }
}

impl Error {
    fn write_api(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_status(f, self.status())?;
        match (self.raw_code(), self.0.api.name) {
            (Some(code), Some(name)) => write!(f, ": {} {name}", excerpt(code))?,
            (Some(code), None) => write!(f, ": {}", excerpt(code))?,
            (None, _) => {}
        }
        match excerpt(self.message()) {
            message if message.is_empty() => Ok(()),
            message => write!(f, ": {message}"),
        }
    }

    fn write_broken(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_what(f)?;
        if self.status().is_some() {
            f.write_str(", while reading the response: ")?;
        }
        write_status(f, self.status())
    }

    fn write_decode(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response ")?;
        if self.status().is_some() {
            f.write_str("(")?;
            write_status(f, self.status())?;
            f.write_str(") ")?;
        }
        write!(f, "cannot be decoded: ")?;
        if let Some(path) = self.json_path() {
            write!(f, "{}: ", excerpt(path))?;
        }
        f.write_str(&excerpt(&self.0.what))
    }

    /// Errors of the caller are shown in full.
    fn write_what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::InvalidRequest | ErrorKind::Configuration => {
                f.write_str(&self.0.what)
            }
            _ => f.write_str(&excerpt(&self.0.what)),
        }
    }
}

fn write_status(f: &mut fmt::Formatter<'_>, status: Option<StatusCode>) -> fmt::Result {
    let Some(status) = status else { return Ok(()) };
    f.write_str(status.as_str())?;
    match status.canonical_reason() {
        Some(reason) => write!(f, " {reason}"),
        None => Ok(()),
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.kind()).field("message", &excerpt(self.message()));
        field(&mut debug, "operation", self.operation());
        field(&mut debug, "status", self.status());
        field(&mut debug, "code", self.raw_code().map(excerpt));
        if !self.0.api.details.is_empty() {
            let mut details = Vec::new();
            for (name, value) in self.details().take(SHOWN_DETAILS) {
                details.push((excerpt(name), excerpt(value)));
            }
            debug.field("details", &details);
        }
        field(&mut debug, "operation_id", self.operation_id().map(excerpt));
        field(&mut debug, "json_path", self.json_path().map(excerpt));
        if self.kind() == ErrorKind::Api {
            field(&mut debug, "body", self.body().map(excerpt));
        }
        debug.field("attempts", &self.attempts());
        field(&mut debug, "source", self.0.source.as_ref());
        debug.finish()
    }
}

fn field(
    debug: &mut fmt::DebugStruct<'_, '_>,
    name: &str,
    value: Option<impl fmt::Debug>,
) {
    if let Some(value) = value {
        debug.field(name, &value);
    }
}
