//! Fields and their shapes: how a value in a request relates to the one in responses, derived from the types of the model.

use std::cell::Cell;

use ngrok_api_model::check::{check_list, check_number};
use ngrok_api_model::{
    Choice, Equality, Field as ModelField, Model, Operation, Record, Scalar, ScalarKind,
    Type, TypeRef, Union,
};
use serde_json::{Map, Value};

use crate::compare::is_empty;

/// Placeholder of a secret value.
pub(crate) const SECRET: &str = "(secret)";

/// Types that contain themselves are compared as plain values below this depth.
const DEEPEST: usize = 8;

/// A field of requests, responses or both, or a path parameter.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact")]
pub struct Field {
    /// Key in requests, or name of the path parameter; the key in responses if requests do not have it.
    pub name: String,
    /// Its description: that of requests, if they have it.
    pub facts: ModelField,
    /// True if it can be set on creation.
    pub sent: bool,
    /// True for a path parameter, which is not part of the body.
    pub in_path: bool,
    /// Relation between its forms in requests and responses.
    pub shape: Shape,
    /// The response field with its value; `None` if the API never returns it.
    pub read: Option<ModelField>,
    /// True if an update can change it; otherwise a change replaces the resource.
    pub updatable: bool,
    /// True if it can be cleared; otherwise that replaces the resource.
    pub clearable: bool,
    /// Operation that clears it, where an update cannot.
    pub cleared_by: Option<Box<Operation>>,
    /// True for one of several alternatives that cannot be exchanged after creation.
    pub alternative: bool,
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
    /// A list whose elements have one shape, and whether their order is ignored.
    List(Box<Shape>, bool),
    /// A map whose values have one shape.
    Map(Box<Shape>),
}

impl Field {
    /// Returns a field of requests that updates can change and that responses do not contain.
    pub(crate) fn new(facts: ModelField) -> Self {
        Self {
            name: facts.wire.clone(),
            sent: true,
            shape: Shape::Plain(facts.equal),
            updatable: true,
            clearable: true,
            facts,
            ..Self::default()
        }
    }

    /// Returns the fields of a response.
    #[must_use]
    pub fn of_responses(model: &Model, record: &Record) -> Vec<Self> {
        Shapes { model, depth: 0 }.fields(Vec::new(), &[], Some(record), None)
    }

    /// Returns the key of responses that has its value.
    #[must_use]
    pub fn response(&self) -> Option<&String> {
        self.read.as_ref().map(|it| &it.wire)
    }

    /// Returns the parts of a value that an update can send.
    #[must_use]
    pub fn updatable_part(&self, value: &Value) -> Value {
        self.shape.rebuild(value, &|field, value| {
            field.filter(|it| it.updatable).map(|it| it.updatable_part(value))
        })
    }

    /// Returns true if responses do not or may not contain a value, or a part of it.
    pub(crate) fn may_hide(&self, value: &Value) -> bool {
        if self.read.is_none() || self.facts.secret {
            return !is_empty(value);
        }
        let hidden = Cell::new(false);
        self.shape.rebuild(value, &|field, value| {
            hidden.set(hidden.get() || field.is_some_and(|it| it.may_hide(value)));
            None
        });
        hidden.get()
    }

    /// Returns a value without the secrets in it.
    pub(crate) fn redacted(&self, value: &Value) -> Value {
        if self.facts.secret && !value.is_null() {
            return Value::from(SECRET);
        }
        self.shape.rebuild(value, &|field, value| {
            Some(field.map_or_else(|| value.clone(), |it| it.redacted(value)))
        })
    }

    /// Returns the value that clears a field. APIs that merge changes take null for a field that is not given.
    #[must_use]
    pub fn empty_value(&self) -> Value {
        match (&self.shape, &self.facts.ty) {
            (Shape::List(..), _) => Value::Array(Vec::new()),
            (Shape::Map(_) | Shape::Object(_), _) => Value::Object(Map::new()),
            (_, TypeRef::Scalar(Scalar::Bool)) => Value::from(false),
            (_, ty) if is_number(ty) => Value::from(0),
            _ => Value::from(""),
        }
    }
}

impl Default for Shape {
    fn default() -> Self {
        Self::Plain(None)
    }
}

impl Shape {
    /// Returns how values without parts are compared.
    #[must_use]
    pub fn equality(&self) -> Option<Equality> {
        match self {
            Self::Plain(equality) => *equality,
            _ => None,
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
                    let read = || fields.iter().find(|it| it.response() == Some(key));
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
}

/// Derives the fields of an object from its types in the bodies of creation, responses and updates.
#[derive(Clone, Copy)]
pub(crate) struct Shapes<'a> {
    pub(crate) model: &'a Model,
    pub(crate) depth: usize,
}

/// The types of a value in the bodies that have it.
#[derive(Clone, Copy)]
struct Forms<'a> {
    sent: Option<&'a TypeRef>,
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
        let Self { sent, read, updated } = self;
        Self { sent: element(sent), read: element(read), updated: element(updated) }
    }
}

