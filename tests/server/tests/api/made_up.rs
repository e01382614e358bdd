//! Paths and bodies made up from the model, for operations that a test does not know by name.

use std::error::Error;
use std::path::Path;

use ngrok_codegen::lower::lower;
use ngrok_codegen::model::{
    Body, ConstraintKind, Field, Method, Model, Operation, Record, Scalar, Service,
    Type, TypeRef,
};
use ngrok_codegen::spec;
use ngrok_test_server::Server;
use serde_json::{Map, Value, json};

use crate::raw::{Answer, request, send, with_body};

/// A server, and the model it serves.
pub(crate) struct World {
    model: Model,
    server: Server,
}

/// The operation of a service that has this name.
pub(crate) fn operation<'a>(service: &'a Service, name: &str) -> Option<&'a Operation> {
    service.operations.iter().find(|operation| operation.name == name)
}

impl World {
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        let description = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-spec");
        let (model, _) =
            spec::load(&description).spec.as_ref().map(lower).unwrap_or_default();
        let model = model.ok_or("the description has errors")?;
        Ok(Self { model, server: Server::start()? })
    }

    pub(crate) fn services(&self) -> &[Service] {
        &self.model.services
    }

    /// Sends a request.
    pub(crate) fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let method = format!("{method:?}").to_uppercase();
        send(match body {
            Some(body) => with_body(&self.server, &method, path, body),
            None => request(&self.server, &method, path),
        })
    }

    /// Creates a resource, and whatever it needs.
    pub(crate) fn create(&self, create: &Operation, full: bool) -> Value {
        let mut path = create.path.clone();
        for parameter in &create.parameters {
            let value = self.value(&parameter.ty, false);
            path = path
                .replace(&format!("{{{}}}", parameter.wire), value.as_str().unwrap());
        }
        let answer = self.send(create.method, &path, self.body(create, full));
        assert_eq!(answer.status, 201, "{}: {answer:?}", create.id);
        answer.body
    }

    /// A body with a value in every field, or in those alone that must have one.
    pub(crate) fn body(&self, operation: &Operation, full: bool) -> Option<Value> {
        match &operation.body {
            Body::None => None,
            Body::Empty => Some(json!({})),
            Body::Type(name) => Some(self.value(&TypeRef::Record(name.clone()), full)),
        }
    }

    /// The path of a resource, from its address.
    pub(crate) fn path_of(&self, resource: &Value) -> String {
        let uri = resource["uri"].as_str().unwrap();
        uri.strip_prefix(self.server.url()).unwrap().to_owned()
    }

    /// The field of a resource with this key.
    pub(crate) fn field(&self, resource: &str, key: &str) -> Option<&Field> {
        match self.model.types.get(resource)? {
            Type::Record(record) => record.fields.iter().find(|field| field.wire == key),
            Type::Union(_) | Type::Enum(_) => None,
        }
    }

    fn value(&self, ty: &TypeRef, full: bool) -> Value {
        match ty {
            TypeRef::Scalar(Scalar::String) => json!("text"),
            TypeRef::Scalar(Scalar::Bool) => json!(true),
            TypeRef::Scalar(Scalar::Timestamp) => json!("2026-01-31T12:00:00Z"),
            TypeRef::Scalar(_) => json!(1),
            TypeRef::Id { kinds, .. } | TypeRef::Ref { kinds, .. } => self.id(&kinds[0]),
            TypeRef::List(element) => json!([self.value(element, full)]),
            TypeRef::Map(element) => json!({ "key": self.value(element, full) }),
            TypeRef::Enum(name) | TypeRef::Record(name) => match &self.model.types[name]
            {
                Type::Enum(known) => json!(known.variants[0].wire),
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
            if field.presence.required || is_chosen(record, field, full) {
                object.insert(field.wire.clone(), self.value(&field.ty, full));
            }
        }
        Value::Object(object)
    }

    /// The id of a new resource of this type.
    fn id(&self, resource: &str) -> Value {
        let home = self.services().iter().find(|service| service.resource == resource);
        match home.and_then(|service| operation(service, "create")) {
            Some(create) => self.create(create, false)["id"].clone(),
            None => json!("usr_somebody"),
        }
    }
}

/// Whether to set a field that need not be set: of several that exclude each other, the first.
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
