//! The request of an operation with sample values, as curl and as Rust for both clients.
//!
//! Takes a model; returns deterministic texts. Knows nothing of files.

mod formats;
mod life_cycle;
mod sample;
mod showcase;

use std::collections::BTreeSet;

use crate::model::{Body, Model, Operation, Output, Service};
use crate::names::field_name;

pub(crate) use formats::{address, by_format, id, such_as};
pub use life_cycle::{LifeCycle, life_cycle};
pub(crate) use sample::{Sample, named};
pub use showcase::{Showcase, showcase};

/// A part that a sample value must have: the name of the type, and the key in it.
pub(crate) type Wanted = (String, String);

/// Length of a call from which its body becomes a variable.
const LONG: usize = 80;

/// The request of an operation with sample values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// HTTP method: `PATCH`.
    pub method: String,
    /// Path, with its arguments.
    pub path: String,
    /// Body, as JSON.
    pub body: Option<String>,
    /// The request as a command line.
    pub curl: String,
    /// The call, without sending it: `client.ip_policies().get("ipp_...")`.
    pub call: String,
    /// Types that the call uses.
    pub types: Vec<String>,
    /// A program for the async client.
    pub asynchronous: String,
    /// A program for the blocking client.
    pub blocking: String,
}

/// Generates a request. `wanted` are required parts of the body: names of types, and keys in them.
#[must_use]
pub fn example(
    service: &Service,
    operation: &Operation,
    wanted: &[(String, String)],
    model: &Model,
) -> Example {
    let body = body(operation, wanted, model);
    let in_path = operation.parameters.iter().map(|one| (&one.ty, &one.docs));
    let query = operation.query.iter().filter(|one| one.required);
    let headers = operation.headers.iter().filter(|one| one.required);
    let by_name = query.clone().chain(headers.clone()).map(|one| (&one.ty, &one.docs));
    let arguments: Vec<Sample> = in_path
        .chain(by_name)
        .map(|(ty, docs)| sample::parameter(ty, docs, model))
        .collect();
    let mut path = operation.path.clone();
    let mut values = arguments.iter();
    for (parameter, value) in operation.parameters.iter().zip(values.by_ref()) {
        path = path.replace(&format!("{{{}}}", parameter.wire), &value.plain());
    }
    for (index, (parameter, value)) in query.zip(values.by_ref()).enumerate() {
        let sign = if index == 0 { '?' } else { '&' };
        path.push(sign);
        path += &parameter.wire;
        path.push('=');
        path += &value.plain();
    }
    let headers = headers.zip(values).map(|(one, value)| (&*one.wire, value.plain()));
    let headers: Vec<(&str, String)> = headers.collect();
    let call =
        call(service, operation, &arguments, body.as_ref().map(Sample::rust).as_deref());
    let samples = || arguments.iter().chain(&body);
    let mut types: BTreeSet<String> = samples().flat_map(Sample::types).collect();
    let time = samples().any(Sample::has_time).then_some("Timestamp");
    let json = match operation.body {
        Body::Empty => Some("{}".to_owned()),
        _ => body.as_ref().map(Sample::json),
    };
    let method = operation.method.as_str().to_owned();
    let curl = curl(&method, &path, &headers, json.as_deref(), model);
    let imports: Vec<String> = std::mem::take(&mut types).into_iter().collect();
    let long = body.as_ref().filter(|_| call.len() > LONG).map(Sample::rust);
    let short =
        long.as_ref().map(|_| self::call(service, operation, &arguments, Some("body")));
    let shown = Shown {
        service,
        operation,
        body: long.as_deref(),
        call: short.as_deref().unwrap_or(&call),
        imports: &imports,
        time,
        model,
    };
    let (asynchronous, blocking) =
        (shown.program(World::Async), shown.program(World::Blocking));
    Example {
        method,
        path,
        body: json,
        curl,
        call,
        types: imports,
        asynchronous,
        blocking,
    }
}

/// Returns the accessors of a service: `client.edges().https()`.
pub(crate) fn accessor(service: &Service) -> String {
    let calls = service.accessor.iter().map(|part| format!(".{part}()"));
    format!("client{}", calls.collect::<String>())
}

fn body<'m>(
    operation: &Operation,
    wanted: &[Wanted],
    model: &'m Model,
) -> Option<Sample<'m>> {
    match &operation.body {
        Body::Type(name) => named(name, wanted, model),
        Body::None | Body::Empty => None,
    }
}

