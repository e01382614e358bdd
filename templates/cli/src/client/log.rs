//! `--log`: a line for each request, on standard error, standard output or at the end of a file.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::sync::Mutex;
use std::time::SystemTime;

use ngrok_client_core::{Event, Observer, Timestamp};
use serde_json::json;

use crate::failure::Failure;
use crate::tree::Globals;

/// Writes events.
pub(super) struct Log {
    to: Mutex<Target>,
    format: Format,
    level: Level,
}

enum Target {
    Stderr,
    Stdout,
    File(File),
}

#[derive(Clone, Copy)]
enum Format {
    Term,
    Logfmt,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Debug,
    Info,
    Warn,
    Error,
    Crit,
}

impl Log {
    /// The log that the options ask for, if any.
    pub(super) fn new(globals: &Globals) -> Result<Option<Self>, Failure> {
        let to =
            match globals.log.as_deref() {
                None | Some("false") => return Ok(None),
                Some("stderr") => Target::Stderr,
                Some("stdout") => Target::Stdout,
                Some(path) => {
                    let file = OpenOptions::new().append(true).create(true).open(path);
                    Target::File(file.map_err(|error| {
                        Failure::usage(format!("--log {path}: {error}"))
                    })?)
                }
            };
        let format = match globals.log_format.as_deref() {
            Some("json") => Format::Json,
            Some("logfmt") => Format::Logfmt,
            _ => Format::Term,
        };
        let level = match globals.log_level.as_deref() {
            Some("debug") => Level::Debug,
            Some("warn") => Level::Warn,
            Some("error") => Level::Error,
            Some("crit") => Level::Crit,
            _ => Level::Info,
        };
        Ok(Some(Self { to: Mutex::new(to), format, level }))
    }

    fn write(&self, line: &str) {
        let Ok(mut to) = self.to.lock() else { return };
        let written = match &mut *to {
            Target::Stderr => writeln!(io::stderr().lock(), "{line}"),
            Target::Stdout => writeln!(io::stdout().lock(), "{line}"),
            Target::File(file) => writeln!(file, "{line}"),
        };
        drop(written);
    }
}

/// The level of an event, and its name.
fn level(event: &Event<'_>) -> (Level, &'static str) {
    let status = event.response().map_or(0, |response| response.status().as_u16());
    match status {
        _ if event.retry_in().is_some() => (Level::Debug, "debug"),
        0 | 500.. => (Level::Error, "error"),
        400.. => (Level::Warn, "warn"),
        _ => (Level::Info, "info"),
    }
}

impl Observer for Log {
    fn on_exchange(&self, event: &Event<'_>) {
        let (level, name) = level(event);
        if level < self.level {
            return;
        }
        let time = Timestamp::from(SystemTime::now()).to_string();
        let (method, path) = (event.method(), event.uri().path());
        let took = event.took().as_millis();
        let status = event.response().map(|response| response.status().as_u16());
        let error = event.error().map(ToString::to_string);
        let attempt = event.attempt();
        let line = match self.format {
            Format::Json => json!({
                "t": time, "lvl": name, "method": method.as_str(), "path": path, "status": status, "error": error,
                "ms": u64::try_from(took).unwrap_or(u64::MAX), "attempt": attempt, "operation_id": event.operation_id(),
            })
            .to_string(),
            Format::Logfmt | Format::Term => {
                let outcome = match (status, &error) {
                    (Some(status), _) => format!("status={status}"),
                    (None, error) => format!("error={:?}", error.as_deref().unwrap_or_default()),
                };
                let details = format!("{outcome} ms={took} attempt={attempt}");
                match self.format {
                    Format::Term => format!("{time} {name:5} {method} {path} {details}"),
                    _ => format!("t={time} lvl={name} method={method} path={path} {details}"),
                }
            }
        };
        self.write(&line);
    }
}
