//! From types of the model to attributes.
//!
//! The request decides what can be stated, the response what can be read. References are the IDs they consist of.

use ngrok_api_model::{
    Choice, Field as ModelField, Model, Record, Scalar, Terraform, TerraformAttribute,
    Type as ModelType, TypeRef, Union, first_paragraph,
};
use ngrok_state_core::{Field, Shape};

use super::attribute::{Attribute, Role, Type};

/// Objects nested deeper than this are left out: some types contain themselves.
const DEEPEST: usize = 8;

/// Builds attributes of one resource.
#[derive(Clone, Copy)]
pub(crate) struct Builder<'a> {
    pub(crate) model: &'a Model,
    pub(crate) facts: Option<&'a Terraform>,
    pub(crate) depth: usize,
    /// Names of nested attributes that are accepted and have no effect.
    pub(crate) retired: &'a [String],
}

/// The forms of a type: what is sent, how that is read back, what responses have.
#[derive(Clone, Copy, Default)]
struct Forms<'a> {
    sent: Option<&'a TypeRef>,
    shape: Option<&'a Shape>,
    read: Option<&'a TypeRef>,
}

impl<'a> Builder<'a> {
    /// Builds the attributes of an object that is sent as `sent`, field by field as in `fields`, and returned as `read`.
    pub(crate) fn attributes(
        self,
        sent: Option<&'a Record>,
        fields: &'a [Field],
        read: Option<&'a Record>,
    ) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        let sent_fields = sent.map(|it| it.fields.as_slice()).unwrap_or_default();
        for field in fields.iter().filter(|it| it.in_path) {
            attributes.extend(self.path_parameter(field));
        }
        for own in sent_fields {
            let field = fields.iter().find(|it| !it.in_path && it.name == own.wire);
            attributes.extend(self.stated(own, field, read));
        }
        for own in read.map(|it| it.fields.as_slice()).unwrap_or_default() {
            let known = |it: &Attribute| it.read.as_ref() == Some(&own.wire);
            let retired = own.deprecated.is_some() && !own.openapi;
            if !attributes.iter().any(known) && !retired {
                let attribute = self.returned(own);
                let free = |it: &Attribute| {
                    attributes.iter().all(|other| other.name != it.name)
                };
                attributes.extend(attribute.filter(free));
            }
        }
        for name in self.retired.iter().filter(|_| self.depth == 1) {
            let ty = Type::List(Box::new(Type::String));
            attributes.push(Attribute {
                role: Role::Retired,
                optional: sent.is_some(),
                computed: sent.is_none(),
                deprecated: true,
                docs: "Accepted and without effect.".to_owned(),
                ..Attribute::new(name, ty)
            });
        }
        twins(&mut attributes);
        attributes
    }

    fn path_parameter(self, field: &Field) -> Option<Attribute> {
        let forms = Forms { sent: Some(&field.ty), ..Forms::default() };
        let ty = self.ty(forms, None)?;
        Some(Attribute {
            required: true,
            write: Some(field.clone()),
            read: field.response.clone(),
            ..Attribute::new(&field.name, ty)
        })
    }

    /// Returns the facts that the description has about an attribute.
    fn facts(self, name: &str) -> Option<&'a TerraformAttribute> {
        self.facts.filter(|_| self.depth == 0)?.attributes.get(name)
    }

    /// Builds the attribute of a field that requests have.
    fn stated(
        self,
        own: &'a ModelField,
        field: Option<&'a Field>,
        read: Option<&'a Record>,
    ) -> Option<Attribute> {
        let facts = self.facts(&own.wire);
        let response = field.and_then(|it| it.response.as_ref());
        let returned = response.zip(read);
        let returned = returned
            .and_then(|(key, read)| read.fields.iter().find(|it| it.wire == *key));
        let forms = Forms {
            sent: Some(&own.ty),
            shape: field.map(|it| &it.shape),
            read: returned.map(|it| &it.ty),
        };
        let element = facts.and_then(|it| it.element.as_deref());
        let retired = facts.map(|it| it.retired.as_slice()).unwrap_or_default();
        let ty = Self { retired, ..self }.ty(forms, element)?;
        let default = own.default.clone().filter(|_| is_constant(&own.ty));
        // The API always returns a bool, so that a state has one too.
        let default = default.or_else(|| {
            let absent = returned.is_some_and(|it| it.presence.optional);
            let plain = matches!(ty, Type::Bool) && returned.is_some() && !absent;
            plain.then(|| false.into())
        });
        let sent_default = facts.and_then(|it| it.default.clone());
        let decides =
            own.default.is_some() || default.is_some() || matches!(ty, Type::Number);
        let decides = decides || facts.is_some_and(|it| it.computed);
        let computed =
            !own.secret && (sent_default.is_some() || decides && returned.is_some());
        let aliased = facts.is_some_and(|it| !it.formerly.is_empty());
        let required = own.presence.required && sent_default.is_none() && !aliased;
        Some(Attribute {
            required,
            optional: !required,
            computed: computed || aliased,
            sensitive: own.secret,
            deprecated: own.deprecated.is_some(),
            docs: first_paragraph(&own.docs),
            write: Some(field.cloned().unwrap_or_else(|| Field {
                shape: Shape::Plain(own.equal),
                required: own.presence.required,
                secret: own.secret,
                ..Field::new(&own.wire, &own.ty)
            })),
            read: response.cloned(),
            element: element.map(str::to_owned),
            equal: own.equal,
            default: sent_default.clone().or(default),
            sent_default,
            fixed_choice: self.union(Some(&own.ty)).is_some_and(|it| it.fixed),
            ..Attribute::new(&own.wire, ty)
        })
    }

    /// Builds the attribute of a field that only responses have.
    fn returned(self, own: &'a ModelField) -> Option<Attribute> {
        let name = match (&own.written_as, &own.ty) {
            (Some(written), _) => written.clone(),
            (None, TypeRef::Ref { .. }) => format!("{}_id", own.wire),
            (None, TypeRef::List(item)) if matches!(**item, TypeRef::Ref { .. }) => {
                format!("{}_ids", singular(&own.wire))
            }
            (None, _) => own.wire.clone(),
        };
        let facts = self.facts(&own.wire);
        let element = facts.and_then(|it| it.element.as_deref());
        let retired = facts.map(|it| it.retired.as_slice()).unwrap_or_default();
        let forms = Forms { read: Some(&own.ty), ..Forms::default() };
        let ty = Self { retired, ..self }.ty(forms, element)?;
        let derive = own.rules.derive();
        Some(Attribute {
            computed: true,
            sensitive: own.secret,
            docs: first_paragraph(&own.docs),
            read: Some(own.wire.clone()),
            element: element.map(str::to_owned),
            equal: own.equal,
            derived_from: derive.and_then(|it| it.from.clone()),
            touched: facts.is_some_and(|it| it.touched),
            once: own.only_on.is_some(),
            deprecated: own.deprecated.is_some(),
            ..Attribute::new(name, ty)
        })
    }

    fn ty(self, forms: Forms<'a>, element: Option<&str>) -> Option<Type> {
        let inner = |ty: Option<&'a TypeRef>| match ty {
            Some(TypeRef::List(item) | TypeRef::Map(item)) => Some(&**item),
            _ => None,
        };
        let shape = match forms.shape {
            Some(Shape::List(item, _) | Shape::Map(item)) => Some(&**item),
            _ => None,
        };
        let items = Forms { sent: inner(forms.sent), shape, read: inner(forms.read) };
        Some(match forms.sent.or(forms.read)? {
            TypeRef::Scalar(Scalar::Bool) => Type::Bool,
            TypeRef::Id { .. }
            | TypeRef::Ref { .. }
            | TypeRef::Enum(_)
            | TypeRef::Scalar(Scalar::String | Scalar::Timestamp) => Type::String,
            TypeRef::Scalar(_) => Type::Number,
            TypeRef::List(_) if element.is_some() => Type::List(Box::new(Type::String)),
            TypeRef::List(_) => Type::List(Box::new(self.ty(items, None)?)),
            TypeRef::Map(_) => Type::Map(Box::new(self.ty(items, None)?)),
            TypeRef::Record(_) => self.object(forms)?,
        })
    }

    fn object(self, forms: Forms<'a>) -> Option<Type> {
        if self.depth >= DEEPEST {
            return None;
        }
        let deeper = Self { depth: self.depth + 1, ..self };
        let fields = forms.shape.map_or(&[][..], Shape::fields);
        let record = |ty: Option<&'a TypeRef>| match ty {
            Some(TypeRef::Record(name)) => self.model.record(name),
            _ => None,
        };
        let attributes = match (self.union(forms.sent), self.union(forms.read)) {
            (Some(sent), _) => deeper.choices(sent, fields, true),
            (None, Some(read)) if forms.sent.is_none() => {
                deeper.choices(read, fields, false)
            }
            _ => deeper.attributes(record(forms.sent), fields, record(forms.read)),
        };
        Some(Type::Object(attributes))
    }

    fn union(self, ty: Option<&TypeRef>) -> Option<&'a Union> {
        match ty {
            Some(TypeRef::Record(name)) => match self.model.types.get(name) {
                Some(ModelType::Union(union)) => Some(union),
                _ => None,
            },
            _ => None,
        }
    }

    /// Builds the attributes of an object of which exactly one is set.
    fn choices(
        self,
        union: &'a Union,
        fields: &'a [Field],
        stated: bool,
    ) -> Vec<Attribute> {
        let choice = |choice: &'a Choice| {
            let field = fields.iter().find(|it| it.name == choice.wire);
            let record = self.model.record(&choice.ty);
            let deeper = Self { depth: self.depth + 1, ..self };
            let inner = field.map_or(&[][..], |it| it.shape.fields());
            let unread =
                || Field::new(&choice.wire, &TypeRef::Record(choice.ty.clone()));
            let sent = record.filter(|_| stated);
            let returned = record.filter(|_| !stated || field.is_some());
            let ty = Type::Object(deeper.attributes(sent, inner, returned));
            Attribute {
                optional: stated,
                computed: !stated,
                docs: first_paragraph(&choice.docs),
                write: field.cloned().or_else(|| stated.then(unread)),
                read: Some(choice.wire.clone()),
                ..Attribute::new(&choice.wire, ty)
            }
        };
        union.choices.iter().filter(|_| self.depth < DEEPEST).map(choice).collect()
    }
}

