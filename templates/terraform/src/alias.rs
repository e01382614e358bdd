//! Earlier names of attributes: a configuration may state either name, and a state has the value under both.

use serde_json::Value as Json;

use crate::compare::same;
use crate::schema::{Attribute, Role, find};

/// Returns a configuration in which attributes have the values that are stated under earlier names.
pub(crate) fn stated(attributes: &[Attribute], config: &Json) -> Json {
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
pub(crate) fn filled(attributes: &[Attribute], prior: &Json, mut state: Json) -> Json {
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
