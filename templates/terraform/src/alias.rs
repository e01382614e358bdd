//! Earlier names of attributes: a configuration may state either name, and a state has the value under both.

use crate::compare::same;
use crate::schema::{Attribute, Role, find};
use crate::value::Value;

/// Returns a configuration in which attributes have the values that are stated under earlier names.
pub(crate) fn stated(attributes: &[Attribute], config: &Value) -> Value {
    let Value::Object(fields) = config else { return config.clone() };
    let mut fields = fields.clone();
    for attribute in attributes {
        let Role::Alias(of) = &attribute.role else { continue };
        let value = config.get(&attribute.name);
        if config.get(of).is_null() && !value.is_null() {
            fields.insert(of.clone(), value.clone());
        }
    }
    Value::Object(fields)
}

/// Gives earlier names the value of the attribute, in the form that the prior or this state has under them if that means
/// the same.
pub(crate) fn filled(attributes: &[Attribute], prior: &Value, state: Value) -> Value {
    let Value::Object(mut fields) = state else { return state };
    for attribute in attributes {
        let Role::Alias(of) = &attribute.role else { continue };
        let Some(own) = find(attributes, of) else { continue };
        let value = fields.get(of).cloned().unwrap_or(Value::Null);
        let present = fields.get(&attribute.name).unwrap_or(&Value::Null);
        let known = [prior.get(&attribute.name), present];
        let known = known.into_iter().find(|it| !it.is_null() && same(own, it, &value));
        let value = known.cloned().unwrap_or(value);
        fields.insert(attribute.name.clone(), value);
    }
    Value::Object(fields)
}
