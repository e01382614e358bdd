//! From fields to attributes.
//!
//! The request decides what can be stated, the response what can be read. References are the IDs they consist of.

use ngrok_api_model::{
    Field as ModelField, Scalar, Terraform, TerraformAttribute, TypeRef, first_paragraph,
};
use ngrok_state_core::{Field, Shape};

use super::attribute::{Attribute, Role, Type, find};

/// Builds the attributes of an object; `facts` are those that the description has about a resource.
pub(crate) fn attributes(fields: &[Field], facts: Option<&Terraform>) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = Vec::new();
    for field in fields {
        let facts = facts.and_then(|it| it.attributes.get(&field.name));
        let facts = facts.cloned().unwrap_or_default();
        let built =
            if field.sent { stated(field, &facts) } else { returned(field, &facts) };
        let built = built.filter(|it| find(&attributes, &it.name).is_none());
        attributes.extend(built);
    }
    let secrets = attributes.iter_mut().filter(|it| it.sensitive && it.is_stated());
    let twins: Vec<_> = secrets.flat_map(twins).collect();
    attributes.extend(twins);
    attributes
}

/// Builds the attribute of a field that requests have.
fn stated(field: &Field, facts: &TerraformAttribute) -> Option<Attribute> {
    let (own, read) = (&field.facts, field.read.as_ref());
    let ty = attribute_type(field, facts)?;
    let default = own.default.clone().filter(|_| is_constant(&own.ty));
    // The API always returns a bool, so that a state has one too.
    let always = read.is_some_and(|it| !it.presence.optional);
    let default =
        default.or_else(|| (matches!(ty, Type::Bool) && always).then(|| false.into()));
    let decides = own.default.is_some()
        || default.is_some()
        || matches!(ty, Type::Number)
        || facts.computed;
    let sent_default = facts.default.clone();
    let computed = !own.secret && (sent_default.is_some() || decides && read.is_some());
    let aliased = !facts.formerly.is_empty();
    let required = own.presence.required && sent_default.is_none() && !aliased;
    Some(Attribute {
        required,
        optional: !required,
        computed: computed || aliased,
        default: sent_default.clone().or(default),
        sent_default,
        ..described(field, &field.name, ty)
    })
}

/// Builds the attribute of a field that only responses have.
fn returned(field: &Field, facts: &TerraformAttribute) -> Option<Attribute> {
    let ModelField { wire, ty, written_as, .. } = &field.facts;
    let is_reference = |ty: &TypeRef| matches!(ty, TypeRef::Ref { .. });
    let name = match (written_as, ty) {
        (Some(written), _) => written.clone(),
        (None, TypeRef::List(item)) if is_reference(item) => {
            format!("{}_ids", singular(wire))
        }
        (None, ty) if is_reference(ty) => format!("{wire}_id"),
        (None, _) => wire.clone(),
    };
    let is_retired = field.facts.deprecated.is_some() && !field.facts.openapi;
    let ty = attribute_type(field, facts).filter(|_| !is_retired)?;
    let touched = facts.touched;
    Some(Attribute { computed: true, touched, ..described(field, &name, ty) })
}

fn described(field: &Field, name: &str, ty: Type) -> Attribute {
    Attribute {
        sensitive: field.facts.secret,
        deprecated: field.facts.deprecated.is_some(),
        docs: first_paragraph(&field.facts.docs),
        field: Some(field.clone()),
        ..Attribute::new(name, ty)
    }
}

/// Returns the type of an attribute; the objects of some have retired attributes.
fn attribute_type(field: &Field, facts: &TerraformAttribute) -> Option<Type> {
    let mut ty = type_of(&field.facts.ty, &field.shape)?;
    let inner = match &mut ty {
        Type::List(item, _) => &mut **item,
        other => other,
    };
    if let (Some(element), Type::Object(_)) = (&facts.element, &inner) {
        *inner = Type::Wrapped(element.clone());
    }
    if let Type::Object(attributes) = inner {
        attributes.extend(facts.retired.iter().map(|name| Attribute {
            role: Role::Retired,
            optional: field.sent,
            computed: !field.sent,
            deprecated: true,
            docs: "Accepted and without effect.".to_owned(),
            ..Attribute::new(name, Type::List(Box::default(), false))
        }));
    }
    Some(ty)
}

/// Returns a type, unless it is an object nested too deep: some types contain themselves.
fn type_of(ty: &TypeRef, shape: &Shape) -> Option<Type> {
    Some(match (ty, shape) {
        (TypeRef::Scalar(Scalar::Bool), _) => Type::Bool,
        (
            TypeRef::Scalar(Scalar::String | Scalar::Timestamp)
            | TypeRef::Id { .. }
            | TypeRef::Ref { .. }
            | TypeRef::Enum(_),
            shape,
        ) => Type::String(shape.equality()),
        (TypeRef::Scalar(_), _) => Type::Number,
        (TypeRef::List(item), Shape::List(shape, unordered)) => {
            Type::List(Box::new(type_of(item, shape)?), *unordered)
        }
        (TypeRef::Map(item), Shape::Map(shape)) => {
            Type::Map(Box::new(type_of(item, shape)?))
        }
        (TypeRef::Record(_), Shape::Object(fields)) => {
            Type::Object(attributes(fields, None))
        }
        _ => return None,
    })
}

/// Makes a secret that can be stated optional, and returns its write-only twin with the number that sends it again.
fn twins(attribute: &mut Attribute) -> [Attribute; 2] {
    attribute.required = false;
    attribute.optional = true;
    let name = &attribute.name;
    let docs = format!(
        "The same as `{name}`, stored neither in the plan nor in the state. Terraform 1.11 or later."
    );
    let twin = Attribute {
        role: Role::WriteOnly(name.clone()),
        sensitive: true,
        ..Attribute::optional(format!("{name}_wo"), Type::default(), docs)
    };
    let docs = format!("Change this number to send `{name}_wo` again.");
    let version = Attribute {
        role: Role::Version(name.clone()),
        ..Attribute::optional(format!("{name}_wo_version"), Type::Number, docs)
    };
    [twin, version]
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
