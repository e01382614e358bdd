//! Data sources: one resource by its ID or natural key, or all that a filter selects.

use ngrok_state_core::{ApiError, is_empty};
use serde_json::{Map, Value as Json};

use super::{Provider, Result, decode};
use crate::compare::with_key;
use crate::convert::{read, read_object};
use crate::diagnostic::error;
use crate::proto::{ReadData, State};
use crate::schema::{Attribute, DataSource, Lookup, find};
use crate::value::encode;

impl Provider {
    pub(crate) fn read_data(&self, request: &ReadData) -> Result<State> {
        let state = encode(&self.data(request)?);
        Ok(State { state: Some(state), ..State::default() })
    }

    fn data(&self, request: &ReadData) -> Result<Json> {
        let source = self.data_source(&request.type_name)?;
        let config = decode(&source.attributes, request.config.as_ref())?;
        let client = self.client()?;
        let failed = |it: ApiError| {
            error(format!("Cannot read {}", request.type_name), it.message)
        };
        match &source.lookup {
            Lookup::One { get, list, key } => {
                let is_stated = |name: &String| !is_empty(&config[name]);
                let by_id = get.parameters.iter().all(|it| is_stated(&it.wire));
                let by_key = list.filter(|_| !by_id);
                let response = match by_key {
                    Some(list) => {
                        let listed = client.all(list, &config, None).map_err(failed)?;
                        only(source, &config, key, listed)?
                    }
                    None => client.call(get, &config).map_err(failed)?,
                };
                Ok(one(source, &config, &response))
            }
            Lookup::Many { list, attribute } => {
                let filter = config["filter"].as_str();
                let items = client.all(list, &config, filter).map_err(failed)?;
                let found = find(&source.attributes, attribute);
                let inner = found.map(|it| it.ty.attributes()).unwrap_or_default();
                let item = |it| read_object(inner, it, Attribute::read);
                let mut state = config;
                state[attribute] = items.iter().map(item).collect();
                Ok(state)
            }
        }
    }
}

/// Returns the only one with the values of the key that are stated.
fn only(
    source: &DataSource,
    config: &Json,
    key: &[String],
    listed: Vec<Json>,
) -> Result<Json> {
    let stated = key.iter().map(|it| (it.clone(), config[it].clone()));
    let stated: Map<_, _> = stated.filter(|(_, value)| !value.is_null()).collect();
    let mut found = with_key(&source.attributes, &stated, listed);
    match (found.pop(), found.len()) {
        (Some(found), 0) => Ok(found),
        (Some(_), others) => {
            let detail = format!("{} match; look it up by its ID.", others + 1);
            Err(error("Several match", detail))
        }
        (None, _) => {
            let names = stated.keys().map(|it| format!("`{it}`"));
            let names = names.collect::<Vec<_>>().join(" and ");
            Err(error("Nothing matches", format!("Nothing has this {names}.")))
        }
    }
}

/// Returns the state of one resource. What responses do not contain is as it is stated.
fn one(source: &DataSource, config: &Json, response: &Json) -> Json {
    let attributes = source.attributes.iter().map(|it| {
        let (stated, read) = (&config[&it.name], read(it, response, Attribute::read));
        (it.name.clone(), if stated.is_null() { read } else { stated.clone() })
    });
    attributes.collect()
}
