//! Values that the server derives: from other fields of a resource, from other resources, or from the caller. The description defines which
//! fields are derived, and how, under `derive`.

use ngrok_api_model::{Derivation, Field, Record, Scalar, TypeRef};
use serde_json::{Map, Value, json};

use crate::certificate;
use crate::json::{is_empty, text};
use crate::plan::Plan;
use crate::store::{Items, Store};
use crate::url::Url;
use crate::{names, samples};

/// Sets the derived fields of a resource. Values set by a request are kept, except that canonical forms replace them.
pub(crate) fn derive(
    plan: &Plan,
    store: &Store,
    caller: &str,
    record: &Record,
    set: &mut Map<String, Value>,
) {
    let is_canonical = |field: &&Field| {
        let rule = field.rules.derive();
        rule.is_some_and(|rule| rule.from.as_ref() == Some(&field.wire))
    };
    // Other fields are derived from the canonical forms.
    let canonical = record.fields.iter().filter(is_canonical);
    let others = record.fields.iter().filter(|field| !is_canonical(field));
    for field in canonical.chain(others) {
        let Some(rule) = field.rules.derive() else { continue };
        if let Some(value) = &rule.always {
            set.insert(field.wire.clone(), value.clone());
            continue;
        }
        let source = rule.from.as_ref();
        if source.is_none() && set.contains_key(&field.wire) {
            continue;
        }
        let derived = Derived { plan, store, caller, field, rule };
        match derived.value(set) {
            Some(value) => drop(set.insert(field.wire.clone(), value)),
            None if source.is_some_and(|source| *source != field.wire) => {
                set.remove(&field.wire);
            }
            None => {}
        }
    }
}

#[derive(Clone, Copy)]
struct Derived<'a> {
    plan: &'a Plan,
    store: &'a Store,
    caller: &'a str,
    field: &'a Field,
    rule: &'a Derivation,
}

impl Derived<'_> {
    fn value(self, set: &Map<String, Value>) -> Option<Value> {
        let from = self.rule.from.as_ref().and_then(|name| set.get(name));
        from.filter(|value| !is_empty(value))
            .and_then(|value| self.parts(value).or_else(|| self.taken(value)))
            .or_else(|| self.rule.value.clone())
            .or_else(|| self.rule.text.as_deref().map(|text| json!(made(text))))
            .or_else(|| self.caller().filter(|_| self.rule.caller))
    }

    /// For an object: its own derived fields, each made of the same value.
    fn parts(self, value: &Value) -> Option<Value> {
        let TypeRef::Record(record) = &self.field.ty else { return None };
        let fields = self.plan.record(record)?.fields.iter();
        let parts = fields.filter_map(|field| {
            let rule = field.rules.derive()?;
            let value = Derived { field, rule, ..self }.one(value)?;
            Some((field.wire.clone(), value))
        });
        Some(Value::Object(parts.collect()))
    }

    /// Derives a value from another field, or from each of its elements.
    fn taken(self, value: &Value) -> Option<Value> {
        let Value::Array(values) = value else { return self.one(value) };
        let Some(name) = self.rule.into.as_deref() else { return Some(value.clone()) };
        let mut elements: Vec<Value> = Vec::new();
        for value in values.iter().filter_map(|value| self.one(value)) {
            let mut element = Map::from_iter([(name.to_owned(), value)]);
            if let TypeRef::Record(record) = self.field.ty.element()
                && let Some(record) = self.plan.record(record)
            {
                derive(self.plan, self.store, self.caller, record, &mut element);
            }
            let element = Value::Object(element);
            if !elements.contains(&element) {
                elements.push(element);
            }
        }
        Some(Value::Array(elements))
    }

    fn one(self, value: &Value) -> Option<Value> {
        if let Some(name) = self.rule.certificate.as_deref() {
            return certificate::fact(value.as_str()?, name);
        }
        if let Some(end) = self.rule.ends_with.as_deref() {
            return Some(json!(value.as_str()?.to_ascii_lowercase().ends_with(end)));
        }
        let value = match self.rule.part.as_deref() {
            Some(part) => json!(Url::parse(value.as_str()?)?.part(part)?),
            None => value.clone(),
        };
        match self.rule.by.as_deref() {
            Some(key) => self.found(key, &value),
            None if self.field.ty == TypeRef::Scalar(Scalar::Int64) => {
                Some(json!(value.as_str()?.parse::<i64>().ok()?))
            }
            None => Some(value),
        }
    }

    /// Returns the ID of the resource whose field has this value.
    fn found(self, key: &str, value: &Value) -> Option<Value> {
        let TypeRef::Ref { kinds, .. } = &self.field.ty else { return None };
        let lists = kinds.iter().filter_map(|kind| self.plan.list_of(kind));
        let mut found = lists.filter_map(|list| {
            let items = self.store.list(&[list]).unwrap_or(Items::None);
            let found = items.all().find(|item| item.get(key) == Some(value))?;
            Some(json!(text(found, names::ID)))
        });
        found.next()
    }

    /// Returns the id of who calls: of the first kind that the field can name and that the API has no operations for. For an object, one
    /// with made-up values, and the ids of who calls.
    fn caller(self) -> Option<Value> {
        if let TypeRef::Record(name) = &self.field.ty {
            return self.of_caller(name);
        }
        let (TypeRef::Id { kinds, .. } | TypeRef::Ref { kinds, .. }) = &self.field.ty
        else {
            return None;
        };
        let externals = &self.plan.model.api.externals;
        let external = kinds.iter().find_map(|kind| externals.get(kind))?;
        Some(json!(format!("{}_{}", external.prefix, self.caller)))
    }

    fn of_caller(self, name: &str) -> Option<Value> {
        let record = self.plan.record(name)?;
        let mut set = Map::new();
        if let Some(prefix) = self.plan.prefix(name) {
            let id = format!("{prefix}_{}", self.caller);
            set.insert(names::ID.to_owned(), json!(id));
        }
        samples::fill(self.plan, self.store, record, &mut set);
        derive(self.plan, self.store, self.caller, record, &mut set);
        Some(Value::Object(set))
    }
}

/// Fills in a template: `{10-99}` becomes a number in that range, `{8}` that many letters.
fn made(text: &str) -> String {
    let mut pieces = text.split('{');
    let mut made = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (rule, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let part = match rule
            .split_once('-')
            .map(|(low, high)| (low.parse::<u32>(), high.parse::<u32>()))
        {
            Some((Ok(low), Ok(high))) if low <= high => {
                fastrand::u32(low..=high).to_string()
            }
            _ => letters(rule.parse().unwrap_or_default()),
        };
        made.push_str(&part);
        made.push_str(rest);
    }
    made
}

fn letters(count: usize) -> String {
    std::iter::repeat_with(fastrand::lowercase).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::made;

    #[test]
    fn templates_are_filled_in() {
        let text = made("{1-9}.tcp.test:{20000-29999}");
        let (host, port) = text.split_once(".tcp.test:").unwrap();
        assert!((1..10).contains(&host.parse().unwrap()), "{text}");
        assert!((20_000..30_000).contains(&port.parse().unwrap()), "{text}");
        assert_eq!(made("{8}.test").len(), 13);
        assert_eq!(made("as it is"), "as it is");
    }
}
