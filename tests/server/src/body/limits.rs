//! Whether a value is one that its field may have: its length, its size, its form, and the rules that few fields have.

use std::collections::BTreeSet;

use ngrok_api_model::{Field, Type, TypeRef};
use serde_json::{Map, Value};

use super::{formats, join};
use crate::errors::{Breach, Outcome, Problem};
use crate::json::is_empty;
use crate::plan::Plan;

/// Refuses a value that its field may not have. It is of the field's type.
pub(super) fn check(
    plan: &Plan,
    field: &Field,
    value: &Value,
    path: &str,
) -> Outcome<()> {
    Limited { plan, field, path }.whole(value)?;
    for (path, leaf) in leaves(&field.ty, value, path.to_owned()) {
        Limited { plan, field, path: &path }.leaf(leaf)?;
    }
    if field.presence.required && value == "" && !is_set(field, "may_be_empty") {
        return Err(Problem::empty_field(field, path));
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Limited<'a> {
    plan: &'a Plan,
    field: &'a Field,
    path: &'a str,
}

impl Limited<'_> {
    /// The rules for a list or map as a whole.
    fn whole(self, value: &Value) -> Outcome<()> {
        let limits = &self.field.limits;
        if let (Value::Array(values), Some(least)) = (value, limits.min_items)
            && u32::try_from(values.len()).is_ok_and(|count| count < least)
        {
            return self
                .refuse(Breach::Form, &format!("must have at least {least} elements"));
        }
        if let (Value::Array(values), Some(key)) = (value, self.rule("distinct")) {
            let mut seen = BTreeSet::new();
            let identity = |value: &Value| value.get(key).unwrap_or(value).to_string();
            if !values.iter().all(|value| seen.insert(identity(value))) {
                return self.refuse(Breach::Use, "names something twice");
            }
        }
        let Value::Object(entries) = value else { return Ok(()) };
        let Some(TypeRef::Map(_)) = Some(&self.field.ty) else { return Ok(()) };
        let known = limits.rules.get("known_keys").and_then(Value::as_array);
        let is_open = is_set(self.field, "open");
        for key in entries.keys() {
            let path = join(self.path, key);
            let key_of = Limited { plan: self.plan, field: self.field, path: &path };
            if known.is_some_and(|known| !is_open && !known.iter().any(|it| it == key)) {
                return key_of.refuse(Breach::Form, "is an unknown key");
            }
            if let Some(format) = &limits.key_format
                && !formats::fits(format, key, self.field)
            {
                let not = formats::not(format);
                return key_of
                    .refuse(Breach::Form, &format!("has the key {key:?}, {not}"));
            }
            key_of.characters(key)?;
        }
        Ok(())
    }

    fn leaf(self, value: &Value) -> Outcome<()> {
        match value {
            Value::String(text) => self.text(text),
            Value::Number(number) => self.number(number.as_f64().unwrap_or_default()),
            _ => Ok(()),
        }
    }

    fn text(self, text: &str) -> Outcome<()> {
        let limits = &self.field.limits;
        if let Some(most) = limits.max_bytes
            && u32::try_from(text.len()).is_ok_and(|length| length > most)
        {
            return self.refuse(Breach::Length, &format!("is longer than {most} bytes"));
        }
        if let Some(most) = limits.max_len
            && u32::try_from(text.chars().count()).is_ok_and(|length| length > most)
        {
            return self
                .refuse(Breach::Length, &format!("is longer than {most} characters"));
        }
        self.variant(text)?;
        if let Some(prefix) = self.rule("item_prefix")
            && !text.starts_with(prefix)
            && self.rule("wildcard") != Some(text)
        {
            return self.refuse(
                Breach::Form,
                &format!("is {text:?}, which does not begin with {prefix:?}"),
            );
        }
        self.characters(text)?;
        // An empty text is how a field is left without a value; an element of a list is there.
        let is_whole = matches!(self.field.ty, TypeRef::Scalar(_));
        if is_whole && text.is_empty() && !self.field.presence.required {
            return Ok(());
        }
        if let Some(format) = &limits.format {
            if !formats::fits(format, text, self.field) {
                return self.refuse(
                    Breach::Form,
                    &format!("is {text:?}, {}", formats::not(format)),
                );
            }
            if !formats::is_allowed(text, self.field) {
                return self.refuse(
                    Breach::Use,
                    &format!(
                        "is {text:?}, which is not written the one way that it can be"
                    ),
                );
            }
        }
        Ok(())
    }

    /// A value of an enum must be known, unless the API knows more than the description.
    fn variant(self, text: &str) -> Outcome<()> {
        let TypeRef::Enum(name) = self.field.ty.element() else { return Ok(()) };
        let Some(Type::Enum(known)) = self.plan.model.types.get(name) else {
            return Ok(());
        };
        let may_be_empty =
            is_set(self.field, "may_be_empty") || !self.field.presence.required;
        let any_case = is_set(self.field, "any_case");
        let is_known = known.variants.iter().any(|variant| {
            variant.wire == text || any_case && variant.wire.eq_ignore_ascii_case(text)
        });
        if known.open || is_known || text.is_empty() && may_be_empty {
            return Ok(());
        }
        let values: Vec<_> =
            known.variants.iter().map(|variant| variant.wire.as_str()).collect();
        self.refuse(
            Breach::Form,
            &format!("is {text:?}, and not one of {}", values.join(", ")),
        )
    }

    fn characters(self, text: &str) -> Outcome<()> {
        let forbidden = self.rule("forbidden_chars").unwrap_or_default();
        if text.contains(|c| forbidden.contains(c)) {
            return self
                .refuse(Breach::Form, &format!("has one of {forbidden:?} in {text:?}"));
        }
        if let Some(allowed) = self.rule("allowed_chars")
            && let Some(other) = text.chars().find(|c| !is_among(allowed, *c))
        {
            let what = format!("has {other:?} in {text:?}, and may have only {allowed}");
            return self.refuse(Breach::Characters, &what);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
        if self.rule("charset") == Some("alphanumeric_period")
            && !text.chars().all(plain)
        {
            return self
                .refuse(Breach::Form, "may have only letters, digits and periods");
        }
        Ok(())
    }

    fn number(self, number: f64) -> Outcome<()> {
        let limits = &self.field.limits;
        if let Some(least) = limits.min.filter(|least| number < *least) {
            return self.refuse(Breach::Form, &format!("is less than {least}"));
        }
        if let Some(most) = limits.max.filter(|most| number > *most) {
            return self.refuse(Breach::Form, &format!("is more than {most}"));
        }
        #[expect(clippy::cast_precision_loss, reason = "such numbers are small")]
        let is = |one: &i64| (*one as f64 - number).abs() < f64::EPSILON;
        if !limits.one_of.is_empty() && number != 0.0 && !limits.one_of.iter().any(is) {
            return self
                .refuse(Breach::Use, &format!("is not one of {:?}", limits.one_of));
        }
        let is_status = limits.format.as_deref() == Some("http_status");
        if is_status && !(100.0..600.0).contains(&number) {
            return self.refuse(Breach::Form, "is no HTTP status");
        }
        Ok(())
    }

    fn rule(&self, name: &str) -> Option<&str> {
        self.field.limits.rules.get(name).and_then(Value::as_str)
    }

    fn refuse(self, breach: Breach, what: &str) -> Outcome<()> {
        let message = format!("{} {what}.", self.path);
        Err(Problem::bad_value(self.field, breach, message))
    }
}

/// Whether a character is one of those listed, singly or in ranges: `a-z0-9_`.
fn is_among(listed: &str, wanted: char) -> bool {
    let mut rest = listed.chars();
    while let Some(first) = rest.next() {
        let mut ahead = rest.clone();
        let last = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) => {
                rest = ahead;
                last
            }
            _ => first,
        };
        if (first..=last).contains(&wanted) {
            return true;
        }
    }
    false
}

