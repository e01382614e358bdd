//! Reading, planning and changing resources.

use std::collections::BTreeSet;

use ngrok_api_model::{Method, Operation};
use serde_json::{Map, Value as Json};

use super::{Provider, Result, decode, unnamed};
use crate::client::Client;
use crate::diagnostic::attribute;
use crate::journal::Journal;
use crate::proto::{Applied, Apply, Plan, Planned, Read, ReadResult};
use crate::schema::{Attribute, Resource, Role};
use crate::value::Value;
use crate::{alias, convert, plan, settle};

impl Provider {
    pub(crate) fn read(&self, request: &Read) -> Result<ReadResult> {
        let resource = self.resource(&request.type_name)?;
        let prior = decode(request.current_state.as_ref())?;
        let named = resource.kind.identity(&prior.to_json());
        self.journal.confirm(&named.ok_or_else(|| unnamed(resource))?);
        let state = match self.client()?.send(&resource.kind.get, &prior, None) {
            Ok(response) => settle::refreshed(
                &resource.attributes,
                &prior,
                &response,
                resource.blocks,
            ),
            Err(failure) if failure.status == Some(404) => Value::Null,
            Err(failure) => return Err(self.failed("read", resource, &failure)),
        };
        let (new_state, private) = (Some(state.encode()), request.private.clone());
        Ok(ReadResult { new_state, private, ..ReadResult::default() })
    }

    pub(crate) fn plan(&self, request: &Plan) -> Result<Planned> {
        let resource = self.resource(&request.type_name)?;
        let prior = decode(request.prior_state.as_ref())?;
        let config = decode(request.config.as_ref())?;
        if config.is_null() {
            let planned_state = Some(Value::Null.encode());
            return Ok(Planned { planned_state, ..Planned::default() });
        }
        if let Some(named) = resource.kind.identity(&prior.to_json()) {
            self.journal.confirm(&named);
        }
        let stated = plan::remembered(&request.prior_private);
        let planned = plan::plan(&resource.attributes, &prior, &config, &stated);
        Ok(Planned {
            planned_state: Some(planned.state.encode()),
            requires_replace: planned.replaced.iter().map(|it| attribute(it)).collect(),
            planned_private: plan::remember(&planned.stated),
            diagnostics: Vec::new(),
        })
    }

    pub(crate) fn apply(&self, request: &Apply) -> Applied {
        let (new_state, diagnostics) = match self.applied(request) {
            Ok(state) => (Some(state.encode()), Vec::new()),
            // After an error the resource is as it was, as far as is known.
            Err(diagnostic) => (request.prior_state.clone(), vec![diagnostic]),
        };
        Applied { new_state, diagnostics, private: request.planned_private.clone() }
    }

    fn applied(&self, request: &Apply) -> Result<Value> {
        let resource = self.resource(&request.type_name)?;
        let prior = decode(request.prior_state.as_ref())?;
        let planned = decode(request.planned_state.as_ref())?;
        if planned.is_null() {
            return self.delete(resource, &prior);
        }
        let config = decode(request.config.as_ref())?;
        let config = alias::stated(&resource.attributes, &config);
        if prior.is_null() {
            return self.create(resource, &planned, &config);
        }
        self.update(resource, &prior, &planned, &config)
    }

    fn create(
        &self,
        resource: &Resource,
        planned: &Value,
        config: &Value,
    ) -> Result<Value> {
        let mut body = convert::body(&resource.attributes, config);
        body.retain(|name, _| resource.kind.field(name).is_none_or(|it| !it.in_path));
        let client = self.client()?;
        let key = Journal::key(&resource.kind.name, &resource.attributes, config);
        if let Some(response) = self.lost(&client, resource, &key) {
            return Ok(settle::applied(&resource.attributes, planned, &response));
        }
        let created =
            client.send(&resource.kind.create, config, Some(Json::Object(body)));
        let created = created.map_err(|it| self.failed("create", resource, &it))?;
        let state = settle::applied(&resource.attributes, planned, &created);
        if let Some(named) = resource.kind.identity(&state.to_json()) {
            self.journal.record(key, named);
        }
        Ok(state)
    }

