//! States from responses: what was planned, or was the state before, keeps its form where the response means the same.

use ngrok_state_core::is_empty;
use serde_json::Value as Json;

use crate::compare::{like, same};
use crate::convert::{read_object, with_aliases};
use crate::schema::{Attribute, Resource, Role, Type, is_block};
use crate::value::{is_known, is_unknown};

impl Resource {
    /// Returns the state after a creation or an update: Terraform requires what was planned, and the rest comes from the
    /// response.
    pub(crate) fn applied(&self, planned: &Json, response: &Json) -> Json {
        let actual = read_object(&self.attributes, response, Attribute::read);
        let state = object(&self.attributes, planned, &actual);
        with_aliases(&self.attributes, &Json::Null, state)
    }

    /// Returns the state of a resource that was read: what means the same as before keeps its form.
    pub(crate) fn refreshed(&self, prior: &Json, response: &Json) -> Json {
        let actual = read_object(&self.attributes, response, Attribute::read);
        let state = refreshed(&self.attributes, prior, &actual, self.blocks);
        with_aliases(&self.attributes, &Json::Null, state)
    }
}

fn object(attributes: &[Attribute], planned: &Json, actual: &Json) -> Json {
    let settled = attributes.iter().map(|it| {
        let value = value(&it.ty, &planned[&it.name], &actual[&it.name]);
        (it.name.clone(), value)
    });
    settled.collect()
}

fn value(ty: &Type, planned: &Json, actual: &Json) -> Json {
    match (ty, planned) {
        (_, planned) if is_unknown(planned) => actual.clone(),
        (_, planned) if is_known(planned) => planned.clone(),
        (Type::Object(inner), planned) => object(inner, planned, actual),
        (Type::List(item, _), Json::Array(items)) => {
            // The element that the planned one became: one that is the same, or the one at its place.
            let settled = items.iter().enumerate().map(|(at, planned)| {
                let actual = like(item, planned, actual).unwrap_or(&actual[at]);
                value(item, planned, actual)
            });
            settled.collect()
        }
        (Type::Map(item), Json::Object(fields)) => {
            let settled = fields.iter();
            settled
                .map(|(key, it)| (key.clone(), value(item, it, &actual[key])))
                .collect()
        }
        (_, planned) => planned.clone(),
    }
}

fn refreshed(attributes: &[Attribute], before: &Json, now: &Json, blocks: bool) -> Json {
    let refreshed = attributes.iter().map(|it| {
        let (before, now) = (&before[&it.name], &now[&it.name]);
        // A block that is not stated is not there, whatever the server decided on.
        let is_hidden = blocks && before.is_null() && is_block(it);
        let value =
            if is_hidden { Json::Null } else { refreshed_value(it, before, now) };
        (it.name.clone(), value)
    });
    refreshed.collect()
}

fn refreshed_value(attribute: &Attribute, before: &Json, now: &Json) -> Json {
    match attribute.role {
        Role::WriteOnly(_) => return Json::Null,
        Role::Version(_) | Role::Retired | Role::Alias(_) => return before.clone(),
        Role::Api => {}
    }
    // Secrets are returned once or never, and those that are returned later may be masked.
    if attribute.read().is_none() || attribute.sensitive {
        return before.clone();
    }
    if !attribute.is_stated() {
        return now.clone();
    }
    // What was set on creation and is not returned cannot have changed.
    let unreturned = is_empty(now) && !attribute.is_updatable();
    let kept = !before.is_null() && (unreturned || same(&attribute.ty, before, now));
    let unset = is_empty(now) && !attribute.required && !attribute.computed;
    match (&attribute.ty, before, now) {
        _ if unset && before.is_null() => Json::Null,
        (Type::Object(inner), Json::Object(_) | Json::Null, Json::Object(_)) => {
            refreshed(inner, before, now, false)
        }
        _ if kept => before.clone(),
        _ if unset => Json::Null,
        _ => now.clone(),
    }
}
