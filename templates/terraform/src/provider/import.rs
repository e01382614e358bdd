//! States from elsewhere: of an imported resource, which its ID or natural key names, and those that an earlier version,
//! another provider of the same API, or another name of the resource wrote.

use serde_json::Value as Json;

use super::{Provider, Result};
use crate::compare::with_key;
use crate::convert::{BY_NAME, read_object};
use crate::diagnostic::error;
use crate::proto::{
    Diagnostic, Import, Imported, ImportedResource, Move, Moved, RawState, State,
    Upgrade,
};
use crate::schema::Resource;
use crate::value::encode;
use crate::{convert, plan};

impl Provider {
    pub(crate) fn import(&self, request: &Import) -> Result<Imported> {
        let imported = ImportedResource {
            type_name: request.type_name.clone(),
            state: Some(encode(&self.imported(request)?)),
            private: Json::from(plan::IMPORTED).to_string().into_bytes(),
        };
        Ok(Imported { imported_resources: vec![imported], ..Imported::default() })
    }

    pub(crate) fn upgrade(&self, request: &Upgrade) -> Result<State> {
        let resource = self.resource(&request.type_name)?;
        let state = converted(resource, request.raw_state.as_ref())?;
        Ok(State { state: Some(encode(&state)), ..State::default() })
    }

    pub(crate) fn move_state(&self, request: &Move) -> Result<Moved> {
        let target = self.resource(&request.target_type_name)?;
        let source = self.schemas.resources.get(&request.source_type_name);
        if source.is_none_or(|it| it.kind.name != target.kind.name) {
            let detail = format!(
                "A {} of {} is another resource than a {}.",
                request.source_type_name,
                request.source_provider_address,
                request.target_type_name
            );
            return Err(error("The state cannot be moved", detail));
        }
        let state = converted(target, request.source_state.as_ref())?;
        Ok(Moved { target_state: Some(encode(&state)), ..Moved::default() })
    }

    fn imported(&self, request: &Import) -> Result<Json> {
        let resource = self.resource(&request.type_name)?;
        let (kind, client) = (&resource.kind, self.client()?);
        let text = request.id.trim();
        if let Some(values) = by_id(resource, text) {
            match client.call(&kind.get, &values) {
                Ok(_) => return Ok(state(resource, &values)),
                // Names need not have the form of an ID.
                Err(failure) if matches!(failure.status, Some(400 | 404)) => {}
                Err(failure) => return Err(self.failed("read", resource, failure)),
            }
        }
        let Some(list) = &kind.list else { return Err(missing(resource, text)) };
        let listed = client.all(list, &Json::Null, None);
        let listed = listed.map_err(|it| self.failed("list", resource, it))?;
        let names = kind.apply.key.iter().map(|it| it.name.clone());
        let values = text.splitn(kind.apply.key.len(), '/').map(Json::from);
        let key = names.zip(values).collect();
        let found = with_key(&resource.attributes, &key, listed);
        match found.as_slice() {
            [found] => Ok(state(resource, found)),
            [] => Err(missing(resource, text)),
            several => {
                let ids = several.iter().filter_map(|it| it.get("id")?.as_str());
                let detail = format!(
                    "{} have this {}; import one by its ID: {}.",
                    several.len(),
                    key_names(resource),
                    ids.collect::<Vec<_>>().join(", ")
                );
                Err(error(format!("Several of {text:?}"), detail))
            }
        }
    }
}

/// Reads a text as the parameters of the path, if it can be that.
fn by_id(resource: &Resource, text: &str) -> Option<Json> {
    let names: Vec<_> = resource.kind.identifiers().cloned().collect();
    let parts: Vec<_> = text.splitn(names.len(), '/').collect();
    let whole = parts.len() == names.len() && parts.iter().all(|it| !it.is_empty());
    whole.then(|| names.into_iter().zip(parts).collect())
}

/// A state in which nothing but the resource's name is known.
fn state(resource: &Resource, values: &Json) -> Json {
    let names = resource.kind.identifiers().map(|it| (it.clone(), values[it].clone()));
    read_object(&resource.attributes, &names.collect(), BY_NAME)
}

fn key_names(resource: &Resource) -> String {
    let names = resource.kind.apply.key.iter().map(|it| format!("`{}`", it.name));
    names.collect::<Vec<_>>().join(" and ")
}

fn missing(resource: &Resource, text: &str) -> Diagnostic {
    let noun = &resource.kind.noun;
    let names = resource.kind.identifiers().map(|it| format!("`{it}`"));
    let names = names.collect::<Vec<_>>().join("/");
    let detail = format!(
        "No {noun} has this ID or this {}. Import by {names}, or by the values of the latter, joined with `/`.",
        key_names(resource)
    );
    error(format!("No {noun} {text:?}"), detail)
}

/// Converts a state in JSON, whose blocks are lists.
fn converted(resource: &Resource, raw: Option<&RawState>) -> Result<Json> {
    let raw = raw.map(|it| it.json.as_slice()).unwrap_or_default();
    let json: Json = serde_json::from_slice(raw)
        .map_err(|it| error("The state cannot be read", it.to_string()))?;
    let attributes = &resource.attributes;
    let state =
        convert::with_aliased(attributes, &read_object(attributes, &json, BY_NAME));
    let is_known = !state.is_null();
    Ok(if is_known {
        convert::with_aliases(attributes, &Json::Null, state)
    } else {
        state
    })
}
