//! Conversion between values of attributes and JSON of the API, and between earlier names of attributes and theirs: a
//! configuration may state either name, and a state has the value under both.

use serde_json::{Map, Value as Json, json};

use crate::compare::same;
use crate::schema::{Attribute, Role, Type, find};
use crate::value::is_open;

/// Returns the key of an object in JSON that has the value of an attribute.
pub(crate) type Key = fn(&Attribute) -> Option<&String>;

/// The key of an attribute in configurations, plans and states.
pub(crate) const BY_NAME: Key = |attribute| Some(&attribute.name);

/// Returns the value that an object has for an attribute.
pub(crate) fn read(attribute: &Attribute, object: &Json, key: Key) -> Json {
    key(attribute)
        .map_or(Json::Null, |name| read_value(&attribute.ty, &object[name], key))
}

/// Returns an object in which every attribute is present; nothing for nothing.
pub(crate) fn read_object(attributes: &[Attribute], object: &Json, key: Key) -> Json {
    if is_open(object) {
        return object.clone();
    }
    attributes.iter().map(|it| (it.name.clone(), read(it, object, key))).collect()
}

fn read_value(ty: &Type, json: &Json, key: Key) -> Json {
    match (ty, json) {
        (_, json) if is_open(json) => json.clone(),
        (Type::Wrapped(name), json) => json.get(name).unwrap_or(json).clone(),
        // A reference is its ID; one that leads nowhere has none.
        (Type::String(_), Json::Object(reference)) => {
            let id = reference.get("id").and_then(Json::as_str);
            id.filter(|it| !it.is_empty()).into()
        }
        (Type::String(_), Json::String(_))
        | (Type::Bool, Json::Bool(_))
        | (Type::Number, Json::Number(_)) => json.clone(),
        (Type::String(_), other) => other.to_string().into(),
        // Numbers with a fraction travel as text.
        (Type::Number, Json::String(text)) => {
            text.parse().map_or(Json::Null, Json::Number)
        }
        (Type::List(item, _), Json::Array(items)) => {
            items.iter().map(|it| read_value(item, it, key)).collect()
        }
        (Type::Map(item), Json::Object(fields)) => {
            let fields = fields.iter();
            fields.map(|(name, it)| (name.clone(), read_value(item, it, key))).collect()
        }
        // States have blocks as lists of one object.
        (Type::Object(_), Json::Array(items)) => {
            items.first().map_or(Json::Null, |it| read_value(ty, it, key))
        }
        (Type::Object(inner), json) => read_object(inner, json, key),
        _ => Json::Null,
    }
}

/// Returns the fields that an object states: what is null or unknown is left out.
pub(crate) fn fields(attributes: &[Attribute], stated: &Json) -> Map<String, Json> {
    let sent = |it: &Attribute| {
        Some((it.written()?.name.clone(), sent(it, attributes, stated)?))
    };
    attributes.iter().filter_map(sent).collect()
}

/// Returns what is sent for an attribute of an object, if it is stated: by itself, by its write-only twin or by an earlier
/// name.
pub(crate) fn sent(
    attribute: &Attribute,
    attributes: &[Attribute],
    stated: &Json,
) -> Option<Json> {
    let is_other = |it: &&Attribute| match &it.role {
        Role::WriteOnly(of) | Role::Alias(of) => *of == attribute.name,
        _ => false,
    };
    let names = std::iter::once(attribute).chain(attributes.iter().filter(is_other));
    let value = names.map(|it| &stated[&it.name]).find(|it| !is_open(it));
    let sent = value.map(|it| to_api(&attribute.ty, it));
    sent.or_else(|| attribute.sent_default.clone())
}

fn to_api(ty: &Type, value: &Json) -> Json {
    match (ty, value) {
        (Type::Wrapped(name), value) => json!({ name: value }),
        (Type::List(item, _), Json::Array(items)) => {
            items.iter().map(|it| to_api(item, it)).collect()
        }
        (Type::Map(item), Json::Object(fields)) => {
            fields.iter().map(|(key, it)| (key.clone(), to_api(item, it))).collect()
        }
        (Type::Object(inner), Json::Object(_)) => fields(inner, value).into(),
        (_, value) => value.clone(),
    }
}

/// Returns a configuration in which attributes have the values that are stated under earlier names.
pub(crate) fn with_aliased(attributes: &[Attribute], config: &Json) -> Json {
    let mut config = config.clone();
    for attribute in attributes {
        let Role::Alias(of) = &attribute.role else { continue };
        if config[of].is_null() && !config[&attribute.name].is_null() {
            config[of] = config[&attribute.name].clone();
        }
    }
    config
}

/// Gives earlier names the value of the attribute, in the form that the prior or this state has under them if that means
/// the same.
pub(crate) fn with_aliases(
    attributes: &[Attribute],
    prior: &Json,
    mut state: Json,
) -> Json {
    for attribute in attributes {
        let Role::Alias(of) = &attribute.role else { continue };
        let Some(own) = find(attributes, of) else { continue };
        let value = &state[of];
        let known = [&prior[&attribute.name], &state[&attribute.name]];
        let known =
            known.into_iter().find(|it| !it.is_null() && same(&own.ty, it, value));
        let value = known.unwrap_or(value).clone();
        state[&attribute.name] = value;
    }
    state
}
