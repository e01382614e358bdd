//! Requests of operations: takes path parameters and query; returns drafts, or prints them for `--dry-run`.

use std::io;

use clap::ArgMatches;
use http::Method;
use http::header::{ACCEPT_ENCODING, AUTHORIZATION};
use ngrok_api_model::Method::Delete;
use ngrok_api_model::{Operation, Output, Shape, filter};
use ngrok_client_core::{Config, Draft, HttpRequest, Operation as Name};
use serde_json::Value;

use crate::app::{App, print};
use crate::failure::{Failure, OrFail, Problem};
use crate::lookup::word;
use crate::output::{View, pretty};
use crate::tree::{ID, path_argument, query_argument, strings};
use crate::{names, prose};

/// A request that can be sent or printed.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) draft: Draft,
    pub(crate) body: Option<Value>,
    /// Type of the body, if it has one.
    pub(crate) body_type: Option<&'static str>,
}

impl Request {
    /// Creates a request to an operation, with these path parameters.
    pub(crate) fn new(
        app: &App,
        operation: &'static Operation,
        parameters: &[String],
        body: Option<Value>,
    ) -> Result<Self, Failure> {
        let method = Method::from_bytes(operation.method.as_str().as_bytes())
            .or_usage("HTTP method")?;
        let items = match &operation.output {
            Output::List(listing) => listing.key.as_str(),
            _ => "",
        };
        let name = Name { name: &operation.id, items };
        let mut draft = Draft::new(app.api(), name, method, &operation.path.to_string());
        for (parameter, value) in operation.parameters.iter().zip(parameters) {
            draft.param(&parameter.wire, value);
        }
        if let Some(json) = &body {
            draft.body(serde_json::to_vec(json));
        }
        Ok(Self { draft, body, body_type: operation.body_type() })
    }

    /// Adds query parameters.
    pub(crate) fn with_query(mut self, query: Vec<(String, String)>) -> Self {
        for (wire, value) in query {
            self.draft.query(&wire, value);
        }
        self
    }

    /// Returns the names of an operation's query parameters, those of lists first.
    pub(crate) fn query_parameters<'m>(
        app: &'m App,
        operation: &'m Operation,
    ) -> Vec<&'m str> {
        let api = &app.model.api;
        let mut names = Vec::new();
        if let Output::List(listing) = &operation.output {
            if listing.paged {
                names.extend([api.limit_parameter.as_str(), &api.cursor_parameter]);
            }
            if !listing.filter.is_empty() {
                names.push(&api.filter_parameter);
            }
        }
        names.extend(operation.query.iter().map(|own| own.wire.as_str()));
        names
    }
}

/// Returns the problems of the value of a query parameter, which the user knows as `name`.
pub(crate) fn query_problems(
    app: &App,
    operation: &Operation,
    (wire, value): (&str, &str),
    name: &str,
) -> Vec<Problem> {
    let api = &app.model.api;
    let (least, most) = (api.limit_min, api.limit_max);
    match &operation.output {
        Output::List(_) if wire == api.limit_parameter => {
            let is_valid = value.parse().is_ok_and(|it| (least..=most).contains(&it));
            let what = format!("must be from {least} to {most}, the size of one page");
            (!is_valid).then(|| Problem::new(name, what)).into_iter().collect()
        }
        Output::List(listing) if wire == api.filter_parameter && !value.is_empty() => {
            let problems = filter::parse(value).problems(app.model, listing).into_iter();
            let problems = problems.map(|problem| {
                let at = value[..problem.at].chars().count() + 1;
                let hint = prose::suggestion(&problem.name, problem.known);
                Problem::new(
                    name,
                    format!("at character {at}: {}{hint}", problem.message),
                )
            });
            problems.collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the values of query parameters, checked.
pub(crate) fn query_values(
    app: &App,
    operation: &Operation,
    matches: &ArgMatches,
) -> Result<Vec<(String, String)>, Failure> {
    let known = Request::query_parameters(app, operation).into_iter();
    let known = known.map(|wire| (wire, query_argument(wire), word(wire)));
    let size = (&*app.model.api.limit_parameter, "page-size".to_owned());
    let (mut values, mut problems) = (Vec::new(), Vec::new());
    for (wire, argument, flag) in known.chain([(size.0, size.1.clone(), size.1)]) {
        for value in strings(matches, &argument) {
            let flag = format!("--{flag}");
            problems.extend(query_problems(app, operation, (wire, &value), &flag));
            values.push((wire.to_owned(), value));
        }
    }
    Failure::check(problems).map(|()| values)
}

/// Returns the path parameters of each request, in the order of the path, with IDs in place of names. Deletions may have several
/// values of the last parameter, also from standard input in place of `-`.
pub(crate) fn paths(
    app: &App,
    operation: &'static Operation,
    matches: &ArgMatches,
) -> Result<Vec<Vec<String>>, Failure> {
    let mut paths = vec![Vec::new()];
    for parameter in &operation.parameters {
        let mut values = strings(matches, &path_argument(&parameter.wire));
        values.extend(strings(matches, &format!("{ID}{}", parameter.wire)));
        if operation.method == Delete && values.iter().any(|value| value == "-") {
            let text = io::read_to_string(io::stdin()).or_usage("standard input")?;
            let given = text.split_whitespace().map(str::to_owned);
            values.retain(|value| value != "-");
            values.extend(given);
        }
        names::resolve(app, parameter, &mut values)?;
        let extended = paths.iter().flat_map(|path: &Vec<String>| {
            values.iter().map(|value| [&path[..], std::slice::from_ref(value)].concat())
        });
        paths = extended.collect();
    }
    Ok(paths)
}

/// Prints the request; with `curl`, as a command.
pub(crate) fn print_dry_run(
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
    print(&text)
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