/// The values that are no lists or maps, with their paths.
fn leaves<'v>(ty: &TypeRef, value: &'v Value, path: String) -> Vec<(String, &'v Value)> {
    match (ty, value) {
        (TypeRef::List(element), Value::Array(values)) => {
            let values = values.iter().enumerate();
            let inner = values.flat_map(|(index, value)| {
                leaves(element, value, format!("{path}[{index}]"))
            });
            inner.collect()
        }
        (TypeRef::Map(element), Value::Object(entries)) => {
            let entries = entries.iter();
            let inner = entries
                .flat_map(|(key, value)| leaves(element, value, join(&path, key)));
            inner.collect()
        }
        (TypeRef::Record(_), _) => Vec::new(),
        _ => vec![(path, value)],
    }
}

fn is_set(field: &Field, rule: &str) -> bool {
    field.limits.rules.get(rule) == Some(&Value::Bool(true))
}

/// Whether a field that has to be there when something is made is not.
pub(super) fn is_left_out(
    field: &Field,
    is_change: bool,
    set: &Map<String, Value>,
) -> bool {
    let places = field.limits.rules.get("non_empty").and_then(Value::as_array);
    let needed = places.is_some_and(|places| places.iter().any(|it| it == "create"));
    (field.presence.required || needed && !is_change) && !set.contains_key(&field.wire)
}

/// Whether a field that must not be empty is.
pub(super) fn is_missing(field: &Field, value: &Value, is_change: bool) -> bool {
    let places = field.limits.rules.get("non_empty").and_then(Value::as_array);
    let place = if is_change { "update" } else { "create" };
    let holds =
        places.is_some_and(|places| places.iter().any(|it| it == "all" || it == place));
    holds && is_empty(value)
}
