//! `--dry-run`: prints the request as it would be sent, or a curl command that sends it.

use std::fmt::Write;

use http::header::{ACCEPT_ENCODING, AUTHORIZATION, HeaderName, HeaderValue};
use ngrok_client_core::Config;

use super::Request;
use crate::app::{self, App};
use crate::failure::Failure;
use crate::lookup::Shape;
use crate::output::{Typed, redact};

/// Prints the request; with `curl`, as a command.
pub(crate) fn print(
    app: &App,
    config: &Config,
    request: Request,
    curl: bool,
) -> Result<(), Failure> {
    let shape = request.body_type.map_or(Shape::Unknown, Shape::Named);
    let mut body = request.body;
    if let (Some(body), false) = (&mut body, app.globals.show_secrets) {
        redact(app.model, shape, None, body);
    }
    let http = request.draft.build(config).map_err(|error| app.failure(&error))?;
    let text = if curl {
        let body = body.map(|body| body.to_string());
        command(app, &http, body.as_deref())
    } else {
        let body = body.map(|body| {
            serde_json::to_string_pretty(&Typed::new(app.model, shape, &body))
        });
        let body =
            body.transpose().map_err(|error| Failure::other(error.to_string()))?;
        message(&http, body.as_deref())
    };
    app::print(&text)
}

/// Returns the headers that belong to the request, without the one that depends on what can be decompressed here.
fn headers(
    http: &ngrok_client_core::HttpRequest,
) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
    http.headers().iter().filter(|(name, _)| *name != ACCEPT_ENCODING)
}

/// Returns the request line, headers and body, as in HTTP/1.1.
fn message(http: &ngrok_client_core::HttpRequest, body: Option<&str>) -> String {
    let uri = http.uri();
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let mut text = format!("{} {target} HTTP/1.1\nhost: {host}\n", http.method());
    for (name, value) in headers(http) {
        let value = String::from_utf8_lossy(value.as_bytes());
        let written = writeln!(text, "{name}: {value}");
        debug_assert!(written.is_ok(), "strings take everything");
    }
    if let Some(body) = body {
        text.push('\n');
        text.push_str(body);
        text.push('\n');
    }
    text
}

/// Returns a command for POSIX shells. The API key is taken from its environment variable.
fn command(
    app: &App,
    http: &ngrok_client_core::HttpRequest,
    body: Option<&str>,
) -> String {
    let api = &app.model.api;
    let mut text =
        format!("curl -sS -X {} {}", http.method(), quoted(&http.uri().to_string()));
    for (name, value) in headers(http) {
        let own = name.as_str().eq_ignore_ascii_case(&api.auth_header)
            || *name == AUTHORIZATION;
        let value = String::from_utf8_lossy(value.as_bytes());
        let header = if own {
            // In double quotes, so that the shell replaces the variable.
            let scheme = &api.auth_scheme;
            let space = if scheme.is_empty() { "" } else { " " };
            format!("\"{name}: {scheme}{space}${}\"", api.key_variable)
        } else {
            quoted(&format!("{name}: {value}"))
        };
        text.push_str(" \\\n  -H ");
        text.push_str(&header);
    }
    if let Some(body) = body {
        text.push_str(" \\\n  -d ");
        text.push_str(&quoted(body));
    }
    text.push('\n');
    text
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
