//! The tool `call`: arguments are checked, the request is sent, and its result is redacted and truncated.

use ngrok_api_model::{Body, Operation, Output};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::catalog::Entry;
use super::fit::fit;
use crate::app::App;
use crate::client::Client;
use crate::failure::{Failure, Problem};
use crate::lookup::{Shape, word};
use crate::output::redact;
use crate::request::{Request, problems};
use crate::tree::fields;
use crate::{names, prose};

/// Room for what surrounds a truncated result.
const FRAME: usize = 512;

/// Arguments of the tool.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Call {
    pub(super) operation: String,
    #[serde(default)]
    parameters: Map<String, Value>,
    #[serde(default)]
    body: Map<String, Value>,
    jq: Option<String>,
}

impl Call {
    /// Sends the request of an operation, and returns its result in at most this many bytes.
    pub(super) fn run(
        mut self,
        app: &App,
        client: &Client<'_>,
        entry: &Entry,
        most: usize,
    ) -> Result<Value, Failure> {
        let operation = entry.operation;
        let mut wrong = Vec::new();
        let path = self.path(operation, &mut wrong);
        let query = self.query(app, operation, &mut wrong);
        let body = self.body(app, entry, &mut wrong)?;
        if !wrong.is_empty() {
            return Err(Failure::invalid(wrong));
        }
        let path = names::resolved(app, operation, &path)?;
        let request = Request::new(app, operation, &path, body)?;
        let request = request.with_query(app, operation, query)?;
        let mut value = client.send(request.draft)?;
        let page;
        let shape = match &operation.output {
            Output::Nothing => Shape::Unknown,
            Output::Type(name) => Shape::Named(name),
            Output::List(listing) => {
                page = Shape::page(listing);
                Shape::Page(&page)
            }
        };
        if !app.globals.show_secrets {
            // Also what is returned once: transcripts are kept by others.
            redact(app.model, shape, None, &mut value);
        }
        self.result(app, operation, value, most)
    }

    fn path(&mut self, operation: &Operation, wrong: &mut Vec<Problem>) -> Vec<String> {
        let mut values = Vec::new();
        for own in &operation.parameters {
            match self.take(&own.wire).map(|value| scalar(&value)) {
                Some(Some(value)) if !value.is_empty() => values.push(value),
                Some(_) => wrong.push(Problem::new(&own.wire, "must be a string")),
                None => wrong.push(Problem::new(&own.wire, "is required")),
            }
        }
        values
    }

    /// A parameter, by its name in the API or on the command line.
    fn take(&mut self, wire: &str) -> Option<Value> {
        self.parameters.remove(wire).or_else(|| self.parameters.remove(&word(wire)))
    }

    /// The query parameters; what is left afterwards is unknown.
    fn query(
        &mut self,
        app: &App,
        operation: &Operation,
        wrong: &mut Vec<Problem>,
    ) -> Vec<(String, String)> {
        let known = Request::query_parameters(app, operation);
        let mut query = Vec::new();
        for (name, value) in std::mem::take(&mut self.parameters) {
            let wire = known.iter().find(|own| **own == name || word(own) == name);
            match (wire, scalar(&value)) {
                (Some(wire), Some(value)) => query.push(((*wire).to_owned(), value)),
                (Some(_), None) => {
                    wrong.push(Problem::new(
                        &name,
                        "must be a string, number or boolean",
                    ));
                }
                (None, _) => {
                    let all = operation.parameters.iter().map(|own| own.wire.as_str());
                    let hint =
                        prose::suggestion(&name, all.chain(known.iter().copied()));
                    wrong.push(Problem::new(&name, format!("is no parameter{hint}")));
                }
            }
        }
        query
    }

    fn body(
        &mut self,
        app: &App,
        entry: &Entry,
        wrong: &mut Vec<Problem>,
    ) -> Result<Option<Value>, Failure> {
        let given = std::mem::take(&mut self.body);
        let Body::Type(name) = &entry.operation.body else {
            if !given.is_empty() {
                wrong.push(Problem::new("body", "is not taken by this operation"));
            }
            let empty = matches!(entry.operation.body, Body::Empty);
            return Ok(empty.then(|| json!({})));
        };
        let mut body = Value::Object(given);
        let flags = fields::flags(app.shell, app.model, entry.service, entry.operation);
        if wrong.is_empty() {
            names::resolve_body(app, &flags, &mut body)?;
        }
        let found = problems(app.model, name, &body).into_iter();
        wrong.extend(
            found.map(|(path, what)| Problem::new(&format!("body.{path}"), what)),
        );
        Ok(Some(body))
    }

    /// The result, with what is missing and how to get it.
    fn result(
        self,
        app: &App,
        operation: &Operation,
        value: Value,
        most: usize,
    ) -> Result<Value, Failure> {
        let more = value.get(&app.model.api.page_next).is_some_and(Value::is_string);
        let value = match self.jq {
            Some(code) => crate::output::select(&code, &value)?,
            None => value,
        };
        let fitted = fit(value, most.saturating_sub(FRAME));
        let mut result = json!({ "result": fitted.value });
        if let Output::List(listing) = &operation.output
            && (more || !fitted.omitted.is_empty())
        {
            let items = result["result"].get(&listing.key).and_then(Value::as_array);
            let last = items.and_then(|items| items.last()?.get("id").cloned());
            if let Some(last) = last.filter(|_| listing.paged) {
                result["next"] = json!({ &app.model.api.cursor_parameter: last });
            }
        }
        if !fitted.omitted.is_empty() {
            result["truncated"] = fitted.omitted.into_iter().take(4).collect();
        }
        Ok(result)
    }
}

/// A string, number or boolean as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