impl Shapes<'_> {
    /// Adds the fields of an object to those that are known: what is sent, and then what only responses have. `updated` is
    /// `None` without updates.
    pub(crate) fn fields(
        self,
        mut fields: Vec<Field>,
        sent: &[ModelField],
        read: Option<&Record>,
        updated: Option<&Record>,
    ) -> Vec<Field> {
        let returned = read.map(|it| it.fields.as_slice()).unwrap_or_default();
        fields.extend(sent.iter().map(|it| self.sent(it, returned, updated)));
        for own in returned {
            let known =
                |it: &Field| it.name == own.wire || it.response() == Some(&own.wire);
            if !fields.iter().any(known) {
                fields.push(self.returned(own));
            }
        }
        fields
    }

    fn sent(
        self,
        field: &ModelField,
        returned: &[ModelField],
        updated: Option<&Record>,
    ) -> Field {
        let written = |it: &&ModelField| it.written_as.as_deref() == Some(&field.wire);
        let same = |it: &&ModelField| it.wire == field.wire && it.only_on.is_none();
        let read = returned.iter().find(written);
        let read = read.or_else(|| returned.iter().find(same));
        // What is the same in every response says nothing about what was stated.
        let constant =
            |it: &&ModelField| it.rules.derive().is_some_and(|it| it.always.is_some());
        let read = read.filter(|it| !constant(it));
        let update =
            updated.and_then(|it| it.fields.iter().find(|it| it.wire == field.wire));
        let forms = Forms {
            sent: Some(&field.ty),
            read: read.map(|it| &it.ty),
            updated: update.map(|it| &it.ty),
        };
        let cleared_by = self.cleared_by(field).map(Box::new);
        Field {
            shape: self.shape(forms, field.equal),
            read: read.cloned(),
            updatable: update.is_some(),
            clearable: cleared_by.is_some() || update.is_some_and(accepts_empty),
            cleared_by,
            ..Field::new(field.clone())
        }
    }

    fn returned(self, field: &ModelField) -> Field {
        let forms = Forms { sent: None, read: Some(&field.ty), updated: None };
        Field {
            sent: false,
            shape: self.shape(forms, field.equal),
            read: Some(field.clone()),
            updatable: false,
            ..Field::new(field.clone())
        }
    }

    fn cleared_by(self, field: &ModelField) -> Option<Operation> {
        let (accessor, name) = field.rules.cleared_by()?.rsplit_once('.')?;
        let mut services = self.model.services.iter();
        let service = services.find(|it| it.label() == accessor)?;
        service.operation(name).cloned()
    }

    fn shape(self, forms: Forms<'_>, equal: Option<Equality>) -> Shape {
        let is_reference = matches!(forms.read, Some(TypeRef::Ref { .. }));
        match forms.sent.or(forms.read) {
            Some(TypeRef::Id { .. } | TypeRef::Ref { .. }) if is_reference => {
                Shape::Reference
            }
            Some(TypeRef::List(_)) => {
                let unordered = equal == Some(Equality::Unordered);
                let inner = equal.filter(|_| !unordered);
                Shape::List(Box::new(self.shape(forms.element(), inner)), unordered)
            }
            Some(TypeRef::Map(_)) => {
                Shape::Map(Box::new(self.shape(forms.element(), equal)))
            }
            Some(TypeRef::Record(_)) if self.depth < DEEPEST => {
                self.object(forms, equal)
            }
            _ => Shape::Plain(equal),
        }
    }

    fn object(self, forms: Forms<'_>, equal: Option<Equality>) -> Shape {
        let deeper = Self { depth: self.depth + 1, ..self };
        let named = |ty: Option<&TypeRef>| match ty {
            Some(TypeRef::Record(name)) => self.model.types.get(name),
            _ => None,
        };
        let own = named(forms.sent.or(forms.read));
        let (read, updated) = (named(forms.read).or(own), named(forms.updated).or(own));
        let is_sent = forms.sent.is_some();
        match (own, read, updated) {
            (
                Some(Type::Record(own)),
                Some(Type::Record(read)),
                Some(Type::Record(updated)),
            ) => {
                let sent = if is_sent { own.fields.as_slice() } else { &[] };
                Shape::Object(deeper.fields(Vec::new(), sent, Some(read), Some(updated)))
            }
            (Some(Type::Union(own)), Some(Type::Union(read)), _) => {
                let choices = own.choices.iter();
                let choice = |it| deeper.choice(it, read, own.fixed, is_sent);
                Shape::Object(choices.map(choice).collect())
            }
            _ => Shape::Plain(equal),
        }
    }

    fn choice(self, choice: &Choice, read: &Union, fixed: bool, sent: bool) -> Field {
        let facts = |choice: &Choice| ModelField {
            wire: choice.wire.clone(),
            ty: TypeRef::Record(choice.ty.clone()),
            docs: choice.docs.clone(),
            ..ModelField::default()
        };
        let read = read.choices.iter().find(|it| it.wire == choice.wire).map(facts);
        let own = facts(choice);
        let forms = Forms {
            sent: sent.then_some(&own.ty),
            read: read.as_ref().map(|it| &it.ty),
            updated: None,
        };
        let shape = self.shape(forms, None);
        Field { shape, sent, read, alternative: fixed, ..Field::new(own) }
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
