//! Kinds of resources: the services of the model whose resources can be created and deleted.
//!
//! Takes a [`Model`], returns [`Kinds`]. Planning and applying access resources only through this module.

use std::collections::BTreeMap;

use ngrok_api_model::{
    Apply, Body, Choice, Equality, Field as ModelField, Method, Model, Operation,
    Output, Record, Service, Type, TypeRef, Union,
};
use serde_json::Value;

use crate::state::Identity;

/// All kinds of resources that can be managed, by name.
#[derive(Debug, Clone)]
pub struct Kinds {
    kinds: BTreeMap<String, Kind>,
    by_resource: BTreeMap<String, String>,
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
    /// Call that creates a resource.
    pub create: Call,
    /// Call that fetches one resource.
    pub get: Call,
    /// Call that lists all resources and does not depend on another one, if there is one.
    pub list: Option<ListCall>,
    /// List of another kind whose items contain the resources, if they have no list of their own.
    pub embedded: Option<Embedded>,
    /// Call that updates a resource, if there is one.
    pub update: Option<Call>,
    /// Call that deletes a resource.
    pub delete: Call,
    /// Fields that can be set on creation, path parameters first.
    pub fields: Vec<Field>,
    /// Identification and treatment of resources by tools.
    pub apply: Apply,
}

/// One call of the API.
#[derive(Debug, Clone)]
pub struct Call {
    /// HTTP method.
    pub method: Method,
    /// Path with `{parameters}`.
    pub path: String,
    /// Names of the parameters.
    pub parameters: Vec<String>,
    /// True if it has a body.
    pub has_body: bool,
}

/// Call that lists resources, page by page.
#[derive(Debug, Clone)]
pub struct ListCall {
    /// Request of the first page.
    pub call: Call,
    /// Key of the items in a page.
    pub items: String,
}

/// Resources contained in those of another kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// The other kind.
    pub kind: String,
    /// The field that contains them.
    pub field: String,
}

/// A field or path parameter that can be set on creation.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact")]
pub struct Field {
    /// Key in the body, or name of the path parameter.
    pub name: String,
    /// True for a path parameter, which is not part of the body.
    pub in_path: bool,
    /// Relation between its forms in requests and responses.
    pub shape: Shape,
    /// The response field with its value; `None` if the API never returns it.
    pub response: Option<String>,
    /// True if an update can change it; otherwise a change replaces the resource.
    pub updatable: bool,
    /// True for one of several alternatives that cannot be exchanged after creation.
    pub alternative: bool,
    /// True if creation requires it.
    pub required: bool,
    /// True if it can be set to null.
    pub nullable: bool,
    /// True if its value must not be shown or stored.
    pub secret: bool,
    /// Type of the value in requests.
    pub ty: TypeRef,
}

/// Shapes of fields, for comparison of requests with responses.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A value that has the same form in requests and responses.
    Plain(Option<Equality>),
    /// An ID in requests, an object with that ID in responses.
    Reference,
    /// An object, with the shapes of its keys.
    Object(Vec<Field>),
    /// A list whose elements have one shape.
    List(Box<Shape>, Option<Equality>),
    /// A map whose values have one shape.
    Map(Box<Shape>),
}

impl Kinds {
    /// Returns every kind of a model that can be created, fetched and deleted, and that has an `apply` description.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let kinds: BTreeMap<_, _> = model
            .services
            .iter()
            .filter_map(|service| kind(model, service))
            .map(|kind| (kind.name.clone(), kind))
            .collect();
        let by_resource =
            kinds.values().map(|kind| (kind.resource.clone(), kind.name.clone()));
        Self { by_resource: by_resource.collect(), kinds }
    }

    /// Returns the kind of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Kind> {
        self.kinds.get(name)
    }

    /// Returns the kind whose resources have this type.
    #[must_use]
    pub fn of_resource(&self, resource: &str) -> Option<&Kind> {
        self.by_resource.get(resource).and_then(|name| self.kinds.get(name))
    }

    /// Returns all kinds in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.values()
    }
}

impl Field {
    /// Returns the parts of a value that an update can send.
    #[must_use]
    pub fn updatable_part(&self, value: &Value) -> Value {
        self.shape.updatable_part(value)
    }
}

