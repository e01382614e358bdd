//! Generated paths and bodies, for operations that a test does not know by name.

use std::error::Error;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use ngrok_codegen::load;
use ngrok_codegen::model::{
    Body, Conditions, ConstraintKind, Field, Method, Model, Operation, Record, Rules,
    Scalar, Service, Type, TypeRef,
};
use ngrok_test_server::Server;
use serde_json::{Map, Value, json};

use crate::raw::{Reply, request, send, with_body};

/// A server, and the model it serves.
pub(crate) struct Sandbox {
    model: Model,
    pub(crate) server: Server,
    /// How many values there were made up.
    made: AtomicUsize,
}

/// Returns the operation of a service with this name.
pub(crate) fn operation<'a>(service: &'a Service, name: &str) -> Option<&'a Operation> {
    service.operations.iter().find(|operation| operation.name == name)
}

/// Returns the model of the description.
pub(crate) fn model() -> Result<Model, Box<dyn Error>> {
    let description = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-spec");
    Ok(load(&description).into_model()?)
}

impl Sandbox {
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        Self::on(Server::start()?)
    }

    /// The same with a server of the test's own.
    pub(crate) fn on(server: Server) -> Result<Self, Box<dyn Error>> {
        Ok(Self { model: model()?, server, made: AtomicUsize::new(1) })
    }

    pub(crate) fn services(&self) -> &[Service] {
        &self.model.services
    }

    /// Sends a request of any method, without a body.
    pub(crate) fn send_as(&self, method: &str, path: &str) -> Reply {
        send(request(&self.server, method, path))
    }

    /// Sends a request.
    pub(crate) fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let method = format!("{method:?}").to_uppercase();
        send(match body {
            Some(body) => with_body(&self.server, &method, path, body),
            None => request(&self.server, &method, path),
        })
    }

    /// Creates a resource, and its prerequisites.
    pub(crate) fn create(&self, create: &Operation, full: bool) -> Value {
        self.create_with(create, &self.body(create, full).unwrap())
    }

    /// Creates a resource from this body.
    pub(crate) fn create_with(&self, create: &Operation, body: &Value) -> Value {
        let mut path = create.path.to_string();
        for parameter in &create.parameters {
            let value = self.value(&parameter.ty, false);
            path = path
                .replace(&format!("{{{}}}", parameter.wire), value.as_str().unwrap());
        }
        let reply = self.send(create.method, &path, Some(body.clone()));
        assert_eq!(reply.status, 201, "{}: {body}: {reply:?}", create.id);
        reply.body
    }

    /// Generates a body with all fields, or with the required fields only.
    pub(crate) fn body(&self, operation: &Operation, full: bool) -> Option<Value> {
        match &operation.body {
            Body::None => None,
            Body::Empty => Some(json!({})),
            Body::Type(name) => Some(self.value(&TypeRef::Record(name.clone()), full)),
        }
    }

    /// Returns the path of a resource, from its address.
    pub(crate) fn path_of(&self, resource: &Value) -> String {
        let uri = resource["uri"].as_str().unwrap();
        uri.strip_prefix(self.server.url()).unwrap().to_owned()
    }

    /// Returns the record with this name.
    pub(crate) fn record_named(&self, name: &str) -> Option<&Record> {
        match self.model.types.get(name)? {
            Type::Record(record) => Some(record),
            Type::Union(_) | Type::Enum(_) => None,
        }
    }

    /// Returns the field of a resource with this key.
    pub(crate) fn field(&self, resource: &str, key: &str) -> Option<&Field> {
        match self.model.types.get(resource)? {
            Type::Record(record) => record.fields.iter().find(|field| field.wire == key),
            Type::Union(_) | Type::Enum(_) => None,
        }
    }

    /// Generates a value of a type, unique where possible.
    pub(crate) fn value(&self, ty: &TypeRef, full: bool) -> Value {
        self.limited(ty, &Rules::default(), full)
    }

    /// Generates a valid value of a field.
    pub(crate) fn field_value(&self, field: &Field, full: bool) -> Value {
        self.limited(&field.ty, &field.rules, full)
    }

    fn limited(&self, ty: &TypeRef, rules: &Rules, full: bool) -> Value {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        match ty {
            TypeRef::Scalar(Scalar::String) => json!(text(rules, number)),
            TypeRef::Scalar(Scalar::Bool) => json!(number.is_multiple_of(2)),
            TypeRef::Scalar(Scalar::Timestamp) => {
                json!(format!(
                    "2026-01-31T12:{:02}:{:02}Z",
                    number / 60 % 60,
                    number % 60
                ))
            }
            TypeRef::Scalar(Scalar::Float64) => json!(0.25),
            TypeRef::Scalar(_) => json!(whole(rules, number)),
            TypeRef::Id { kinds, .. } | TypeRef::Ref { kinds, .. } => self.id(&kinds[0]),
            TypeRef::List(element) => json!([self.limited(element, rules, full)]),
            TypeRef::Map(element) => {
                json!({ key(rules): self.limited(element, rules, full) })
            }
            TypeRef::Enum(name) | TypeRef::Record(name) => match &self.model.types[name]
            {
                Type::Enum(known) => {
                    json!(known.variants[number % known.variants.len()].wire)
                }
                Type::Record(record) => self.record(record, full),
                Type::Union(union) => {
                    let choice = &union.choices[0];
                    let part = self.value(&TypeRef::Record(choice.ty.clone()), full);
                    json!({ choice.wire.as_str(): part })
                }
            },
        }
    }

    fn record(&self, record: &Record, full: bool) -> Value {
        let mut object = Map::new();
        for field in &record.fields {
            let needed =
                field.rules.non_empty().first().is_some_and(|it| it == "create");
            if field.presence.required || needed || is_chosen(record, field, full) {
                object.insert(field.wire.clone(), self.field_value(field, full));
            }
        }
        for field in &record.fields {
            let rule = |conditions: Option<&Conditions>| {
                conditions?
                    .iter()
                    .next()
                    .map(|(key, wanted)| object.get(key) == Some(wanted))
            };
            if rule(field.rules.only_if()) == Some(false)
                || rule(field.rules.null_if()) == Some(true)
            {
                object.remove(&field.wire);
            }
        }
        Value::Object(object)
    }

    /// Creates a resource of this type and returns its ID.
    fn id(&self, resource: &str) -> Value {
        let home = self.services().iter().find(|service| service.resource == resource);
        match home.and_then(|service| operation(service, "create")) {
            Some(create) => self.create(create, false)["id"].clone(),
            // The fields that refer to users accept any ID.
            None => json!("usr_1"),
        }
    }
}

