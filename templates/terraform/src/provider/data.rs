//! Data sources: one resource by its ID or natural key, or all that a filter selects.

use serde_json::Value as Json;

use super::{Provider, decode, split};
use crate::client::{Client, Failure};
use crate::compare::same;
use crate::convert;
use crate::diagnostic::error;
use crate::proto::{Diagnostic, ReadData, State};
use crate::schema::{DataSource, List, Lookup, Request, Type, find};
use crate::value::Value;

impl Provider {
    pub(crate) fn read_data(&self, request: &ReadData) -> State {
        let (state, diagnostics) = split(self.data(request));
        State { state: state.map(|it| it.encode()), diagnostics }
    }

    fn data(&self, request: &ReadData) -> Result<Value, Box<Diagnostic>> {
        let source = self.data_source(&request.type_name)?;
        let config = decode(request.config.as_ref())?;
        let client = self.client()?;
        let failed = |it: Failure| {
            Box::new(error(format!("Cannot read {}", request.type_name), it.message))
        };
        match &source.lookup {
            Lookup::One { get, list, key } => {
                let response = match list {
                    Some(list)
                        if !get.parameters.iter().all(|it| is_stated(&config, it)) =>
                    {
                        let listed =
                            client.list(list, &|name| text(&config, name), None);
                        only(source, &config, key, listed.map_err(failed)?)?
                    }
                    _ => fetch(&client, get, &config).map_err(failed)?,
                };
                Ok(one(source, &config, &response))
            }
            Lookup::Many { list, attribute } => {
                let items = many(&client, list, &config).map_err(failed)?;
                Ok(all(source, &config, attribute, &items))
            }
        }
    }
}

fn fetch(client: &Client, get: &Request, config: &Value) -> Result<Json, Failure> {
    client.send(ngrok_api_model::Method::Get, get, &|name| text(config, name), None)
}

fn many(client: &Client, list: &List, config: &Value) -> Result<Vec<Json>, Failure> {
    client.list(list, &|name| text(config, name), config.get("filter").as_str())
}

fn text(config: &Value, name: &str) -> Option<String> {
    config.get(name).as_str().map(str::to_owned)
}

fn is_stated(config: &Value, name: &str) -> bool {
    config.get(name).as_str().is_some_and(|it| !it.is_empty())
}

/// Returns the only one with the values of the key that are stated.
fn only(
    source: &DataSource,
    config: &Value,
    key: &[String],
    listed: Vec<Json>,
) -> Result<Json, Box<Diagnostic>> {
    let stated = key.iter().filter(|it| !config.get(it).is_null());
    let stated: Vec<_> = stated.filter_map(|it| find(&source.attributes, it)).collect();
    let matches = |it: &Json| {
        stated.iter().all(|attribute| {
            same(attribute, config.get(&attribute.name), &convert::read(attribute, it))
        })
    };
    let mut found = listed.into_iter().filter(matches);
    match (found.next(), found.count()) {
        (Some(found), 0) => Ok(found),
        (Some(_), others) => {
            let detail = format!("{} match; look it up by its ID.", others + 1);
            Err(error("Several match", detail).into())
        }
        (None, _) => {
            let names = stated.iter().map(|it| format!("`{}`", it.name));
            let names = names.collect::<Vec<_>>().join(" and ");
            Err(error("Nothing matches", format!("Nothing has this {names}.")).into())
        }
    }
}

/// Returns the state of one resource. What responses do not contain is as it is stated.
fn one(source: &DataSource, config: &Value, response: &Json) -> Value {
    let attributes = source.attributes.iter().map(|it| {
        let (stated, read) = (config.get(&it.name), convert::read(it, response));
        let value = if stated.is_null() { read } else { stated.clone() };
        (it.name.clone(), value)
    });
    Value::Object(attributes.collect())
}

fn all(source: &DataSource, config: &Value, name: &str, items: &[Json]) -> Value {
    let list = |ty: &Type| match ty {
        Type::List(item) => match &**item {
            Type::Object(inner) => {
                items.iter().map(|it| convert::read_object(inner, it)).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let attributes = source.attributes.iter().map(|it| {
        let value = if it.name == name {
            Value::List(list(&it.ty))
        } else {
            config.get(&it.name).clone()
        };
        (it.name.clone(), value)
    });
    Value::Object(attributes.collect())
}
