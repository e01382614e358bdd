//! Reading, planning and changing resources.

use std::collections::BTreeSet;

use ngrok_api_model::Method;
use ngrok_state_core::empty_value;
use serde_json::{Map, Value as Json};

use super::identity::{identity, is_named, unnamed};
use super::{Provider, decode, split};
use crate::client::Client;
use crate::diagnostic::attribute;
use crate::journal::Journal;
use crate::proto::{Applied, Apply, Diagnostic, Plan, Planned, Read, ReadResult};
use crate::schema::{Attribute, Request, Resource, Role};
use crate::value::Value;
use crate::{convert, plan, settle};

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

impl Provider {
    pub(crate) fn read(&self, request: &Read) -> ReadResult {
        let (state, diagnostics) = split(self.refresh(request));
        let new_state = state.map(|it| it.encode());
        ReadResult { new_state, diagnostics, private: request.private.clone() }
    }

    fn refresh(&self, request: &Read) -> Result<Value> {
        let resource = self.resource(&request.type_name)?;
        let prior = decode(request.current_state.as_ref())?;
        if !is_named(resource, &prior) {
            return Err(unnamed(resource).into());
        }
        self.journal.confirm(&identity(resource, &prior));
        let client = self.client()?;
        match Self::call(&client, &resource.kind.get, &prior, None) {
            Ok(response) => Ok(settle::refreshed(
                &resource.attributes,
                &prior,
                &response,
                resource.blocks,
            )),
            Err(failure) if failure.status == Some(404) => Ok(Value::Null),
            Err(failure) => Err(self.failed("read", resource, &failure).into()),
        }
    }

    pub(crate) fn plan(&self, request: &Plan) -> Planned {
        match self.planned(request) {
            Ok(planned) => planned,
            Err(diagnostic) => {
                Planned { diagnostics: vec![*diagnostic], ..Planned::default() }
            }
        }
    }

    fn planned(&self, request: &Plan) -> Result<Planned> {
        let resource = self.resource(&request.type_name)?;
        let prior = decode(request.prior_state.as_ref())?;
        let config = decode(request.config.as_ref())?;
        if config.is_null() {
            let planned_state = Some(Value::Null.encode());
            return Ok(Planned { planned_state, ..Planned::default() });
        }
        if !prior.is_null() {
            self.journal.confirm(&identity(resource, &prior));
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
        let prior = request.prior_state.clone();
        let (state, diagnostics) = split(self.applied(request));
        // After an error the resource is as it was, as far as is known.
        let new_state = state.map(|it| it.encode()).or(prior);
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
        let config = plan::with_aliases(&resource.attributes, &config);
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
        let body = Json::Object(body);
        let key = Journal::key(&resource.kind.name, &resource.attributes, config);
        if let Some(response) = self.lost(&client, resource, &key) {
            return Ok(settle::applied(&resource.attributes, planned, &response));
        }
        match Self::call(&client, &resource.kind.create, config, Some(body)) {
            Ok(response) => {
                let state = settle::applied(&resource.attributes, planned, &response);
                self.journal.record(key, identity(resource, &state));
                Ok(state)
            }
            Err(failure) => Err(self.failed("create", resource, &failure).into()),
        }
    }

    /// Returns what an earlier run created and could not record, if it is still there.
    fn lost(&self, client: &Client, resource: &Resource, key: &str) -> Option<Json> {
        // What the API returns only once is gone, so that a new resource is needed.
        if resource.attributes.iter().any(|it| it.once) {
            return None;
        }
        let identity = self.journal.lost(key)?;
        let state =
            identity.into_iter().map(|(name, value)| (name, Value::String(value)));
        let state = Value::Object(state.collect());
        Self::call(client, &resource.kind.get, &state, None).ok()
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
                    Self::call(&client, call, prior, Some(Json::Object(body)))?
                }
                _ => Self::call(&client, &resource.kind.get, prior, None)?,
            };
            let parameter = |name: &str| prior.get(name).as_str().map(str::to_owned);
            let cleared = cleared(&resource.attributes, config, &changed);
            if cleared.is_empty() {
                return Ok(response);
            }
            for (method, request) in cleared {
                client.send(*method, request, &parameter, None)?;
            }
            Self::call(&client, &resource.kind.get, prior, None)
        };
        match update() {
            Ok(response) => {
                Ok(settle::applied(&resource.attributes, planned, &response))
            }
            Err(failure) => Err(self.failed("update", resource, &failure).into()),
        }
    }

    fn delete(&self, resource: &Resource, prior: &Value) -> Result<Value> {
        let client = self.client()?;
        match Self::call(&client, &resource.kind.delete, prior, None) {
            Ok(_) => Ok(Value::Null),
            Err(failure) if failure.status == Some(404) => Ok(Value::Null),
            Err(failure) => Err(self.failed("delete", resource, &failure).into()),
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
            None if due && attribute.cleared_by.is_none() => {
                attribute.default.clone().unwrap_or_else(|| empty_value(field))
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
) -> Vec<&'a (Method, Request)> {
    let due = attributes.iter().filter(|it| {
        changed.contains(it.name.as_str()) && config.get(&it.name).is_null()
    });
    due.filter_map(|it| it.cleared_by.as_ref()).collect()
}
