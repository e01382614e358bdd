//! Fields and their shapes: how a value in a request relates to the one in responses, derived from the types of the model.

use ngrok_api_model::check::{check_list, check_number};
use ngrok_api_model::{
    Choice, Equality, Field as ModelField, Model, Operation, Record, Scalar, ScalarKind,
    Type, TypeRef, Union,
};
use serde_json::{Map, Value};

/// Types that contain themselves are compared as plain values below this depth.
const DEEPEST: usize = 8;

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
    /// True if it can be cleared; otherwise that replaces the resource.
    pub clearable: bool,
    /// Operation that clears it, where an update cannot.
    pub cleared_by: Option<Box<Operation>>,
    /// True for one of several alternatives that cannot be exchanged after creation.
    pub alternative: bool,
    /// True if creation requires it.
    pub required: bool,
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

impl Field {
    /// Returns an optional field of a body that updates can change and that responses do not contain.
    #[must_use]
    pub fn new(name: &str, ty: &TypeRef) -> Self {
        Self {
            name: name.to_owned(),
            in_path: false,
            shape: Shape::Plain(None),
            response: None,
            updatable: true,
            clearable: true,
            cleared_by: None,
            alternative: false,
            required: false,
            secret: false,
            ty: ty.clone(),
        }
    }

    /// Returns the parts of a value that an update can send.
    #[must_use]
    pub fn updatable_part(&self, value: &Value) -> Value {
        self.shape.rebuild(value, &|field, value| {
            field.filter(|it| it.updatable).map(|it| it.updatable_part(value))
        })
    }

    /// Returns the value that clears a field. APIs that merge changes take null for a field that is not given.
    #[must_use]
    pub fn empty_value(&self) -> Value {
        match (&self.shape, &self.ty) {
            (Shape::List(..), _) => Value::Array(Vec::new()),
            (Shape::Map(_) | Shape::Object(_), _) => Value::Object(Map::new()),
            (_, TypeRef::Scalar(Scalar::Bool)) => Value::from(false),
            (_, ty) if is_number(ty) => Value::from(0),
            _ => Value::from(""),
        }
    }
}

impl Shape {
    /// Returns the fields of an object.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Object(fields) => fields,
            _ => &[],
        }
    }

    /// Rebuilds a value: `change` returns the new value of each key of an object, or `None` to leave it out. It receives the
    /// field of the key, if there is one.
    pub(crate) fn rebuild(
        &self,
        value: &Value,
        change: &dyn Fn(Option<&Field>, &Value) -> Option<Value>,
    ) -> Value {
        match (self, value) {
            (Self::Object(fields), Value::Object(object)) => {
                let part = |(key, value): (&String, &Value)| {
                    let sent = fields.iter().find(|it| it.name == *key);
                    let read =
                        || fields.iter().find(|it| it.response.as_ref() == Some(key));
                    Some((key.clone(), change(sent.or_else(read), value)?))
                };
                object.iter().filter_map(part).collect()
            }
            (Self::List(item, _), Value::Array(items)) => {
                items.iter().map(|it| item.rebuild(it, change)).collect()
            }
            (Self::Map(item), Value::Object(object)) => {
                let item = |(key, it): (&String, &Value)| {
                    (key.clone(), item.rebuild(it, change))
                };
                object.iter().map(item).collect()
            }
            (_, value) => value.clone(),
        }
    }

    /// Calls `visit` with every field within a value, and with its path and its own value.
    pub(crate) fn visit(
        &self,
        path: &str,
        value: &Value,
        visit: &mut dyn FnMut(&Field, &str, &Value),
    ) {
        match (self, value) {
            (Self::Object(fields), Value::Object(object)) => {
                for (field, value) in
                    fields.iter().filter_map(|it| Some((it, object.get(&it.name)?)))
                {
                    field.visit(&format!("{path}."), value, visit);
                }
            }
            (Self::List(item, _), Value::Array(items)) => {
                for (at, value) in items.iter().enumerate() {
                    item.visit(&format!("{path}[{at}]"), value, visit);
                }
            }
            (Self::Map(item), Value::Object(object)) => {
                for (key, value) in object {
                    item.visit(&format!("{path}.{key}"), value, visit);
                }
            }
            _ => {}
        }
    }
}

impl Field {
    /// Calls `visit` with this field and every field within its value.
    pub(crate) fn visit(
        &self,
        prefix: &str,
        value: &Value,
        visit: &mut dyn FnMut(&Self, &str, &Value),
    ) {
        let path = format!("{prefix}{}", self.name);
        visit(self, &path, value);
        self.shape.visit(&path, value, visit);
    }
}

/// Derives the fields of an object from its types in the bodies of creation, responses and updates.
#[derive(Clone, Copy)]
pub(crate) struct Shapes<'a> {
    pub(crate) model: &'a Model,
    pub(crate) depth: usize,
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

impl Shapes<'_> {
    /// Derives a field; `updated` is `None` without updates.
    pub(crate) fn field(
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
        let cleared_by = self.cleared_by(field).map(Box::new);
        Field {
            shape: self.shape(&field.ty, forms, field.equal),
            response: read.map(|it| it.wire.clone()),
            updatable: update.is_some(),
            clearable: cleared_by.is_some() || update.is_some_and(accepts_empty),
            cleared_by,
            required: field.presence.required,
            secret: field.secret,
            ..Field::new(&field.wire, &field.ty)
        }
    }

    fn cleared_by(self, field: &ModelField) -> Option<Operation> {
        let (accessor, name) = field.rules.cleared_by()?.rsplit_once('.')?;
        let mut services = self.model.services.iter();
        let service = services.find(|it| it.accessor.join(".") == accessor)?;
        service.operation(name).cloned()
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
            TypeRef::Record(name) if self.depth < DEEPEST => {
                self.object(name, forms, equal)
            }
            _ => Shape::Plain(equal),
        }
    }

    fn object(self, name: &str, forms: Forms<'_>, equal: Option<Equality>) -> Shape {
        let deeper = Self { depth: self.depth + 1, ..self };
        let named = |ty: Option<&TypeRef>| match ty {
            Some(TypeRef::Record(name)) => self.model.types.get(name),
            _ => self.model.types.get(name),
        };
        match (named(None), named(forms.read), named(forms.updated)) {
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
                let choices = choices.map(|it| deeper.choice(it, read, sent.fixed));
                Shape::Object(choices.collect())
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
            shape: self.shape(&ty, forms, None),
            response: read.map(|it| it.wire.clone()),
            alternative: fixed,
            ..Field::new(&choice.wire, &ty)
        }
    }
}

/// Returns whether the rules of a field allow its empty value.
fn accepts_empty(field: &ModelField) -> bool {
    match &field.ty {
        TypeRef::List(_) => check_list(&field.rules, &[]).is_empty(),
        ty if is_number(ty) => check_number(&field.rules, 0.0).is_empty(),
        _ => true,
    }
}

fn is_number(ty: &TypeRef) -> bool {
    let kind =
        |it: &Scalar| matches!(it.kind(), ScalarKind::Integer | ScalarKind::Number);
    matches!(ty, TypeRef::Scalar(scalar) if kind(scalar))
}