    /// Returns what an earlier run created and could not record, if it is still there.
    fn lost(&self, client: &Client, resource: &Resource, key: &str) -> Option<Json> {
        // What the API returns only once is gone, so that a new resource is needed.
        if resource.attributes.iter().any(|it| it.once) {
            return None;
        }
        let named = self.journal.lost(key)?.into_iter();
        let named = named.map(|(name, value)| (name, Value::String(value)));
        client.send(&resource.kind.get, &Value::Object(named.collect()), None).ok()
    }

    fn update(
        &self,
        resource: &Resource,
        prior: &Value,
        planned: &Value,
        config: &Value,
    ) -> Result<Value> {
        let client = self.client()?;
        let changed = changed(&resource.attributes, prior, planned);
        let update = || {
            let response = match &resource.kind.update {
                Some(call) if !changed.is_empty() => {
                    let whole = call.method == Method::Put;
                    let body = changes(&resource.attributes, config, &changed, whole);
                    client.send(call, prior, Some(Json::Object(body)))?
                }
                _ => client.send(&resource.kind.get, prior, None)?,
            };
            let cleared = cleared(&resource.attributes, config, &changed);
            if cleared.is_empty() {
                return Ok(response);
            }
            for operation in cleared {
                client.send(operation, prior, None)?;
            }
            client.send(&resource.kind.get, prior, None)
        };
        let response = update().map_err(|it| self.failed("update", resource, &it))?;
        Ok(settle::applied(&resource.attributes, planned, &response))
    }

    fn delete(&self, resource: &Resource, prior: &Value) -> Result<Value> {
        let client = self.client()?;
        match client.send(&resource.kind.delete, prior, None) {
            Ok(_) => Ok(Value::Null),
            Err(failure) if failure.status == Some(404) => Ok(Value::Null),
            Err(failure) => Err(self.failed("delete", resource, &failure)),
        }
    }
}

/// Returns the names of attributes whose fields have to be sent.
fn changed<'a>(
    attributes: &'a [Attribute],
    prior: &Value,
    planned: &Value,
) -> BTreeSet<&'a str> {
    let differs = |it: &&Attribute| prior.get(&it.name) != planned.get(&it.name);
    let name = |it: &'a Attribute| match &it.role {
        Role::Api if it.is_stated() => Some(it.name.as_str()),
        Role::Version(of) => Some(of.as_str()),
        Role::Api | Role::WriteOnly(_) | Role::Alias(_) | Role::Retired => None,
    };
    attributes.iter().filter(differs).filter_map(name).collect()
}

/// Returns the body of an update.
fn changes(
    attributes: &[Attribute],
    config: &Value,
    changed: &BTreeSet<&str>,
    whole: bool,
) -> Map<String, Json> {
    let mut body = Map::new();
    for attribute in attributes {
        let Some(field) = attribute.write.as_ref().filter(|it| it.updatable) else {
            continue;
        };
        let due = changed.contains(attribute.name.as_str());
        let value = match convert::sent(attribute, attributes, config) {
            Some((field, value)) if due || whole => field.updatable_part(&value),
            None if due && attribute.cleared_by().is_none() => {
                attribute.default.clone().unwrap_or_else(|| field.empty_value())
            }
            _ => continue,
        };
        body.insert(field.name.clone(), value);
    }
    body
}

/// Returns the calls that clear what is no longer stated, where an update cannot.
fn cleared<'a>(
    attributes: &'a [Attribute],
    config: &Value,
    changed: &BTreeSet<&str>,
) -> Vec<&'a Operation> {
    let due = attributes.iter().filter(|it| {
        changed.contains(it.name.as_str()) && config.get(&it.name).is_null()
    });
    due.filter_map(Attribute::cleared_by).collect()
}
