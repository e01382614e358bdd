//! Paths with parameters.

use crate::diagnostic::Diagnostic;
use crate::model::{Parameter, TypeRef};
use crate::names::field_name;
use crate::spec::{Resource, Spanned};

use super::type_expr::{self, Use};
use super::{Context, docs};

/// The full path of an operation: `collection`, `item`, or `item/...`.
pub(super) fn full(resource: &Resource, relative: &Spanned<String>, context: &mut Context) -> String {
    let collection = resource.path.as_str();
    let item = match (&resource.item_path, resource.singleton) {
        (_, true) => collection.to_owned(),
        (Some(item), false) => format!("{collection}{}", **item),
        (None, false) => format!("{collection}/{{id}}"),
    };
    let (head, rest) = relative.split_once('/').map_or((relative.as_str(), None), |(h, r)| (h, Some(r)));
    let base = match head {
        "collection" => collection.to_owned(),
        "item" => item,
        _ => {
            let message = format!("`{}` is not a place of the resource", **relative);
            let help = "write `collection`, `item`, or one of them and more: `item/restart`";
            context.diagnostics.push(Diagnostic::error("unknown-path", relative.span, message).help(help));
            return collection.to_owned();
        }
    };
    rest.map_or_else(|| base.clone(), |rest| format!("{base}/{rest}"))
}

/// Names of the parameters of a path, in order.
pub(super) fn parameter_names(path: &str) -> Vec<&str> {
    let opened = path.split('{').skip(1);
    opened.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

/// Reports a path that cannot be one.
pub(super) fn check(path: &Spanned<String>, context: &mut Context) {
    let message = if !path.starts_with('/') {
        "a path begins with `/`"
    } else if path.len() > 1 && path.ends_with('/') {
        "a path does not end with `/`"
    } else if path.contains("//") || path.contains(['?', '#', ' ']) {
        "a path has parts between single slashes, and no `?`, `#` or space"
    } else if path.matches('{').count() != path.matches('}').count() {
        "a brace of this path has no partner"
    } else {
        return;
    };
    context.diagnostics.push(Diagnostic::error("malformed-path", path.span, message));
}

/// The parameters of a path.
pub(super) fn parameters(resource: &Resource, path: &str, context: &mut Context) -> Vec<Parameter> {
    let names = parameter_names(path);
    names.into_iter().filter_map(|name| parameter(resource, name, context)).collect()
}

fn parameter(resource: &Resource, name: &str, context: &mut Context) -> Option<Parameter> {
    let own = Some(resource.resource.as_str());
    let usage = Use { place: None, own, supported: resource.deprecated.is_none() };
    let Some(given) = resource.params.get(name) else {
        return own_id(resource, name, context);
    };
    let kind = given.kind.as_ref()?;
    let ty = type_expr::parse(kind, usage, context)?;
    if !matches!(ty, TypeRef::Id { .. } | TypeRef::Enum(_) | TypeRef::Scalar(_)) {
        let message = format!("`{name}` stands in a path, and cannot be a {}", **kind);
        let help = "a path parameter is an id, an enum or a string";
        context.diagnostics.push(Diagnostic::error("path-parameter-type", kind.span, message).help(help));
    }
    let docs = given.doc.as_ref().map(|doc| docs::lower(doc, context));
    let docs = docs.unwrap_or_else(|| docs::lines(&format!("The `{name}` of the path.")));
    Some(Parameter { wire: name.to_owned(), name: field_name(name), ty, docs })
}

/// The id of the resource itself needs no description.
fn own_id(resource: &Resource, name: &str, context: &mut Context) -> Option<Parameter> {
    let declared = context.declared.get(&resource.resource);
    let has_ids = declared.is_some_and(|found| found.kind == super::declare::Kind::Resource);
    if name != "id" || !has_ids {
        let message = format!("nothing says what the path parameter `{name}` is");
        let help = format!("add `params: {{ {name}: {{ type: ..., doc: ... }} }}` to the file");
        context.diagnostics.push(Diagnostic::error("unknown-parameter", resource.path.span, message).help(help));
        return None;
    }
    let kind = resource.resource.to_string();
    let ty = TypeRef::Id { kinds: vec![kind.clone()], target: Some(kind) };
    let docs = docs::lines(&format!("Which {}.", *resource.noun));
    Some(Parameter { wire: name.to_owned(), name: field_name(name), ty, docs })
}
