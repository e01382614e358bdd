//! Compares values of attributes that may be equivalent in different notations.

use ngrok_state_core::{equivalent, is_empty, same_elements};
use serde_json::{Map, Value as Json};

use crate::convert::read;
use crate::schema::{Attribute, Role, Type, find};
use crate::value::{is_open, is_unknown};

/// Returns whether a stated value and an actual one are the same. What the server decides and is not stated is ignored.
pub(crate) fn same(ty: &Type, stated: &Json, actual: &Json) -> bool {
    if stated == actual {
        return true;
    }
    if is_unknown(stated) || is_unknown(actual) {
        return false;
    }
    match (ty, stated, actual) {
        (Type::Object(inner), Json::Object(_), Json::Object(_)) => {
            inner.iter().all(|it| same_attribute(it, stated, actual))
        }
        (_, stated, actual) if is_empty(stated) => is_empty(actual),
        (Type::List(item, unordered), Json::Array(stated), Json::Array(actual)) => {
            same_elements(*unordered, stated, actual, |_, stated, actual| {
                same(item, stated, actual)
            })
        }
        (Type::Map(item), Json::Object(stated), Json::Object(actual)) => {
            stated.len() == actual.len()
                && stated.iter().all(|(key, value)| {
                    let mut found =
                        actual.iter().filter(|(it, _)| it.eq_ignore_ascii_case(key));
                    found.any(|(_, actual)| same(item, value, actual))
                })
        }
        (Type::String(equality), stated, actual) => {
            equivalent(*equality, stated, actual)
        }
        _ => equivalent(None, stated, actual),
    }
}

fn same_attribute(attribute: &Attribute, stated: &Json, actual: &Json) -> bool {
    let (value, actual) = (&stated[&attribute.name], &actual[&attribute.name]);
    let ignored = match attribute.role {
        Role::WriteOnly(_) | Role::Alias(_) => true,
        Role::Version(_) | Role::Retired => false,
        Role::Api => !attribute.is_stated() || attribute.computed && is_open(value),
    };
    ignored || same(&attribute.ty, value, actual)
}

/// Returns the element of a list that is the same as a stated one.
pub(crate) fn like<'a>(item: &Type, stated: &Json, list: &'a Json) -> Option<&'a Json> {
    list.as_array()?.iter().find(|it| same(item, stated, it))
}

/// Returns the resources that have the values of a natural key, given by attribute.
pub(crate) fn with_key(
    attributes: &[Attribute],
    key: &Map<String, Json>,
    mut listed: Vec<Json>,
) -> Vec<Json> {
    listed.retain(|response| {
        let is_same = |(name, value): (&String, &Json)| {
            let found = find(attributes, name);
            found.is_some_and(|it| {
                same(&it.ty, value, &read(it, response, Attribute::read))
            })
        };
        !key.is_empty() && key.iter().all(is_same)
    });
    listed
}
