//! `--dry-run`: prints the request as it would be sent, or a curl command that sends it.

use http::header::{ACCEPT_ENCODING, AUTHORIZATION};
use ngrok_client_core::{Config, HttpRequest};

use super::Request;
use crate::app::{self, App};
use crate::failure::{Failure, OrFail};
use crate::lookup::Shape;
use crate::output::{View, pretty};

/// Prints the request; with `curl`, as a command.
pub(crate) fn print(
    app: &App,
    config: &Config,
    request: Request,
    curl: bool,
) -> Result<(), Failure> {
    let shape = request.body_type.map_or(Shape::Unknown, Shape::Named);
    let body = request.body.as_ref().map(|body| View::new(app, shape, None, body));
    let http = request.draft.build(config).map_err(|error| app.failure(error))?;
    let text = if curl {
        let body = body.map(|body| serde_json::to_string(&body)).transpose();
        command(app, &http, body.or_other("cannot print the body")?.as_deref())
    } else {
        message(&http, body.map(|body| pretty(&body)).transpose()?.as_deref())
    };
    app::print(&text)
}

/// Returns names and values of the headers, without the one that depends on what can be decompressed here.
fn headers(http: &HttpRequest) -> impl Iterator<Item = (&str, String)> {
    let headers = http.headers().iter().filter(|(name, _)| *name != ACCEPT_ENCODING);
    headers.map(|(name, value)| {
        (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    })
}

/// Returns the request line, headers and body, as in HTTP/1.1.
fn message(http: &HttpRequest, body: Option<&str>) -> String {
    let uri = http.uri();
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let headers = headers(http).map(|(name, value)| format!("{name}: {value}\n"));
    let headers: String = headers.collect();
    let body = body.map(|body| format!("\n{body}\n")).unwrap_or_default();
    format!("{} {target} HTTP/1.1\nhost: {host}\n{headers}{body}", http.method())
}

/// Returns a command for POSIX shells. The API key is taken from its environment variable.
fn command(app: &App, http: &HttpRequest, body: Option<&str>) -> String {
    let api = &app.model.api;
    let header = |(name, value): (&str, String)| {
        let is_key =
            name.eq_ignore_ascii_case(&api.auth_header) || name == AUTHORIZATION;
        let header = if is_key {
            // In double quotes, so that the shell replaces the variable.
            let value = format!("{} ${}", api.auth_scheme, api.key_variable);
            format!("\"{name}: {}\"", value.trim_start())
        } else {
            quoted(&format!("{name}: {value}"))
        };
        format!(" \\\n  -H {header}")
    };
    let headers: String = headers(http).map(header).collect();
    let body = body.map(|body| format!(" \\\n  -d {}", quoted(body)));
    let url = quoted(&http.uri().to_string());
    format!("curl -sS -X {} {url}{headers}{}\n", http.method(), body.unwrap_or_default())
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
