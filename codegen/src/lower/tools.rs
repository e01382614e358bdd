//! Facts for tools that manage resources from files: natural keys, parents, semantic equality, and names of the Terraform
//! provider.
//!
//! Reports names that are neither fields nor path parameters, facts that do not fit the type of a field, and names that
//! are taken.

use crate::diagnostic::{Code, did_you_mean_or};
use crate::model::{
    Apply, Equality, Field, KeyField, Parent, PathTemplate, Scalar, Terraform, Type,
    TypeRef,
};
use crate::spec::{self, Resource, Spanned, names, plain};

use super::shapes::Use;
use super::{Context, Types, type_expr};

/// Lowers the `apply` block of a resource.
pub(super) fn apply(
    resource: &Resource,
    types: &Types,
    context: &mut Context,
) -> Option<Apply> {
    let apply = resource.apply.as_ref()?;
    if apply.key.is_empty() {
        let message = "the natural key has no fields";
        let help = "name the fields that identify a resource, or remove `apply`";
        context.error(Code::EmptyNaturalKey, apply.span, message, help);
    }
    let key = apply.key.iter();
    let key = key.filter_map(|name| key_field(name, resource, types, context)).collect();
    let parent = apply.parent.as_ref();
    let parent = parent.and_then(|given| self::parent(given, resource, context));
    Some(Apply { key, unique: apply.unique, retain: apply.retain, parent })
}

fn key_field(
    name: &Spanned<String>,
    resource: &Resource,
    types: &Types,
    context: &mut Context,
) -> Option<KeyField> {
    check_name(name, resource, context)?;
    let record = match types.get(resource.resource.as_str()) {
        Some(Type::Record(record)) => record.fields.as_slice(),
        _ => &[],
    };
    let value =
        |field: &&Field| *field.written_as.as_ref().unwrap_or(&field.wire) == **name;
    let response = record.iter().find(value).map(|field| field.wire.clone());
    let invalid = |key| context.is_invalid(&resource.resource, key);
    let unknown = names(&resource.fields).any(invalid);
    if response.is_none() && !unknown && !is_path_parameter(name, resource) {
        let message = format!("responses have no field with the value of `{}`", **name);
        let help = "a natural key is compared with responses: name a field they have, or one that is `written_as` its source";
        context.error(Code::UnreadableKeyField, name.span, message, help);
        return None;
    }
    Some(KeyField { name: name.to_string(), response })
}

fn parent(
    given: &spec::Parent,
    resource: &Resource,
    context: &mut Context,
) -> Option<Parent> {
    let name = &given.field;
    check_name(name, resource, context)?;
    let field = resource.params.get(name);
    let kind = field
        .or_else(|| resource.fields.get(name)?.as_ref())
        .and_then(|field| field.kind.as_ref());
    let usage = Use { place: None, own: Some(&resource.resource), supported: false };
    let ty = kind.and_then(|kind| type_expr::parse_silently(kind, usage, context));
    if let Some([resource]) = ty.as_ref().map(type_expr::targets) {
        let (field, on_delete) = (name.to_string(), given.on_delete);
        return Some(Parent { field, resource: resource.clone(), on_delete });
    }
    let message = format!("`{}` does not identify a resource of one kind", **name);
    let help = "name a field or path parameter of type `id X` or `ref X`";
    context.error(Code::ParentType, name.span, message, help);
    None
}

/// Reports a name that is neither a field nor a path parameter.
fn check_name(
    name: &Spanned<String>,
    resource: &Resource,
    context: &mut Context,
) -> Option<()> {
    if resource.fields.contains_key(name) || is_path_parameter(name, resource) {
        return Some(());
    }
    let path = PathTemplate::new(&resource.path);
    let known = names(&resource.fields).chain(path.parameters());
    let help =
        did_you_mean_or(name, known, "name a field or a path parameter of this file");
    let message = format!("there is no field or path parameter `{}` here", **name);
    context.error(Code::UnknownKeyField, name.span, message, help);
    None
}

fn is_path_parameter(name: &str, resource: &Resource) -> bool {
    PathTemplate::new(&resource.path).parameters().any(|it| it == name)
}

/// Lowers the equality of a field. One that does not fit its type is reported.
pub(super) fn equality(
    given: Option<&Spanned<Equality>>,
    ty: &TypeRef,
    context: &mut Context,
) -> Option<Equality> {
    let given = given?;
    let list = matches!(ty, TypeRef::List(_));
    let (fits, needed) = match **given {
        Equality::Unordered => (list, "a list"),
        _ => (*ty.element() == TypeRef::Scalar(Scalar::String), "a string"),
    };
    if !fits {
        let message = format!("this equality is defined for {needed} only");
        let help = format!("remove `equal`, or give the field the type of {needed}");
        context.error(Code::EqualityType, given.span, message, help);
    }
    fits.then_some(**given)
}

/// The `terraform` block of a resource.
pub(super) fn terraform(
    resource: &Resource,
    context: &mut Context,
) -> Option<Terraform> {
    let given = resource.terraform.as_ref()?;
    for (name, attribute) in &given.attributes {
        if !resource.fields.contains_key(name) {
            let known = names(&resource.fields);
            let help = did_you_mean_or(name, known, "name a field of this file");
            let message = format!("there is no field `{}` here", **name);
            context.error(Code::UnknownField, name.span, message, help);
            continue;
        }
        let taken = |former: &&Spanned<String>| resource.fields.contains_key(*former);
        for former in attribute.formerly.iter().filter(taken) {
            let message = format!("`{}` is the name of another field", **former);
            let help = "an earlier name belongs to no other field: remove it";
            context.error(Code::NameCollision, former.span, message, help);
        }
    }
    plain(&**given)
}
