//! Kinds of resources: the services of the model whose resources can be created and deleted.
//!
//! Takes a [`Model`], returns [`Kinds`]. Planning and applying access resources only through this module.

use std::collections::BTreeMap;

use ngrok_api_model::{
    Apply, ConstraintKind, Field as ModelField, KeyField, Model, Operation, Presence,
    Record, Service, TypeRef,
};
use serde_json::Value;

use crate::api::Request;
use crate::compare::normal_text;
use crate::shape::{Field, SECRET, Shapes};
use crate::state::Identity;

/// All kinds of resources that can be managed, by name.
#[derive(Debug, Clone)]
pub struct Kinds {
    kinds: BTreeMap<String, Kind>,
}

/// A kind of resource, such as `ip_policies`.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Accessor of its service, joined with dots: `edges.https`.
    pub name: String,
    /// Noun for one resource.
    pub noun: String,
    /// Name of the response type.
    pub resource: String,
    /// Operation that creates a resource.
    pub create: Operation,
    /// Operation that fetches one resource.
    pub get: Operation,
    /// Operation that lists all resources and does not depend on another one, if there is one.
    pub list: Option<Operation>,
    /// List of another kind whose items contain the resources, if they have no list of their own.
    pub embedded: Option<Embedded>,
    /// Operation that updates a resource, if there is one.
    pub update: Option<Operation>,
    /// Operation that deletes a resource.
    pub delete: Operation,
    /// Fields, path parameters first, and those that only responses have last.
    pub fields: Vec<Field>,
    /// Names of the fields of responses.
    pub returned: Vec<String>,
    /// Groups of fields of which at most one can be set on creation, the preferred one first.
    pub alternatives: Vec<Vec<String>>,
    /// Identification and treatment of resources by tools.
    pub apply: Apply,
}

/// Resources contained in those of another kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// The other kind.
    pub kind: String,
    /// The field that contains them.
    pub field: String,
}

impl Kinds {
    /// Returns every kind of a model that can be created, fetched and deleted, and that has an `apply` description.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let kinds = model.services.iter().filter_map(|service| kind(model, service));
        Self { kinds: kinds.map(|kind| (kind.name.clone(), kind)).collect() }
    }

    /// Returns the kind of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Kind> {
        self.kinds.get(name)
    }

    /// Returns all kinds in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.values()
    }
}

impl Kind {
    /// Returns the field or path parameter with this name that can be set on creation.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.sent && field.name == name)
    }

    /// Returns the kind whose list contains its resources, if there is one.
    #[must_use]
    pub fn listed(&self) -> Option<&String> {
        let own = self.list.is_some().then_some(&self.name);
        own.or_else(|| self.embedded.as_ref().map(|it| &it.kind))
    }

    /// Returns the names of the parameters that identify a resource.
    pub fn identifiers(&self) -> impl Iterator<Item = &String> {
        self.get.parameters.iter().map(|it| &it.wire)
    }

    /// Returns the identity of a resource, if its representation or its desired values contain it.
    #[must_use]
    pub fn identity(&self, values: &Value) -> Option<Identity> {
        let text = |name: &String| {
            let value = values.get(name)?.as_str().filter(|it| !it.is_empty())?;
            Some((name.clone(), value.to_owned()))
        };
        self.identifiers().map(text).collect()
    }
}

impl Kind {
    /// Returns the request that creates a resource with these values.
    #[must_use]
    pub fn creation(&self, values: &Value) -> Request {
        let mut body = values.clone();
        if let Some(body) = body.as_object_mut() {
            body.retain(|name, _| self.field(name).is_none_or(|it| !it.in_path));
        }
        Request::new(&self.create, values, Some(body))
    }

    /// Returns a value of a field without the secrets in it.
    #[must_use]
    pub fn redacted(&self, field: &str, value: &Value) -> Value {
        let field = self.field(field);
        field.map_or_else(|| Value::from(SECRET), |it| it.redacted(value))
    }

    /// Returns the natural key of a response, in a form in which equivalent keys are the same.
    pub(crate) fn key_of(&self, response: &Value) -> Option<String> {
        self.key(|part| response.get(self.field(&part.name)?.response()?))
    }

    /// Returns the natural key with these values, in a form in which equivalent keys are the same.
    pub(crate) fn key<'v>(
        &self,
        value: impl Fn(&KeyField) -> Option<&'v Value>,
    ) -> Option<String> {
        let part = |part: &KeyField| {
            Some(normal_text(&self.field(&part.name)?.shape, value(part)?) + "\n")
        };
        self.apply.key.iter().map(part).collect()
    }
}

fn kind(model: &Model, service: &Service) -> Option<Kind> {
    let operation = |name: &str| service.operation(name).cloned();
    let create = operation("create")?;
    let response = model.record(&service.resource)?;
    let update = operation("update");
    let body = |operation: &Operation| model.record(operation.body_type()?);
    let parameters = create.parameters.iter().map(|parameter| {
        let facts = ModelField {
            wire: parameter.wire.clone(),
            ty: parameter.ty.clone(),
            docs: parameter.docs.clone(),
            presence: Presence { required: true, ..Presence::default() },
            ..ModelField::default()
        };
        let read = response.fields.iter().find(|it| it.wire == parameter.wire);
        let read = read.cloned();
        Field { in_path: true, read, updatable: false, ..Field::new(facts) }
    });
    let sent = body(&create).map(|it| it.fields.as_slice()).unwrap_or_default();
    let updated = update.as_ref().and_then(body);
    let shapes = Shapes { model, depth: 0 };
    let fields = shapes.fields(parameters.collect(), sent, Some(response), updated);
    let alternatives = body(&create).map(alternatives).unwrap_or_default();
    Some(Kind {
        name: service.label(),
        noun: service.noun.clone(),
        resource: service.resource.clone(),
        create,
        get: operation("get")?,
        // A list below another resource requires that resource.
        list: operation("list")
            .filter(|it| it.listing().is_some() && it.parameters.is_empty()),
        embedded: embedded(model, &service.resource),
        update,
        delete: operation("delete")?,
        fields,
        returned: response.fields.iter().map(|it| it.wire.clone()).collect(),
        alternatives,
        apply: service.apply.clone()?,
    })
}

/// Returns the groups of fields of a body of which at most one can be set.
fn alternatives(body: &Record) -> Vec<Vec<String>> {
    let exclusive = body.constraints.iter().filter(|it| {
        matches!(it.kind, ConstraintKind::OneOf | ConstraintKind::AtMostOneOf)
    });
    exclusive.map(|it| it.fields.clone()).collect()
}

/// Finds the resource whose responses contain a list of `resource`.
fn embedded(model: &Model, resource: &str) -> Option<Embedded> {
    let contains = |ty: &TypeRef| matches!(ty, TypeRef::List(item) if **item == TypeRef::Record(resource.to_owned()));
    model.services.iter().find_map(|service| {
        let fields = &model.record(&service.resource)?.fields;
        let field = fields.iter().find(|it| contains(&it.ty))?;
        Some(Embedded { kind: service.label(), field: field.wire.clone() })
    })
}
