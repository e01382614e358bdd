//! Life cycle of every resource of the description: created, read, listed, filtered, changed field by field, cleared, deleted.

use ngrok_codegen::model::{
    Body, Field, Method, Operation, Output, Record, Scalar, Service, TypeRef,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::clients::Outcome;
use crate::made_up::{Sandbox, operation};

#[test]
fn every_resource_works_with_required_fields_only() -> Outcome {
    // A resource without an ID is identified by a value that its creator sets, or not at all.
    assert!(all(false)? > 25);
    Ok(())
}

#[test]
fn every_resource_works_with_all_fields() -> Outcome {
    assert!(all(true)? > 27);
    Ok(())
}

/// Runs the life cycles of all resources that can be created. Returns their number.
fn all(full: bool) -> Result<usize, Box<dyn std::error::Error>> {
    let sandbox = Sandbox::new()?;
    let mut lived = 0;
    for service in sandbox.services() {
        let Some(create) = operation(service, "create") else { continue };
        if !full && sandbox.field(&service.resource, "id").is_none() {
            continue;
        }
        let body = sandbox.body(create, full).unwrap();
        let made = sandbox.create_with(create, &body);
        let life = Life { sandbox: &sandbox, service, path: sandbox.path_of(&made) };
        life.shows(create, &body, &made);
        life.is_read(&made);
        life.is_listed(&made);
        life.is_filtered(&made);
        life.is_changed();
        life.is_cleared();
        life.is_deleted();
        lived += 1;
    }
    Ok(lived)
}

struct Life<'a> {
    sandbox: &'a Sandbox,
    service: &'a Service,
    path: String,
}

impl Life<'_> {
    fn get(&self) -> Value {
        let reply = self.sandbox.send(Method::Get, &self.path, None);
        assert_eq!(reply.status, 200, "{}: {reply:?}", self.path);
        reply.body
    }

    /// Checks that the response contains the values of the request.
    fn shows(&self, operation: &Operation, sent: &Value, reply: &Value) {
        if let Body::Type(body) = &operation.body {
            shows(self.sandbox, body, &self.service.resource, sent, reply);
        }
    }

    fn is_read(&self, made: &Value) {
        let read = self.get();
        for (key, value) in made.as_object().unwrap() {
            let field = self.sandbox.field(&self.service.resource, key);
            let once = field.is_some_and(|field| field.only_on.is_some());
            assert_ne!(read[key] == *value, once, "{}: {key} was {value}", self.path);
        }
    }

    fn is_listed(&self, made: &Value) {
        if operation(self.service, "list").is_some() {
            assert!(self.listed("").contains(&made["uri"]), "{}", self.path);
        }
    }

    /// Returns the items of a list.
    fn listed(&self, query: &str) -> Vec<Value> {
        let list = operation(self.service, "list").unwrap();
        let Output::List(listing) = &list.output else { panic!("{}", list.id) };
        let (path, _) = self.path.rsplit_once('/').unwrap();
        let reply = self.sandbox.send(Method::Get, &format!("{path}{query}"), None);
        assert_eq!(reply.status, 200, "{path}{query}: {reply:?}");
        let items = reply.body[&listing.key].as_array().unwrap();
        items.iter().map(|item| item["uri"].clone()).collect()
    }

    /// Checks that each filterable field finds the resource by its value, and not by another.
    fn is_filtered(&self, made: &Value) {
        let Some(list) = operation(self.service, "list") else { return };
        let Output::List(listing) = &list.output else { panic!("{}", list.id) };
        for name in &listing.filter {
            let pointer = format!("/{}", name.replace('.', "/"));
            let Some(value) = made.pointer(&pointer) else { continue };
            let field = self.sandbox.field(&self.service.resource, name);
            let is_time =
                field.is_some_and(|it| it.ty == TypeRef::Scalar(Scalar::Timestamp));
            let value = match value {
                Value::String(_) if is_time => format!("timestamp({value})"),
                Value::String(_) | Value::Bool(_) | Value::Number(_) => {
                    value.to_string()
                }
                _ => continue,
            };
            let found = |operator: &str| {
                let filter = format!("obj.{name} {operator} {value}");
                let filter = utf8_percent_encode(&filter, NON_ALPHANUMERIC);
                self.listed(&format!("?filter={filter}")).contains(&made["uri"])
            };
            let place = format!("{}: {name} is {value}", self.path);
            assert!(found("=="), "{place}");
            assert!(!found("!="), "{place}");
        }
    }

    /// Returns the fields that an update can set.
    fn changeable(&self) -> Option<(&Operation, &Record)> {
        let update = operation(self.service, "update")?;
        let Body::Type(body) = &update.body else { return None };
        Some((update, self.sandbox.record_named(body)?))
    }

    fn is_changed(&self) {
        let Some((update, record)) = self.changeable() else { return };
        for field in &record.fields {
            let before = self.get();
            let body =
                json!({ field.wire.as_str(): self.sandbox.field_value(field, true) });
            let reply = self.sandbox.send(update.method, &self.path, Some(body.clone()));
            assert_eq!(reply.status, 200, "{}: {body}: {reply:?}", self.path);
            self.shows(update, &body, &reply.body);
            let after = self.get();
            assert_eq!(after, reply.body, "{}", self.path);
            for (key, value) in before.as_object().unwrap() {
                let same = after[key] == *value;
                assert!(same || self.is_set_by(key, field), "{}: {key}", self.path);
            }
        }
    }

    /// Returns true if a field of the resource returns the value of a field of a request.
    fn is_set_by(&self, key: &str, set: &Field) -> bool {
        let time = ["updated_at", "last_updated_by"];
        let shown = self.sandbox.field(&self.service.resource, key).unwrap();
        let named = set.rules.name_of().is_some();
        // What it is derived from may be what is set.
        let derived = shown.rules.derive().is_some();
        time.contains(&key)
            || named
            || derived
            || shown.wire == set.wire
            || shown.written_as.as_ref() == Some(&set.wire)
    }

    fn is_cleared(&self) {
        let Some((update, record)) = self.changeable() else { return };
        for field in &record.fields {
            if let Some(by) = field.rules.cleared_by() {
                self.is_cleared_by(by, field);
                continue;
            }
            let empty = match &field.ty {
                TypeRef::Scalar(Scalar::String)
                    if field.rules.rare().next().is_none() =>
                {
                    if field.rules.format().is_some() || field.presence.required {
                        continue;
                    }
                    json!("")
                }
                TypeRef::List(_) if field.rules.min_items().is_none() => json!([]),
                TypeRef::Map(_) => json!({}),
                _ => continue,
            };
            let body = json!({ field.wire.as_str(): empty });
            let reply = self.sandbox.send(update.method, &self.path, Some(body.clone()));
            assert_eq!(reply.status, 200, "{}: {body}: {reply:?}", self.path);
            let shown = reply.body.get(&field.wire);
            assert!(shown.is_none_or(|it| *it == empty), "{}: {body}", self.path);
        }
    }

    /// Checks that the operation for it removes the value of a field.
    fn is_cleared_by(&self, name: &str, field: &Field) {
        let (_, name) = name.rsplit_once('.').unwrap();
        let clear = operation(self.service, name).unwrap();
        let path = clear.path.to_string();
        let (_, part) = path.rsplit_once('/').unwrap();
        let set = json!({ field.wire.as_str(): self.sandbox.field_value(field, true) });
        self.sandbox.send(Method::Patch, &self.path, Some(set));
        assert!(!self.get()[part].is_null(), "{}: {part}", self.path);
        let path = format!("{}/{part}", self.path);
        assert_eq!(self.sandbox.send(clear.method, &path, None).status, 204, "{path}");
        assert!(self.get()[part].is_null(), "{path}");
        assert_eq!(self.sandbox.send(clear.method, &path, None).status, 404, "{path}");
    }

    fn is_deleted(&self) {
        if operation(self.service, "delete").is_none() {
            return;
        }
        let uri = self.get()["uri"].clone();
        let status = |method, body| self.sandbox.send(method, &self.path, body).status;
        assert_eq!(status(Method::Delete, None), 204, "{}", self.path);
        assert_eq!(status(Method::Get, None), 404, "{}", self.path);
        assert_eq!(status(Method::Delete, None), 404, "{}", self.path);
        if self.changeable().is_some() {
            assert_eq!(status(Method::Patch, Some(json!({}))), 404, "{}", self.path);
        }
        if operation(self.service, "list").is_some() {
            assert!(!self.listed("").contains(&uri), "{}", self.path);
        }
    }
}

