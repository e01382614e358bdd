//! Data sources: one resource by its ID or natural key, or all that a filter selects.

use serde_json::Value as Json;

use super::{Provider, Result, decode};
use crate::client::Failure;
use crate::compare::has_key;
use crate::convert::{in_response, read, read_object};
use crate::diagnostic::error;
use crate::proto::{ReadData, State};
use crate::schema::{DataSource, Lookup, Type, find};
use crate::value::Value;

impl Provider {
    pub(crate) fn read_data(&self, request: &ReadData) -> Result<State> {
        let state = self.data(request)?.encode();
        Ok(State { state: Some(state), ..State::default() })
    }

    fn data(&self, request: &ReadData) -> Result<Value> {
        let source = self.data_source(&request.type_name)?;
        let config = decode(request.config.as_ref())?;
        let client = self.client()?;
        let failed = |it: Failure| {
            error(format!("Cannot read {}", request.type_name), it.message)
        };
        match &source.lookup {
            Lookup::One { get, list, key } => {
                let is_stated = |name: &String| !config.get(name).is_empty();
                let by_id = get.parameters.iter().all(|it| is_stated(&it.wire));
                let by_key = list.filter(|_| !by_id);
                let response = match by_key {
                    Some(list) => {
                        let listed = client.list(list, &config, None).map_err(failed)?;
                        only(source, &config, key, listed)?
                    }
                    None => client.send(get, &config, None).map_err(failed)?,
                };
                Ok(one(source, &config, &response))
            }
            Lookup::Many { list, attribute } => {
                let filter = config.get("filter").as_str();
                let items = client.list(list, &config, filter).map_err(failed)?;
                Ok(all(source, &config, attribute, &items))
            }
        }
    }
}

/// Returns the only one with the values of the key that are stated.
fn only(
    source: &DataSource,
    config: &Value,
    key: &[String],
    listed: Vec<Json>,
) -> Result<Json> {
    let attributes = key.iter().filter_map(|it| find(&source.attributes, it));
    let stated = attributes.map(|it| (it, config.get(&it.name).clone()));
    let stated: Vec<_> = stated.filter(|(_, value)| !value.is_null()).collect();
    let mut found = listed.into_iter().filter(|it| has_key(&stated, it));
    match (found.next(), found.count()) {
        (Some(found), 0) => Ok(found),
        (Some(_), others) => {
            let detail = format!("{} match; look it up by its ID.", others + 1);
            Err(error("Several match", detail))
        }
        (None, _) => {
            let names = stated.iter().map(|(it, _)| format!("`{}`", it.name));
            let names = names.collect::<Vec<_>>().join(" and ");
            Err(error("Nothing matches", format!("Nothing has this {names}.")))
        }
    }
}

/// Returns the state of one resource. What responses do not contain is as it is stated.
fn one(source: &DataSource, config: &Value, response: &Json) -> Value {
    let attributes = source.attributes.iter().map(|it| {
        let (stated, read) = (config.get(&it.name), read(it, response, in_response));
        let value = if stated.is_null() { read } else { stated.clone() };
        (it.name.clone(), value)
    });
    Value::Object(attributes.collect())
}

fn all(source: &DataSource, config: &Value, name: &str, items: &[Json]) -> Value {
    let attributes = source.attributes.iter().map(|it| {
        let value = match &it.ty {
            Type::List(item) if it.name == name => {
                let items = items
                    .iter()
                    .map(|it| read_object(item.attributes(), it, in_response));
                Value::List(items.collect())
            }
            _ => config.get(&it.name).clone(),
        };
        (it.name.clone(), value)
    });
    Value::Object(attributes.collect())
}
