//! States that an earlier version, another provider of the same API, or another name of the resource wrote.

use serde_json::Value as Json;

use super::{Provider, Result};
use crate::alias;
use crate::convert::{BY_NAME, read_object};
use crate::diagnostic::error;
use crate::proto::{Move, Moved, RawState, State, Upgrade};
use crate::schema::Resource;
use crate::value::encode;

impl Provider {
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
}

fn converted(resource: &Resource, raw: Option<&RawState>) -> Result<Json> {
    let raw = raw.map(|it| it.json.as_slice()).unwrap_or_default();
    let json: Json = serde_json::from_slice(raw)
        .map_err(|it| error("The state cannot be read", it.to_string()))?;
    let attributes = &resource.attributes;
    let state = alias::stated(attributes, &read_object(attributes, &json, BY_NAME));
    let is_known = !state.is_null();
    Ok(if is_known { alias::filled(attributes, &Json::Null, state) } else { state })
}
