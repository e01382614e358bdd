//! Failures as text for people, and as JSON for programs.

use std::fmt;

use serde_json::{Value, json};

use super::{ApiError, Failure};

/// Version of the format of JSON errors; it changes only when a key is removed or changes its meaning.
const SCHEMA_VERSION: u32 = 1;

impl Failure {
    /// Returns the failure as JSON, on one line.
    pub(crate) fn to_json(&self) -> Value {
        let mut error = json!({
            "schema_version": SCHEMA_VERSION,
            "class": self.class.name(),
            "exit_code": self.class as u8,
            "message": self.message,
        });
        if let Some(hint) = &self.hint {
            error["hint"] = hint.as_str().into();
        }
        if !self.problems.is_empty() {
            let problems = self.problems.iter();
            error["problems"] = problems
                .map(|problem| json!({"argument": problem.place, "message": problem.message}))
                .collect();
        }
        if let Some(api) = &self.api {
            error["operation"] = api.operation.into();
            error["status"] = api.status.into();
            error["code"] = api.code.clone().into();
            error["name"] = api.known.map(|known| known.name.as_str()).into();
            error["meaning"] = api.known.map(|known| known.meaning.as_str()).into();
            error["docs_url"] = api.docs_url.clone().into();
            error["operation_id"] = api.operation_id.clone().into();
            error["retry"] = json!(api.known.map(|known| known.retry));
            error["details"] = api
                .details
                .iter()
                .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
                .collect();
        }
        json!({ "error": error })
    }
}

/// One line; with several problems, one line for each.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.api {
            Some(api) => write_api(f, api, &self.message)?,
            None => match self.problems.as_slice() {
                [] => f.write_str(&self.message)?,
                [one] => write!(f, "{} {}", one.place, one.message)?,
                several => {
                    f.write_str(&self.message)?;
                    for problem in several {
                        write!(f, "\n  {} {}", problem.place, problem.message)?;
                    }
                }
            },
        }
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

fn write_api(f: &mut fmt::Formatter<'_>, api: &ApiError, message: &str) -> fmt::Result {
    match (&api.code, api.known) {
        (Some(code), Some(known)) => write!(f, "{code} {}: ", known.name)?,
        (Some(code), None) => write!(f, "{code}: ")?,
        (None, _) => {
            if let Some(status) = api.status {
                write!(f, "HTTP status {status}: ")?;
            }
        }
    }
    f.write_str(message.trim())?;
    if !message.trim().ends_with(['.', '!', '?']) {
        f.write_str(".")?;
    }
    if let Some(known) = api.known {
        write!(f, " {}", known.meaning)?;
    }
    if let Some(url) = &api.docs_url {
        write!(f, " See {url}")?;
    }
    match &api.operation_id {
        Some(id) => write!(f, " (operation {id})"),
        None => Ok(()),
    }
}