/// Adds write-only twins beside the secrets that can be stated, and earlier names.
fn twins(attributes: &mut Vec<Attribute>) {
    let mut twins = Vec::new();
    for attribute in attributes.iter_mut().filter(|it| it.sensitive && it.is_stated()) {
        let name = attribute.name.clone();
        attribute.required = false;
        attribute.optional = true;
        twins.push(Attribute {
            role: Role::WriteOnly(name.clone()),
            optional: true,
            sensitive: true,
            docs: format!("The same as `{name}`, stored neither in the plan nor in the state. Terraform 1.11 or later."),
            ..Attribute::new(format!("{name}_wo"), Type::String)
        });
        twins.push(Attribute {
            role: Role::Version(name.clone()),
            optional: true,
            docs: format!("Change this number to send `{name}_wo` again."),
            ..Attribute::new(format!("{name}_wo_version"), Type::Number)
        });
    }
    attributes.extend(twins);
}

/// Returns whether the default of a field of this type is a value, not a description of one.
fn is_constant(ty: &TypeRef) -> bool {
    !matches!(
        ty,
        TypeRef::Id { .. } | TypeRef::Ref { .. } | TypeRef::Scalar(Scalar::Timestamp)
    )
}

fn singular(plural: &str) -> String {
    match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plural.strip_suffix('s').unwrap_or(plural).to_owned(),
    }
}
