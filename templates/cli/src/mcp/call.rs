//! The tool `call`: arguments are checked, the request is sent, and its result is redacted and truncated.

use ngrok_api_model::{Body, Operation, Output, Shape};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::catalog::Entry;
use super::fit::fit;
use crate::app::App;
use crate::client::Client;
use crate::failure::{Failure, OrFail, Problem};
use crate::lookup::word;
use crate::output::{Filter, View};
use crate::request::{Request, problems, query_problems};
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
        Failure::check(wrong)?;
        let path = names::resolved(app, operation, &path)?;
        let request = Request::new(app, operation, &path, body)?.with_query(query);
        let value = client.send(request.draft)?;
        // Without what is returned once: transcripts are kept by others.
        let view = View::new(app, operation.output_shape(), None, &value);
        let value = serde_json::to_value(view).or_other("result")?;
        self.result(app, operation, value, most)
    }

    fn path(&mut self, operation: &Operation, wrong: &mut Vec<Problem>) -> Vec<String> {
        let values = operation.parameters.iter().filter_map(|own| {
            let wire = &own.wire;
            let given = self.parameters.remove(wire);
            let given = given.or_else(|| self.parameters.remove(&word(wire)));
            let what = match given.map(|value| scalar(&value)) {
                Some(Some(value)) if !value.is_empty() => return Some(value),
                Some(_) => "must be a string",
                None => "is required",
            };
            wrong.push(Problem::new(wire, what));
            None
        });
        values.collect()
    }

    /// Returns the query parameters; what is left afterwards is unknown.
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
            let what = match (wire, scalar(&value)) {
                (Some(wire), Some(value)) => {
                    wrong.extend(query_problems(app, operation, (wire, &value), &name));
                    query.push(((*wire).to_owned(), value));
                    continue;
                }
                (Some(_), None) => "must be a string, number or boolean".to_owned(),
                (None, _) => {
                    let all = operation.parameters.iter().map(|own| own.wire.as_str());
                    let all = all.chain(known.iter().copied());
                    format!("is no parameter{}", prose::suggestion(&name, all))
                }
            };
            wrong.push(Problem::new(&name, what));
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
        let found = problems(app.model, name, &body).into_iter();
        wrong.extend(
            found.map(|it| Problem::new(&format!("body.{}", it.path), it.message)),
        );
        if wrong.is_empty() {
            names::resolve_body(app, Shape::Named(name), &mut body)?;
        }
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
            Some(code) => selected(&code, &value)?,
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

/// Returns the result of a jq expression; several as a list.
fn selected(code: &str, value: &Value) -> Result<Value, Failure> {
    // Errors are about the expression as it was given.
    Filter::new(code)?;
    let results = Filter::new(&format!("[{code}]"))?.run(&value.to_string())?;
    let mut results: Vec<Value> = serde_json::from_str(&results).or_other("--jq")?;
    Ok(if results.len() == 1 { results.remove(0) } else { results.into() })
}

/// A string, number or boolean as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
