//! Reading, planning and changing resources.

use std::collections::BTreeSet;

use ngrok_state_core::{Api, Field, update};
use serde_json::{Value as Json, json};

use super::{Provider, Result, decode, unnamed};
use crate::client::Client;
use crate::diagnostic::attribute;
use crate::journal::Journal;
use crate::proto::{Applied, Apply, Plan, Planned, Read, ReadResult};
use crate::schema::{Attribute, Resource, Role};
use crate::value::encode;
use crate::{convert, plan};

impl Provider {
    pub(crate) fn read(&self, request: &Read) -> Result<ReadResult> {
        let resource = self.resource(&request.type_name)?;
        let (kind, attributes) = (&resource.kind, &resource.attributes);
        let prior = decode(attributes, request.current_state.as_ref())?;
        let named = kind.identity(&prior).ok_or_else(|| unnamed(resource))?;
        self.journal.confirm(&named);
        let state = match self.client()?.call(&kind.get, &prior) {
            Ok(response) => resource.refreshed(&prior, &response),
            Err(error) if error.status == Some(404) => Json::Null,
            Err(error) => return Err(self.failed("read", resource, error)),
        };
        let (new_state, private) = (Some(encode(&state)), request.private.clone());
        Ok(ReadResult { new_state, private, ..ReadResult::default() })
    }

    pub(crate) fn plan(&self, request: &Plan) -> Result<Planned> {
        let resource = self.resource(&request.type_name)?;
        let attributes = &resource.attributes;
        let prior = decode(attributes, request.prior_state.as_ref())?;
        let config = decode(attributes, request.config.as_ref())?;
        if config.is_null() {
            let planned_state = Some(encode(&Json::Null));
            return Ok(Planned { planned_state, ..Planned::default() });
        }
        if let Some(named) = resource.kind.identity(&prior) {
            self.journal.confirm(&named);
        }
        let stated = plan::remembered(&request.prior_private);
        let planned = plan::plan(attributes, &prior, &config, &stated);
        Ok(Planned {
            planned_state: Some(encode(&planned.state)),
            requires_replace: planned.replaced.iter().map(|it| attribute(it)).collect(),
            planned_private: planned.stated.to_string().into_bytes(),
            diagnostics: Vec::new(),
        })
    }

    pub(crate) fn apply(&self, request: &Apply) -> Applied {
        let (new_state, diagnostics) = match self.applied(request) {
            Ok(state) => (Some(encode(&state)), Vec::new()),
            // After an error the resource is as it was, as far as is known.
            Err(diagnostic) => (request.prior_state.clone(), vec![diagnostic]),
        };
        Applied { new_state, diagnostics, private: request.planned_private.clone() }
    }

    fn applied(&self, request: &Apply) -> Result<Json> {
        let resource = self.resource(&request.type_name)?;
        let attributes = &resource.attributes;
        let prior = decode(attributes, request.prior_state.as_ref())?;
        let planned = decode(attributes, request.planned_state.as_ref())?;
        if planned.is_null() {
            return self.delete(resource, &prior);
        }
        let config = decode(attributes, request.config.as_ref())?;
        let config = convert::with_aliased(attributes, &config);
        let response = if prior.is_null() {
            self.create(resource, &config)?
        } else {
            let changes = changes(attributes, &prior, &planned, &config);
            update(&*self.client()?, &resource.kind, &prior, changes)
                .map_err(|it| self.failed("update", resource, it))?
        };
        let state = resource.applied(&planned, &response);
        if prior.is_null()
            && let Some(named) = resource.kind.identity(&state)
        {
            self.journal
                .record(Journal::key(&resource.kind, attributes, &config), named);
        }
        Ok(state)
    }

    fn create(&self, resource: &Resource, config: &Json) -> Result<Json> {
        let (kind, client) = (&resource.kind, self.client()?);
        if let Some(response) = self.lost(&client, resource, config) {
            return Ok(response);
        }
        let fields = convert::fields(&resource.attributes, config).into();
        let created = client.send(&kind.creation(&fields));
        created.map_err(|it| self.failed("create", resource, it))
    }

    /// Returns what an earlier run created and could not record, if it is still there.
    fn lost(&self, client: &Client, resource: &Resource, config: &Json) -> Option<Json> {
        let Resource { kind, attributes, .. } = resource;
        // What the API returns only once is gone, so that a new resource is needed.
        if attributes.iter().any(Attribute::is_once) {
            return None;
        }
        let named = self.journal.lost(&Journal::key(kind, attributes, config))?;
        client.call(&kind.get, &json!(named)).ok()
    }

    fn delete(&self, resource: &Resource, prior: &Json) -> Result<Json> {
        match self.client()?.call(&resource.kind.delete, prior) {
            Ok(_) => Ok(Json::Null),
            Err(error) if error.status == Some(404) => Ok(Json::Null),
            Err(error) => Err(self.failed("delete", resource, error)),
        }
    }
}

/// Returns the fields that an update changes, with what is sent for them; those without a value are cleared.
fn changes<'a>(
    attributes: &'a [Attribute],
    prior: &Json,
    planned: &Json,
    config: &Json,
) -> Vec<(&'a Field, Option<Json>)> {
    let differs = |it: &&Attribute| prior[&it.name] != planned[&it.name];
    let name = |it: &'a Attribute| match &it.role {
        Role::Api if it.is_stated() => Some(it.name.as_str()),
        Role::Version(of) => Some(of.as_str()),
        Role::Api | Role::WriteOnly(_) | Role::Alias(_) | Role::Retired => None,
    };
    let changed: BTreeSet<_> =
        attributes.iter().filter(differs).filter_map(name).collect();
    let changed = attributes.iter().filter(|it| changed.contains(it.name.as_str()));
    let change = |it: &'a Attribute| {
        let field = it.written()?;
        let value = convert::sent(it, attributes, config);
        let default = it.default.clone().filter(|_| field.cleared_by.is_none());
        let is_sent = field.updatable || value.is_none() && field.cleared_by.is_some();
        is_sent.then(|| (field, value.or(default)))
    };
    changed.filter_map(change).collect()
}