impl Shape {
    fn updatable_part(&self, value: &Value) -> Value {
        match (self, value) {
            (Self::Object(fields), Value::Object(object)) => {
                let part = |(key, value): (&String, &Value)| {
                    let field = fields.iter().find(|it| it.name == *key)?;
                    field.updatable.then(|| (key.clone(), field.updatable_part(value)))
                };
                Value::Object(object.iter().filter_map(part).collect())
            }
            (Self::List(item, _), Value::Array(items)) => {
                Value::Array(items.iter().map(|it| item.updatable_part(it)).collect())
            }
            (Self::Map(item), Value::Object(object)) => {
                let object = object.iter();
                let object =
                    object.map(|(key, it)| (key.clone(), item.updatable_part(it)));
                Value::Object(object.collect())
            }
            (_, value) => value.clone(),
        }
    }
}

impl Kind {
    /// Returns the field or path parameter with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Returns the identity of a resource, if its representation or its desired values contain it.
    #[must_use]
    pub fn identity(&self, values: &Value) -> Option<Identity> {
        let text = |name: &String| {
            let value = values.get(name)?.as_str().filter(|it| !it.is_empty())?;
            Some((name.clone(), value.to_owned()))
        };
        self.get.parameters.iter().map(text).collect()
    }
}

fn kind(model: &Model, service: &Service) -> Option<Kind> {
    let operation = |name: &str| service.operations.iter().find(|it| it.name == name);
    let (create, get, delete) =
        (operation("create")?, operation("get")?, operation("delete")?);
    let response = record(model, &service.resource)?;
    let update = operation("update").or_else(|| operation("replace"));
    let updated = update.and_then(|it| body(model, it));
    let mut fields: Vec<_> = create
        .parameters
        .iter()
        .map(|it| path_field(response, &it.wire, &it.ty))
        .collect();
    let shapes = Shapes { model, depth: 0 };
    for field in body(model, create).into_iter().flat_map(|it| &it.fields) {
        fields.push(shapes.field(field, response, updated));
    }
    let list = operation("list").and_then(|list| match &list.output {
        // A list below another resource requires that resource.
        Output::List(listing) if list.parameters.is_empty() => {
            Some(ListCall { call: call(list), items: listing.key.clone() })
        }
        _ => None,
    });
    Some(Kind {
        name: service.accessor.join("."),
        noun: service.noun.clone(),
        resource: service.resource.clone(),
        create: call(create),
        get: call(get),
        embedded: embedded(model, &service.resource),
        list,
        update: update.map(call),
        delete: call(delete),
        fields,
        apply: service.apply.clone()?,
    })
}

/// Finds the resource whose responses contain a list of `resource`.
fn embedded(model: &Model, resource: &str) -> Option<Embedded> {
    let contains = |ty: &TypeRef| matches!(ty, TypeRef::List(item) if **item == TypeRef::Record(resource.to_owned()));
    model.services.iter().find_map(|service| {
        let fields = &record(model, &service.resource)?.fields;
        let field = fields.iter().find(|it| contains(&it.ty))?;
        Some(Embedded { kind: service.accessor.join("."), field: field.wire.clone() })
    })
}

fn call(operation: &Operation) -> Call {
    Call {
        method: operation.method,
        path: operation.path.clone(),
        parameters: operation.parameters.iter().map(|it| it.wire.clone()).collect(),
        has_body: operation.body != Body::None,
    }
}

fn record<'a>(model: &'a Model, name: &str) -> Option<&'a Record> {
    match model.types.get(name)? {
        Type::Record(record) => Some(record),
        Type::Union(_) | Type::Enum(_) => None,
    }
}

fn body<'a>(model: &'a Model, operation: &Operation) -> Option<&'a Record> {
    match &operation.body {
        Body::Type(name) => record(model, name),
        Body::None | Body::Empty => None,
    }
}

fn path_field(response: &Record, name: &str, ty: &TypeRef) -> Field {
    let read = response.fields.iter().find(|it| it.wire == name);
    Field {
        name: name.to_owned(),
        in_path: true,
        shape: Shape::Plain(None),
        response: read.map(|it| it.wire.clone()),
        updatable: false,
        alternative: false,
        required: true,
        nullable: false,
        secret: false,
        ty: ty.clone(),
    }
}

/// Derives the shapes of fields, down to a depth at which recursive types are compared as plain values.
#[derive(Clone, Copy)]
struct Shapes<'a> {
    model: &'a Model,
    depth: usize,
}

