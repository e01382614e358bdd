//! Paths with parameters.

use crate::diagnostic::{Code, did_you_mean_or};
use crate::model::{Parameter, PathTemplate, TypeRef};
use crate::names::parameter_name;
use crate::spec::{Resource, Span, Spanned, names};

use super::declare::Kind;
use super::{Context, api, clashes, queries};

/// Returns the full path of an operation: `collection`, `item`, or `item/...`.
pub(super) fn full(
    resource: &Resource,
    relative: &Spanned<String>,
    context: &mut Context,
) -> PathTemplate {
    let collection = resource.path.as_str();
    // Only the path `/` ends with a slash.
    let prefix = collection.trim_end_matches('/');
    let (head, rest) = match relative.split_once('/') {
        Some((head, rest)) => (head, Some(rest)),
        None => (relative.as_str(), None),
    };
    let base = match head {
        "item" if !resource.singleton => format!("{prefix}{}", resource.item()),
        "collection" | "item" => collection.to_owned(),
        _ => {
            let message = format!("`{}` is not a place of the resource", **relative);
            let help =
                "write `collection`, `item`, or one of them and more: `item/restart`";
            let help = did_you_mean_or(head, ["collection", "item"], help);
            context.error(Code::UnknownPath, relative.span, message, help);
            return PathTemplate::new(collection);
        }
    };
    let Some(rest) = rest else { return PathTemplate::new(&base) };
    // The path of an operation may end with a slash: `collection/`.
    let inner = rest.strip_suffix('/').unwrap_or(rest);
    check(&format!("/{inner}"), relative.span, context);
    PathTemplate::new(&format!("{}/{rest}", base.trim_end_matches('/')))
}

/// Reports invalid paths of a file.
pub(super) fn check_file(resource: &Resource, context: &mut Context) {
    let item = resource.item_path.as_ref();
    let sound = check(&resource.path, resource.path.span, context)
        & item.is_none_or(|item| check(item, item.span, context));
    if let Some(item) = item.filter(|_| resource.singleton) {
        let message = "a singleton has no items, so `item_path` has no effect";
        context.error(Code::ItemOfSingleton, item.span, message, "take it out");
    }
    if sound {
        report_unused(resource, context);
    }
}

/// Reports an invalid path; returns true if it is valid.
fn check(path: &str, span: Span, context: &mut Context) -> bool {
    // RFC 3986, section 3.3, without escapes; braces are for parameters.
    let alike =
        |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/{}".contains(c);
    let message = if !path.starts_with('/') {
        "a path begins with `/`"
    } else if path.len() > 1 && path.ends_with('/') {
        "a path does not end with `/`"
    } else if path.contains("//") || !path.chars().all(alike) {
        "a path has parts between single slashes, and only characters that need no escapes"
    } else if path.split('/').any(api::is_dots) {
        "a path has no part `.` or `..`, which clients would resolve"
    } else if !braces_match(path) {
        "a parameter is a name in braces"
    } else {
        return true;
    };
    let help = "such as `/edges/{edge_id}/routes`";
    context.error(Code::MalformedPath, span, message, help);
    false
}

fn braces_match(path: &str) -> bool {
    let template = PathTemplate::new(path);
    let names: Vec<_> = template.parameters().collect();
    let marks = path.matches(['{', '}']).count();
    marks == 2 * names.len() && names.iter().all(|name| !name.is_empty())
}

/// Lowers the parameters of the path of an operation. Problems of those that the resource itself has are located there.
pub(super) fn parameters(
    resource: &Resource,
    path: &PathTemplate,
    location: Span,
    context: &mut Context,
) -> Vec<Parameter> {
    let shared = PathTemplate::new(&resource.path);
    let shared: Vec<&str> = shared.parameters().collect();
    let mut names = Vec::new();
    for (index, name) in path.parameters().enumerate() {
        let is_shared = shared.get(index) == Some(&name);
        let span = if is_shared { resource.path.span } else { location };
        names.push(Spanned::new(name.to_owned(), span));
    }
    let seen = names.iter().map(|name| (parameter_name(name), name));
    clashes::report("parameter", seen, context);
    names.iter().filter_map(|name| parameter(resource, name, context)).collect()
}

fn parameter(
    resource: &Resource,
    name: &Spanned<String>,
    context: &mut Context,
) -> Option<Parameter> {
    let Some((key, given)) = resource.params.get_key_value(name) else {
        return own_id(resource, name, context);
    };
    let (ty, _, docs) = queries::parameter(key, given, true, resource, context)?;
    Some(Parameter { wire: name.to_string(), ty, docs })
}

/// Returns the ID of the resource itself, which needs no description.
fn own_id(
    resource: &Resource,
    name: &Spanned<String>,
    context: &mut Context,
) -> Option<Parameter> {
    let found = context.declared.kind(&resource.resource);
    let unusable = matches!(found, None | Some(Kind::Enum | Kind::External));
    if **name == "id" && unusable && !resource.resource.is_empty() {
        // The resource itself is invalid.
        return None;
    }
    if **name != "id" || found != Some(Kind::Resource) {
        let message = format!("the path parameter `{}` has no description", **name);
        let add = format!(
            "add `params: {{ {}: {{ type: ..., doc: ... }} }}` to the file",
            **name
        );
        let help = did_you_mean_or(name, names(&resource.params), add);
        context.error(Code::UnknownParameter, name.span, message, help);
        return None;
    }
    let kind = resource.resource.to_string();
    let ty = TypeRef::Id { kinds: vec![kind.clone()], target: Some(kind) };
    let docs = format!("Which {}.", *resource.noun);
    Some(Parameter { wire: name.to_string(), ty, docs })
}

/// Reports parameters that are not in any path.
fn report_unused(resource: &Resource, context: &mut Context) {
    let own = resource.operations.values();
    let paths = own.filter_map(|given| given.details().path.as_deref());
    let paths = [resource.path.as_str()].into_iter().chain(paths.map(String::as_str));
    let paths = paths.chain((!resource.singleton).then_some(resource.item()));
    let paths: Vec<_> = paths.map(PathTemplate::new).collect();
    let names: Vec<&str> = paths.iter().flat_map(PathTemplate::parameters).collect();
    for key in resource.params.keys().filter(|key| !names.contains(&key.as_str())) {
        let message = format!("no path of this file has a parameter `{}`", **key);
        let help = did_you_mean_or(key, names.iter().copied(), "take it out");
        context.error(Code::UnusedParameter, key.span, message, help);
    }
}