/// Returns true if an optional field is to be set: of several exclusive ones, the first.
fn is_chosen(record: &Record, field: &Field, full: bool) -> bool {
    let rule = record.constraints.iter().find(|rule| {
        let excludes =
            matches!(rule.kind, ConstraintKind::OneOf | ConstraintKind::AtMostOneOf);
        excludes && rule.fields.contains(&field.wire)
    });
    match rule {
        Some(rule) => {
            let needed = full || rule.kind == ConstraintKind::OneOf;
            needed && rule.fields.first() == Some(&field.wire)
        }
        None => full,
    }
}

/// A text that a field with these rules may have.
fn text(rules: &Rules, number: usize) -> String {
    match rules.format().unwrap_or_default() {
        "acl_rule" => format!("bind:*.example{number}.com"),
        "csr" | "pem" => format!("-----BEGIN CERTIFICATE----- {number}"),
        "openssh_authorized_key" => format!("ssh-ed25519 AAAA{number}"),
        "tls_version" => "1.2".to_owned(),
        "urn" => format!("urn:x:{number}"),
        "xml" => format!("<x>{number}</x>"),
        "arn" => format!("arn:aws:iam::123456789012:role/r{number}"),
        "cidr" => format!("10.{}.0.0/16", number % 256),
        "email" => format!("user{number}@example.com"),
        "hex" => format!("{number:08x}"),
        "hostname" | "hostname_or_ip" => format!("host{number}.example.com"),
        "hostport" => format!("host{number}.example.com:443"),
        "ip" => format!("192.0.2.{}", number % 256),
        "iso_country_code" => "US".to_owned(),
        "uri" | "url" => format!("https://host{number}.example.com/"),
        _ => format!("text{number}"),
    }
}

fn whole(rules: &Rules, number: usize) -> i64 {
    let number = i64::try_from(number).unwrap();
    match (rules.one_of().first(), rules.format()) {
        (Some(one), _) => *one,
        (None, Some("http_status")) => 200 + number % 100,
        _ => 1 + number % 100,
    }
}

fn key(rules: &Rules) -> String {
    rules.known_keys().first().map_or("x-key", String::as_str).to_owned()
}
