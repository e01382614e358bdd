//! Responses of operations: nothing, one value, or a list.

use crate::diagnostic::Code;
use crate::model::{Listing, Output, PathTemplate, TypeRef};
use crate::spec::{Method, Place, Resource, Span, Spanned};

use super::Context;
use super::conventions::Merged;
use super::shapes::{Use, has_resource};
use super::type_expr;

/// Lowers the response of an operation.
pub(super) fn lower(
    returns: &Spanned<String>,
    merged: &Merged,
    resource: &Resource,
    path: &PathTemplate,
    context: &mut Context,
) -> Option<Output> {
    let own = matches!(returns.as_str(), "resource" | "list");
    // A convention is not what is wrong.
    let location = merged.own.returns.as_ref().unwrap_or(merged.name).span;
    if own && !has_resource(resource, location, context) {
        return None;
    }
    let output = match returns.as_str() {
        "nothing" => Output::Nothing,
        "resource" => Output::Type(resource.resource.to_string()),
        "list" => listing(resource.resource.to_string(), merged, path, context),
        _ => {
            let usage = Use::by(resource, Some(Place::Response), None);
            let ty = type_expr::parse(returns, usage, context)?;
            match (&ty, ty.named()) {
                (TypeRef::Record(_), Some(ty)) => Output::Type(ty.clone()),
                (TypeRef::List(item), Some(ty))
                    if matches!(**item, TypeRef::Record(_)) =>
                {
                    listing(ty.clone(), merged, path, context)
                }
                _ => {
                    let message = format!("an operation cannot return `{}`", **returns);
                    let help = "write `resource`, `list`, `list of X`, `nothing`, or the name of a type with fields";
                    context.error(Code::OutputType, returns.span, message, help);
                    return None;
                }
            }
        }
    };
    if !matches!(output, Output::List(_)) {
        report_list_keys(merged, context);
    }
    Some(output)
}

fn listing(
    item: String,
    merged: &Merged,
    path: &PathTemplate,
    context: &mut Context,
) -> Output {
    let key = key(merged, path, context);
    Output::List(Listing {
        item,
        paged: is_paged(&key, merged, context),
        key,
        filter: merged.own.filter.iter().map(ToString::to_string).collect(),
    })
}

/// The `items` of a list that is the whole response.
const BARE: &str = "$";

/// Returns true if a list is paginated. The next page is fetched with GET, from an address beside the items: a list
/// that is fetched with another method, or that has nothing beside its items, is not paginated.
fn is_paged(key: &str, merged: &Merged, context: &mut Context) -> bool {
    let method = merged.get(|details| details.method.as_ref());
    let is_get = method.is_none_or(|method| **method == Method::Get);
    let possible = is_get && !key.is_empty();
    let said = merged.own.paged.as_ref();
    if let Some(said) = said.filter(|said| ***said && !possible) {
        let reason = if is_get {
            "has no place for the address of its next page"
        } else {
            "is not fetched with GET, so it is not paginated"
        };
        let message = format!("the list of `{}` {reason}", **merged.name);
        let help = "write `paged: false`, or remove `paged`";
        context.error(Code::UnpageableList, said.span, message, help);
    }
    let paged = merged.get(|details| details.paged.as_ref());
    possible && paged.is_none_or(|paged| **paged)
}

/// Returns the key of the items: the given one, or the last part of the path. Empty for a bare list.
fn key(merged: &Merged, path: &PathTemplate, context: &mut Context) -> String {
    let named = merged.get(|details| details.items.as_ref());
    if named.is_some_and(|named| **named == BARE) {
        return String::new();
    }
    let mut segments = path.segments().iter().map(ToString::to_string);
    let last = segments.rfind(|segment| !segment.is_empty()).unwrap_or_default();
    let key = named.map_or(last.as_str(), |named| named.as_str());
    let page = &context.spec.api.paging.page;
    let (code, message, help) = if key.is_empty() || key.contains('{') {
        let message = format!(
            "the path of `{}` does not determine the key of its items",
            **merged.name
        );
        (
            Code::MissingItems,
            message,
            "add the key of the list in `items:`; `$` if the response is the list itself",
        )
    } else if key == *page.uri || key == *page.next {
        let message = format!("`{key}` is the key of a page's own address");
        (Code::ReservedKey, message, "add the key of the list in `items:`")
    } else {
        return key.to_owned();
    };
    let span = named.map_or(merged.name.span, |named| named.span);
    context.error(code, span, message, help);
    key.to_owned()
}

/// Reports properties of lists on other operations.
fn report_list_keys(merged: &Merged, context: &mut Context) {
    let own = merged.own;
    let first = |names: &[Spanned<String>]| names.first().map(|name| name.span);
    let keys: [(&str, Option<Span>); 4] = [
        ("items", own.items.as_ref().map(|items| items.span)),
        ("paged", own.paged.as_ref().map(|paged| paged.span)),
        ("filter", first(&own.filter)),
        ("filter_only", first(&own.filter_only)),
    ];
    for (key, span) in keys {
        let Some(span) = span else { continue };
        let message = format!("`{key}` is for lists, and this operation returns none");
        let help = "remove it, or write `returns: list`";
        context.error(Code::ListKey, span, message, help);
    }
}
