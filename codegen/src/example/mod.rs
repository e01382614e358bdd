//! The request of an operation with sample values, as curl and as Rust for both clients.
//!
//! Takes a model; returns deterministic texts. Knows nothing of files.

mod formats;
mod life_cycle;
mod program;
mod roles;
mod sample;
mod showcase;

use crate::model::{Body, Model, Operation, Output, QueryParameter, Service};
use crate::names::field_name;

use program::{ClientKind, Program, method};

pub(crate) use formats::address;
pub use life_cycle::{LifeCycle, life_cycle};
use sample::body;
pub(crate) use sample::{Sample, named};
pub use showcase::{Showcase, showcase};

/// A part that a sample value must have: the name of the type, and the key in it.
pub(crate) type Wanted = (String, String);

/// Maximum length of a call with its body as an argument.
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
    wanted: &[Wanted],
    model: &Model,
) -> Example {
    let request = Request::new(service, operation, wanted, model);
    let (path, body) = (request.path(), request.json());
    let mut whole = Program::new(ClientKind::Async, model);
    Example {
        method: operation.method.as_str().to_owned(),
        curl: request.curl(&path, body.as_deref()),
        call: request.call(&mut whole, usize::MAX),
        asynchronous: request.program(ClientKind::Async).text(),
        blocking: request.program(ClientKind::Blocking).text(),
        path,
        body,
    }
}

/// A request and its values.
struct Request<'m> {
    service: &'m Service,
    operation: &'m Operation,
    model: &'m Model,
    in_path: Vec<Sample<'m>>,
    /// By name.
    query: Vec<(&'m str, Sample<'m>)>,
    headers: Vec<(&'m str, Sample<'m>)>,
    body: Option<Sample<'m>>,
}

impl<'m> Request<'m> {
    fn new(
        service: &'m Service,
        operation: &'m Operation,
        wanted: &[Wanted],
        model: &'m Model,
    ) -> Self {
        let value = |ty, docs: &str| sample::parameter(ty, docs, model);
        let by_name = |parameters: &'m [QueryParameter]| {
            let required = parameters.iter().filter(|one| one.required);
            required.map(|one| (&*one.wire, value(&one.ty, &one.docs))).collect()
        };
        let in_path = operation.parameters.iter();
        Self {
            service,
            operation,
            model,
            in_path: in_path.map(|one| value(&one.ty, &one.docs)).collect(),
            query: by_name(&operation.query),
            headers: by_name(&operation.headers),
            body: body(operation, wanted, model),
        }
    }

    /// Iterates over the arguments of the method, without the body.
    fn arguments(&self) -> impl Iterator<Item = &Sample<'m>> {
        let by_name = self.query.iter().chain(&self.headers).map(|(_, value)| value);
        self.in_path.iter().chain(by_name)
    }

    fn path(&self) -> String {
        let mut values = self.in_path.iter();
        let value = |_: &str| values.next().map(Sample::plain).unwrap_or_default();
        let mut path = self.operation.path.fill(value);
        for (index, (name, value)) in self.query.iter().enumerate() {
            let sign = if index == 0 { "?" } else { "&" };
            path.extend([sign, *name, "=", &value.plain()]);
        }
        path
    }

    fn json(&self) -> Option<String> {
        match self.operation.body {
            Body::Empty => Some("{}".to_owned()),
            _ => self.body.as_ref().map(Sample::json),
        }
    }

    fn curl(&self, path: &str, body: Option<&str>) -> String {
        let (api, method) = (&self.model.api, self.operation.method.as_str());
        let mut lines = vec![
            format!("curl --request {method} '{}{path}'", api.base_url),
            format!(
                "--header \"{}: {} ${}\"",
                api.auth_header, api.auth_scheme, api.key_variable
            ),
        ];
        if !api.version_header.is_empty() {
            lines.push(format!(
                "--header '{}: {}'",
                api.version_header, api.version_value
            ));
        }
        for (name, value) in &self.headers {
            lines.push(format!("--header '{name}: {}'", value.plain()));
        }
        if let Some(body) = body {
            lines.push("--header 'content-type: application/json'".to_owned());
            lines.push(format!("--data '{}'", body.replace('\'', "'\\''")));
        }
        lines.join(" \\\n  ")
    }

    /// Returns the call of the method.
    fn call(&self, program: &mut Program, longest: usize) -> String {
        let arguments: Vec<_> =
            self.arguments().map(|it| program.argument(it)).collect();
        let method = method(self.service, self.operation);
        program.expression(&method, &arguments, self.body.as_ref(), longest)
    }

    fn program(&self, kind: ClientKind) -> Program<'m> {
        let mut program = Program::new(kind, self.model);
        program.say("let client = Client::from_env()?;");
        let call = self.call(&mut program, LONG);
        let end = kind.end();
        match &self.operation.output {
            Output::Nothing => program.say(&format!("{call}{end};")),
            Output::Type(name) => {
                let own = *name == self.service.resource;
                let noun = field_name(if own { &self.service.noun } else { name });
                program.say(&format!("let {noun} = {call}{end};"));
            }
            Output::List(_) => {
                let shown = "let item = item?; println!(\"{item:?}\");";
                program.each("item", "items", &format!("{call}.items()"), true, shown);
            }
        }
        program
    }
}
