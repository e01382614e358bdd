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
pub(crate) use sample::{Sample, named};
use sample::{Variables, body};
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
    let values = Values::of(operation, wanted, model);
    let (path, body) = (values.path(operation), values.json(operation));
    let call = Call::of(service, operation, &values);
    let program = |kind| call.program(kind, &values, model);
    Example {
        method: operation.method.as_str().to_owned(),
        curl: values.curl(operation, &path, body.as_deref(), model),
        call: call.whole.clone(),
        asynchronous: program(ClientKind::Async).text(),
        blocking: program(ClientKind::Blocking).text(),
        path,
        body,
    }
}

/// The values in a request.
struct Values<'m> {
    in_path: Vec<Sample<'m>>,
    /// By name.
    query: Vec<(&'m str, Sample<'m>)>,
    headers: Vec<(&'m str, Sample<'m>)>,
    body: Option<Sample<'m>>,
}

impl<'m> Values<'m> {
    fn of(operation: &'m Operation, wanted: &[Wanted], model: &'m Model) -> Self {
        let by_name = |parameters: &'m [QueryParameter]| {
            let required = parameters.iter().filter(|one| one.required);
            let named = required
                .map(|one| (&*one.wire, sample::parameter(&one.ty, &one.docs, model)));
            named.collect()
        };
        let in_path = operation.parameters.iter();
        Self {
            in_path: in_path
                .map(|one| sample::parameter(&one.ty, &one.docs, model))
                .collect(),
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

    fn path(&self, operation: &Operation) -> String {
        let mut values = self.in_path.iter();
        let value = |_: &str| values.next().map(Sample::plain).unwrap_or_default();
        let mut path = operation.path.fill(value);
        for (index, (name, value)) in self.query.iter().enumerate() {
            let sign = if index == 0 { "?" } else { "&" };
            path.extend([sign, *name, "=", &value.plain()]);
        }
        path
    }

    fn json(&self, operation: &Operation) -> Option<String> {
        match operation.body {
            Body::Empty => Some("{}".to_owned()),
            _ => self.body.as_ref().map(Sample::json),
        }
    }

    fn curl(
        &self,
        operation: &Operation,
        path: &str,
        body: Option<&str>,
        model: &Model,
    ) -> String {
        let (api, method) = (&model.api, operation.method.as_str());
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
}

/// The call of an operation's method.
struct Call<'m> {
    service: &'m Service,
    operation: &'m Operation,
    /// With the body as an argument.
    whole: String,
    /// The body, if it is a variable, and the call with this variable.
    short: Option<(String, String)>,
}

impl<'m> Call<'m> {
    fn of(service: &'m Service, operation: &'m Operation, values: &Values) -> Self {
        let none = Variables::new();
        let call = |body: Option<&str>| {
            let body = body.map(|body| format!("&{body}"));
            let arguments = values.arguments().map(|value| value.rust(&none));
            let arguments: Vec<String> = arguments.chain(body).collect();
            format!("{}({})", method(service, operation), arguments.join(", "))
        };
        let body = values.body.as_ref().map(|body| body.rust(&none));
        let whole = call(body.as_deref());
        let body = body.filter(|_| whole.len() > LONG);
        let short = body.map(|body| (body, call(Some("body"))));
        Self { service, operation, whole, short }
    }

    fn program(
        &self,
        kind: ClientKind,
        values: &Values,
        model: &'m Model,
    ) -> Program<'m> {
        let mut program = Program::new(kind, model);
        for value in values.arguments().chain(&values.body) {
            program.notice(value);
        }
        program.say("let client = Client::from_env()?;");
        let call = match &self.short {
            Some((body, call)) => {
                program.say(&format!("let body = {body};"));
                call
            }
            None => &self.whole,
        };
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
