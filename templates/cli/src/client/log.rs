//! `--log`: a line for each request, on standard error, standard output or at the end of a file.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::sync::Mutex;
use std::time::SystemTime;

use ngrok_client_core::{Event, Observer, Timestamp};
use serde_json::json;

use crate::failure::{Failure, OrFail};
use crate::tree::Globals;

/// Names of the levels, the lowest first.
const LEVELS: [&str; 5] = ["debug", "info", "warn", "error", "crit"];

/// Writes events.
pub(super) struct Log {
    to: Mutex<Box<dyn Write + Send>>,
    json: bool,
    /// The lowest level that is logged.
    level: usize,
}

impl Log {
    /// Returns the log configured by the options, if any.
    pub(super) fn new(globals: &Globals) -> Result<Option<Self>, Failure> {
        let to: Box<dyn Write + Send> = match globals.log.as_deref() {
            None | Some("false") => return Ok(None),
            Some("stderr") => Box::new(io::stderr()),
            Some("stdout") => Box::new(io::stdout()),
            Some(path) => {
                let file = OpenOptions::new().append(true).create(true).open(path);
                Box::new(file.or_usage(format_args!("--log {path}"))?)
            }
        };
        let level =
            LEVELS.iter().position(|own| Some(*own) == globals.log_level.as_deref());
        let json = globals.log_format.as_deref() == Some("json");
        Ok(Some(Self { to: Mutex::new(to), json, level: level.unwrap_or(1) }))
    }
}

/// The level of an event, as a position in [`LEVELS`].
fn level(event: &Event<'_>) -> usize {
    let status = event.response().map_or(0, |response| response.status().as_u16());
    match status {
        _ if event.retry_in().is_some() => 0,
        0 | 500.. => 3,
        400.. => 2,
        _ => 1,
    }
}

impl Observer for Log {
    fn on_exchange(&self, event: &Event<'_>) {
        let level = level(event);
        if level < self.level {
            return;
        }
        let record = json!({
            "t": Timestamp::from(SystemTime::now()).to_string(),
            "lvl": LEVELS[level],
            "method": event.method().as_str(),
            "path": event.uri().path(),
            "status": event.response().map(|response| response.status().as_u16()),
            "error": event.error().map(ToString::to_string),
            "ms": u64::try_from(event.took().as_millis()).unwrap_or(u64::MAX),
            "attempt": event.attempt(),
            "operation_id": event.operation_id(),
        });
        let line = if self.json {
            record.to_string()
        } else {
            let pairs = record.as_object().into_iter().flatten();
            let pairs = pairs.filter(|(_, value)| !value.is_null());
            let pairs: Vec<_> =
                pairs.map(|(key, value)| format!("{key}={value}")).collect();
            pairs.join(" ")
        };
        // A log that cannot be written is no reason to fail.
        let written = self.to.lock().map(|mut to| writeln!(to, "{line}"));
        drop(written);
    }
}
