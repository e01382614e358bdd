//! Importing: the ID or the natural key of a resource in, a state that names it out.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::identity::{list, request};
use super::{Provider, split};
use crate::client::Client;
use crate::compare::same;
use crate::diagnostic::error;
use crate::proto::{Diagnostic, Import, Imported, ImportedResource};
use crate::schema::{Attribute, Resource, find};
use crate::value::Value;
use crate::{convert, plan};

impl Provider {
    pub(crate) fn import(&self, request: &Import) -> Imported {
        let (state, diagnostics) = split(self.imported(request));
        let imported = state.map(|it| ImportedResource {
            type_name: request.type_name.clone(),
            state: Some(it.encode()),
            private: plan::remember(&BTreeSet::from([plan::IMPORTED.to_owned()])),
        });
        Imported { imported_resources: imported.into_iter().collect(), diagnostics }
    }

    fn imported(&self, request: &Import) -> Result<Value, Box<Diagnostic>> {
        let resource = self.resource(&request.type_name)?;
        let client = self.client()?;
        let text = request.id.trim();
        if let Some(identity) = by_id(resource, text) {
            let known = Self::exists(&client, resource, &identity);
            if known.map_err(|it| Box::new(self.failed("read", resource, &it)))? {
                return Ok(state(resource, &identity));
            }
        }
        let Some(list) = list(resource) else {
            return Err(missing(resource, text).into());
        };
        let listed = client.list(&list, &|_| None, None);
        let listed =
            listed.map_err(|it| Box::new(self.failed("list", resource, &it)))?;
        let key = key(resource, text);
        let found: Vec<_> = listed.iter().filter(|it| matches(&key, it)).collect();
        match found.as_slice() {
            [found] => Ok(state(resource, &identity_of(resource, found))),
            [] => Err(missing(resource, text).into()),
            several => {
                let ids = several.iter().filter_map(|it| it.get("id")?.as_str());
                let detail = format!(
                    "{} have this {}; import one by its ID: {}.",
                    several.len(),
                    key_names(resource),
                    ids.collect::<Vec<_>>().join(", ")
                );
                Err(error(format!("Several of {text:?}"), detail).into())
            }
        }
    }

    fn exists(
        client: &Client,
        resource: &Resource,
        identity: &[(String, String)],
    ) -> Result<bool, crate::client::Failure> {
        let parameter = |name: &str| {
            identity.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
        };
        let get = &resource.kind.get;
        match client.send(get.method, &request(get), &parameter, None) {
            Ok(_) => Ok(true),
            Err(failure) if failure.status == Some(404) => Ok(false),
            Err(failure) => Err(failure),
        }
    }
}

/// Reads a text as the parameters of the path, if it can be that.
fn by_id(resource: &Resource, text: &str) -> Option<Vec<(String, String)>> {
    let names = &resource.kind.get.parameters;
    let parts: Vec<_> = text.splitn(names.len(), '/').map(str::to_owned).collect();
    let prefixed =
        resource.prefix.as_ref().filter(|it| !it.is_empty()).is_none_or(|prefix| {
            parts
                .last()
                .and_then(|it| it.strip_prefix(prefix))
                .is_some_and(|it| it.starts_with('_'))
        });
    let whole = parts.len() == names.len() && parts.iter().all(|it| !it.is_empty());
    (prefixed && whole).then(|| names.iter().cloned().zip(parts).collect())
}

/// Reads a text as the values of the natural key.
fn key<'a>(resource: &'a Resource, text: &str) -> Vec<(&'a Attribute, Value)> {
    let names: Vec<_> = resource.kind.apply.key.iter().collect();
    let parts = text.splitn(names.len(), '/');
    let pair = |(name, part): (&&ngrok_api_model::KeyField, &str)| {
        Some((find(&resource.attributes, &name.name)?, Value::String(part.to_owned())))
    };
    names.iter().zip(parts).filter_map(pair).collect()
}

fn matches(key: &[(&Attribute, Value)], response: &Json) -> bool {
    !key.is_empty()
        && key.iter().all(|(attribute, value)| {
            same(attribute, value, &convert::read(attribute, response))
        })
}

fn identity_of(resource: &Resource, response: &Json) -> Vec<(String, String)> {
    let parameters = resource.kind.get.parameters.iter();
    let value =
        |name: &String| Some((name.clone(), response.get(name)?.as_str()?.to_owned()));
    parameters.filter_map(value).collect()
}

/// A state in which nothing but the resource's name is known.
fn state(resource: &Resource, identity: &[(String, String)]) -> Value {
    let value = |name: &str| {
        let found = identity.iter().find(|(key, _)| key == name);
        found.map_or(Value::Null, |(_, value)| Value::String(value.clone()))
    };
    let attributes =
        resource.attributes.iter().map(|it| (it.name.clone(), value(&it.name)));
    Value::Object(attributes.collect())
}

fn key_names(resource: &Resource) -> String {
    let names = resource.kind.apply.key.iter().map(|it| format!("`{}`", it.name));
    names.collect::<Vec<_>>().join(" and ")
}

fn missing(resource: &Resource, text: &str) -> Diagnostic {
    let noun = &resource.kind.noun;
    let names = resource.kind.get.parameters.iter().map(|it| format!("`{it}`"));
    let names = names.collect::<Vec<_>>().join("/");
    let detail = format!(
        "No {noun} has this ID or this {}. Import by {names}, or by the values of the latter, joined with `/`.",
        key_names(resource)
    );
    error(format!("No {noun} {text:?}"), detail)
}