fn call(
    service: &Service,
    operation: &Operation,
    arguments: &[Sample],
    body: Option<&str>,
) -> String {
    let body = body.map(|body| format!("&{body}"));
    let arguments: Vec<String> =
        arguments.iter().map(Sample::rust).chain(body).collect();
    format!("{}.{}({})", accessor(service), operation.name, arguments.join(", "))
}

fn curl(
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: Option<&str>,
    model: &Model,
) -> String {
    let api = &model.api;
    let mut lines = vec![
        format!("curl --request {method} '{}{path}'", api.base_url),
        format!(
            "--header \"{}: {} ${}\"",
            api.auth_header, api.auth_scheme, api.key_variable
        ),
    ];
    if !api.version_header.is_empty() {
        lines.push(format!("--header '{}: {}'", api.version_header, api.version_value));
    }
    for (name, value) in headers {
        lines.push(format!("--header '{name}: {value}'"));
    }
    if let Some(body) = body {
        lines.push("--header 'content-type: application/json'".to_owned());
        lines.push(format!("--data '{}'", body.replace('\'', "'\\''")));
    }
    lines.join(" \\\n  ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum World {
    Async,
    Blocking,
}

impl World {
    /// Returns the end of a call.
    fn end(self) -> &'static str {
        if self == Self::Async { ".await?" } else { ".send()?" }
    }
}

/// Returns the imports of a program: a client, types, and the type of times if it is used.
fn imports(world: World, time: Option<&str>, types: &[String], model: &Model) -> String {
    let library = field_name(&model.api.crate_name);
    let client = if world == World::Async { "Client" } else { "blocking::Client" };
    let client = match time {
        Some(time) => format!("use {library}::{{{time}, {client}}};\n"),
        None => format!("use {library}::{client};\n"),
    };
    match types {
        [] => client,
        [one] => format!("{client}use {library}::types::{one};\n"),
        many => format!("{client}use {library}::types::{{{}}};\n", many.join(", ")),
    }
}

/// The parts of a program.
struct Shown<'a> {
    service: &'a Service,
    operation: &'a Operation,
    /// The body, if it is a variable.
    body: Option<&'a str>,
    call: &'a str,
    imports: &'a [String],
    time: Option<&'static str>,
    model: &'a Model,
}

impl Shown<'_> {
    fn program(&self, world: World) -> String {
        let imports = imports(world, self.time, self.imports, self.model);
        let end = world.end();
        let call = self.call;
        let noun = self.variable();
        let use_it = match (&self.operation.output, world) {
            (Output::Nothing, _) => format!("{call}{end};"),
            (Output::Type(_), _) => format!("let {noun} = {call}{end};"),
            (Output::List(_), World::Async) => format!(
                "let mut items = {call}.items();\n\
                 while let Some(item) = items.next().await {{ let item = item?; println!(\"{{item:?}}\"); }}"
            ),
            (Output::List(_), World::Blocking) => {
                format!(
                    "for item in {call}.items() {{ let item = item?; println!(\"{{item:?}}\"); }}"
                )
            }
        };
        let body =
            self.body.map(|body| format!("let body = {body};\n")).unwrap_or_default();
        let statements = format!("let client = Client::from_env()?;\n{body}{use_it}");
        formatted(&imports, &[statements])
    }

    /// Returns the name of the variable for the response.
    fn variable(&self) -> String {
        match &self.operation.output {
            Output::Type(name) if *name == self.service.resource => {
                field_name(&self.service.noun)
            }
            Output::Type(name) => field_name(name),
            Output::Nothing | Output::List(_) => String::new(),
        }
    }
}

/// Formats imports and parts of a program like rustfmt, separated by empty lines.
fn formatted(imports: &str, parts: &[String]) -> String {
    let imports = syn::parse_file(imports)
        .map_or_else(|_| imports.to_owned(), |file| prettyplease::unparse(&file));
    let parts: Vec<String> = parts.iter().map(|part| statements(part)).collect();
    format!("{imports}\n{}", parts.join("\n"))
}

fn statements(source: &str) -> String {
    let Ok(file) = syn::parse_file(&format!("fn example() {{\n{source}\n}}\n")) else {
        return format!("{source}\n");
    };
    let text = prettyplease::unparse(&file);
    let inside = text.strip_prefix("fn example() {\n");
    let inside = inside.and_then(|text| text.strip_suffix("}\n"));
    let lines = inside
        .unwrap_or(&text)
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}
