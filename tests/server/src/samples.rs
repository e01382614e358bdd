//! Plausible values for resources that were never created: from enums, formats, defaults and derived values.

use ngrok_api_model::{Field, Record, Role, Scalar, Type, TypeRef, such_as};
use ngrok_client_core::limits::formats;
use serde_json::{Map, Value, json};

use crate::clock;
use crate::names;
use crate::plan::{Plan, Selector};
use crate::store::{Items, Store};

/// Maximum depth of nested objects.
const DEEPEST: usize = 4;

/// Sample strings of formats.
const TEXTS: [(&str, &str); 24] = [
    ("acl_rule", "allow:*.example.com"),
    ("arn", "arn:aws:iam::123456789012:role/example"),
    ("cel", "true"),
    ("certificate", "-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"),
    ("cidr", "10.1.0.0/16"),
    ("email", "ana@example.com"),
    ("hex", "9f86d081"),
    ("hostname", "app.example.com"),
    ("hostname_or_ip", "app.example.com"),
    ("hostport", "app.example.com:443"),
    ("http_header_name", "x-example"),
    ("ip", "10.1.0.1"),
    ("iso_country_code", "DE"),
    ("json", "{}"),
    ("json_or_yaml", "{}"),
    ("pem", "-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"),
    ("regex", "^example"),
    ("route_selector", "/api"),
    ("slug", "an-example"),
    ("tls_version", "1.3"),
    ("uri", "https://app.example.com"),
    ("url", "https://app.example.com"),
    ("url_or_address", "http://localhost:8080"),
    ("username", "ana"),
];

/// Fills in the fields that a resource always has.
pub(crate) fn fill(
    plan: &Plan,
    store: &Store,
    record: &Record,
    element: &mut Map<String, Value>,
) {
    Samples { plan, store }.fill(record, element, 0);
}

#[derive(Clone, Copy)]
struct Samples<'a> {
    plan: &'a Plan,
    store: &'a Store,
}

impl Samples<'_> {
    fn fill(self, record: &Record, element: &mut Map<String, Value>, depth: usize) {
        for field in &record.fields {
            let key = field.written_as.as_ref().unwrap_or(&field.wire);
            let is_decided = field.only_on.is_some()
                || field
                    .rules
                    .derive()
                    .is_some_and(|rule| rule.from.as_ref() != Some(&field.wire))
                || [names::ID, names::URI].contains(&field.wire.as_str());
            if is_decided || field.presence.nullable || element.contains_key(key) {
                continue;
            }
            if let Some(value) = self.value(field, &field.ty, depth) {
                element.insert(key.clone(), value);
            }
        }
    }

    fn value(self, field: &Field, ty: &TypeRef, depth: usize) -> Option<Value> {
        let is_certain = !field.presence.optional;
        match ty {
            TypeRef::Scalar(Scalar::Timestamp) => Some(json!(clock::now())),
            TypeRef::Scalar(Scalar::String) => {
                let is_known = is_certain
                    || field.rules.format().is_some()
                    || such_as(&field.docs).is_some();
                text(field).filter(|_| is_known).map(Value::from)
            }
            TypeRef::Enum(name) => match self.plan.model.types.get(name)? {
                Type::Enum(known) => Some(json!(known.variants.first()?.wire)),
                Type::Record(_) | Type::Union(_) => None,
            },
            TypeRef::Id { kinds, .. } | TypeRef::Ref { kinds, .. } => {
                self.named(kinds).filter(|_| is_certain)
            }
            TypeRef::List(inner) if is_certain && depth < DEEPEST => {
                Some(json!([self.value(field, inner, depth + 1)?]))
            }
            TypeRef::Record(name) if depth < DEEPEST => {
                let record = self.plan.record(name)?;
                if record.role == Role::Resource {
                    // Nested resources have IDs of their own, which were never created.
                    return None;
                }
                let mut element = Map::new();
                self.fill(record, &mut element, depth + 1);
                (!element.is_empty()).then_some(Value::Object(element))
            }
            _ => None,
        }
    }

    /// Returns the ID of an existing resource of one of these types.
    fn named(self, kinds: &[String]) -> Option<Value> {
        let mut lists = kinds.iter().filter_map(|kind| self.plan.list_of(kind));
        lists.find_map(|list: Selector<'_>| {
            let items = self.store.list(&[list]).unwrap_or(Items::None);
            items.all().next()?.get(names::ID).cloned()
        })
    }
}

fn text(field: &Field) -> Option<String> {
    let format = field.rules.format();
    let fits = |text: &String| format.is_none_or(|format| formats::is_of(format, text));
    let given = field.default.as_ref().and_then(Value::as_str).map(str::to_owned);
    let given = given.or_else(|| such_as(&field.docs)).filter(fits);
    given.or_else(|| match format {
        Some(format) => {
            let known = TEXTS.iter().find(|(name, _)| *name == format);
            known.map(|(_, text)| (*text).to_owned())
        }
        None => Some("example".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::{TEXTS, formats};

    #[test]
    fn sample_strings_have_their_format() {
        for (format, text) in TEXTS {
            assert!(formats::is_of(format, text), "{format}: {text}");
        }
    }
}
