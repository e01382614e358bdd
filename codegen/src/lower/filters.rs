//! Filterable fields of lists: whether items have them.

use crate::diagnostic::{Code, did_you_mean};
use crate::model::{Output, Service, TypeRef};
use crate::names::field_name;
use crate::spec::{OperationDetails, Spanned};

use super::type_expr::{self, Use};
use super::{Context, conventions, shapes};

/// Reports names in `filter` that items do not have, and in `filter_only` that they have.
pub(super) fn check(context: &mut Context, services: &[Service]) {
    let files = &context.spec.resources;
    for (service, file) in services.iter().zip(files) {
        for entry in &file.resource.operations {
            let Some(own) = conventions::own_details(&entry.value) else { continue };
            let operation = field_name(&entry.key);
            let operation =
                service.operations.iter().find(|lowered| lowered.name == operation);
            if let Some(Output::List(list)) =
                operation.map(|operation| &operation.output)
            {
                one(own, &list.item, context);
            }
        }
    }
}

fn one(own: &OperationDetails, item: &str, context: &mut Context) {
    if let (Some(first), None) = (own.filter.first(), &context.spec.api.filtering) {
        let message = "`api.yaml` does not describe filters";
        let help = "add `filtering:` there, or remove `filter`";
        context.error(Code::MissingFiltering, first.span, message, help);
        return;
    }
    for name in &own.filter {
        let beside = own.filter_only.iter().any(|only| only == name);
        if let (Err(Unknown { meant }), false) = (find(name, item, context), beside) {
            let message = format!("`{item}` has no field `{}`", **name);
            let list =
                "the server takes it all the same, list it under `filter_only` as well";
            let help = match meant {
                Some(meant) => format!("{meant} If {list}"),
                None => format!("if {list}"),
            };
            context.error(Code::UnknownFilterField, name.span, message, help);
        }
    }
    for name in &own.filter_only {
        let message = if !own.filter.contains(name) {
            format!("`{}` is not in `filter`", **name)
        } else if find(name, item, context).is_ok() {
            format!("`{item}` has the field `{}`", **name)
        } else {
            continue;
        };
        let help = "`filter_only` lists the names of `filter` that items do not have";
        context.error(Code::NeedlessFilterOnly, name.span, message, help);
    }
}

/// An unknown name, and suggestions.
struct Unknown {
    meant: Option<String>,
}

/// Follows the parts of a name, from the fields of an item inwards.
fn find(path: &Spanned<String>, item: &str, context: &Context) -> Result<(), Unknown> {
    let mut inside = fields_of(item, context);
    for part in path.split('.') {
        let Some(fields) = &inside else { return Ok(()) };
        let Some((_, kind)) = fields.iter().find(|(name, _)| *name == part) else {
            let meant = did_you_mean(part, fields.iter().map(|(name, _)| *name));
            return Err(Unknown { meant });
        };
        inside = kind.and_then(|kind| inner(kind, context));
    }
    Ok(())
}

type Fields<'a> = Vec<(&'a str, Option<&'a Spanned<String>>)>;

/// Returns the fields in responses with a type, and the texts of their types; `None` if it is unknown.
fn fields_of<'a>(name: &str, context: &Context<'a>) -> Option<Fields<'a>> {
    let declaration = context.declared.get(name)?;
    let common = declaration.common.then_some(&context.spec.api.fields);
    let there =
        declaration.fields?.iter().filter(|entry| shapes::comes_back(entry, common));
    Some(
        there
            .map(|entry| {
                let kind = shapes::said(entry, common, |field| field.kind.as_ref());
                (entry.key.as_str(), kind)
            })
            .collect(),
    )
}

/// Returns the fields inside a field; none in one without parts.
fn inner<'a>(kind: &Spanned<String>, context: &Context<'a>) -> Option<Fields<'a>> {
    let usage = Use { place: None, own: None, supported: false };
    match type_expr::parse_silently(kind, usage, context)?.element() {
        TypeRef::Ref { .. } => Some(vec![("id", None), ("uri", None)]),
        TypeRef::Record(name) => fields_of(name, context),
        _ => Some(Vec::new()),
    }
}