impl Shapes<'_> {
    /// Derives a field from its types in the bodies of creation, responses and updates; the last is `None` without updates.
    fn field(
        self,
        field: &ModelField,
        response: &Record,
        updated: Option<&Record>,
    ) -> Field {
        let written = |it: &&ModelField| it.written_as.as_deref() == Some(&field.wire);
        let same = |it: &&ModelField| it.wire == field.wire && it.only_on.is_none();
        let read = response.fields.iter().find(written);
        let read = read.or_else(|| response.fields.iter().find(same));
        // What is the same in every response says nothing about what was stated.
        let constant =
            |it: &&ModelField| it.rules.derive().is_some_and(|it| it.always.is_some());
        let read = read.filter(|it| !constant(it));
        let update =
            updated.and_then(|it| it.fields.iter().find(|it| it.wire == field.wire));
        let forms =
            Forms { read: read.map(|it| &it.ty), updated: update.map(|it| &it.ty) };
        Field {
            name: field.wire.clone(),
            in_path: false,
            shape: self.shape(&field.ty, forms, field.equal),
            response: read.map(|it| it.wire.clone()),
            updatable: update.is_some(),
            alternative: false,
            required: field.presence.required,
            nullable: update.is_some_and(|it| it.presence.nullable),
            secret: field.secret,
            ty: field.ty.clone(),
        }
    }

    fn shape(self, ty: &TypeRef, forms: Forms<'_>, equal: Option<Equality>) -> Shape {
        match ty {
            TypeRef::Id { .. } if matches!(forms.read, Some(TypeRef::Ref { .. })) => {
                Shape::Reference
            }
            TypeRef::List(item) => {
                let (own, inner) = match equal {
                    Some(Equality::Unordered) => (equal, None),
                    other => (None, other),
                };
                Shape::List(Box::new(self.shape(item, forms.element(), inner)), own)
            }
            TypeRef::Map(value) => {
                Shape::Map(Box::new(self.shape(value, forms.element(), equal)))
            }
            TypeRef::Record(name) if self.depth < 8 => self.object(name, forms, equal),
            _ => Shape::Plain(equal),
        }
    }

    fn object(self, name: &str, forms: Forms<'_>, equal: Option<Equality>) -> Shape {
        let deeper = Self { depth: self.depth + 1, ..self };
        let named = |ty: Option<&TypeRef>| {
            let name = match ty {
                Some(TypeRef::Record(name)) => name,
                _ => name,
            };
            self.model.types.get(name)
        };
        match (self.model.types.get(name), named(forms.read), named(forms.updated)) {
            (
                Some(Type::Record(sent)),
                Some(Type::Record(read)),
                Some(Type::Record(updated)),
            ) => {
                let fields = sent.fields.iter();
                let fields = fields.map(|it| deeper.field(it, read, Some(updated)));
                Shape::Object(fields.collect())
            }
            (Some(Type::Union(sent)), Some(Type::Union(read)), _) => {
                let choices = sent.choices.iter();
                Shape::Object(
                    choices.map(|it| deeper.choice(it, read, sent.fixed)).collect(),
                )
            }
            _ => Shape::Plain(equal),
        }
    }

    fn choice(self, choice: &Choice, read: &Union, fixed: bool) -> Field {
        let ty = TypeRef::Record(choice.ty.clone());
        let read = read.choices.iter().find(|it| it.wire == choice.wire);
        let read_type = read.map(|it| TypeRef::Record(it.ty.clone()));
        let forms = Forms { read: read_type.as_ref(), updated: None };
        Field {
            name: choice.wire.clone(),
            in_path: false,
            shape: self.shape(&ty, forms, None),
            response: read.map(|it| it.wire.clone()),
            updatable: true,
            alternative: fixed,
            required: false,
            nullable: true,
            secret: false,
            ty,
        }
    }
}

/// The types of a value besides that on creation.
#[derive(Clone, Copy)]
struct Forms<'a> {
    read: Option<&'a TypeRef>,
    updated: Option<&'a TypeRef>,
}

impl<'a> Forms<'a> {
    /// Returns the types of the elements of a list or map.
    fn element(self) -> Self {
        let element = |ty: Option<&'a TypeRef>| match ty {
            Some(TypeRef::List(it) | TypeRef::Map(it)) => Some(&**it),
            _ => None,
        };
        Self { read: element(self.read), updated: element(self.updated) }
    }
}