/// Checks a value that was sent as one type and is returned as another: unchanged, as a reference, or not at all if it is secret.
fn shows(sandbox: &Sandbox, sent_as: &str, shown_as: &str, sent: &Value, shown: &Value) {
    let (Some(body), Some(resource), Some(entries)) = (
        sandbox.record_named(sent_as),
        sandbox.record_named(shown_as),
        sent.as_object(),
    ) else {
        return;
    };
    for (key, value) in entries {
        let field = body.fields.iter().find(|field| field.wire == *key).unwrap();
        let is_shown_by =
            |it: &&Field| it.wire == *key || it.written_as.as_ref() == Some(key);
        let Some(shown_by) = resource.fields.iter().find(is_shown_by) else { continue };
        let place = format!("{shown_as}.{}", shown_by.wire);
        let seen = shown.get(&shown_by.wire).unwrap_or(&Value::Null);
        let echoed = shown_by.rules.echoed();
        let ignored = shown_by.rules.derive().and_then(|rule| rule.always.clone());
        if let Some(always) = ignored {
            assert_eq!(*seen, always, "{place}");
        } else if shown_by.secret && !echoed && shown_by.only_on.is_none() {
            assert_ne!(seen, value, "{place}");
        } else if !empty(value) {
            value_shows(sandbox, field, shown_by, value, seen, &place);
        }
    }
}

fn value_shows(
    sandbox: &Sandbox,
    sent_by: &Field,
    shown_by: &Field,
    sent: &Value,
    seen: &Value,
    place: &str,
) {
    match (&sent_by.ty, &shown_by.ty) {
        (TypeRef::Record(body), TypeRef::Record(shown)) => {
            assert!(seen.is_object(), "{place} is {seen}");
            shows(sandbox, body, shown, sent, seen);
        }
        (TypeRef::List(body), TypeRef::List(shown)) => {
            let (sent, seen) = (sent.as_array().unwrap(), seen.as_array().unwrap());
            assert_eq!(sent.len(), seen.len(), "{place}");
            for (sent, seen) in sent.iter().zip(seen) {
                let part = |field: &Field, ty: &TypeRef| Field {
                    ty: ty.clone(),
                    ..field.clone()
                };
                let (body, shown) = (part(sent_by, body), part(shown_by, shown));
                value_shows(sandbox, &body, &shown, sent, seen, place);
            }
        }
        (_, TypeRef::Ref { .. }) => {
            assert_eq!(&seen["id"], sent, "{place}");
            assert!(seen["uri"].as_str().is_some(), "{place} is {seen}");
        }
        _ => assert_eq!(seen, sent, "{place}"),
    }
}

/// Returns true if a response can omit a value.
fn empty(value: &Value) -> bool {
    *value == json!("") || *value == json!([]) || *value == Value::Object(Map::new())
}
