//! Names in place of IDs: a value that is not an ID is looked up by the natural key of the description.

use ngrok_api_model::check::{Violation, ViolationKind};
use ngrok_api_model::{Listing, Model, Operation, Parameter, Service, Shape, TypeRef};
use ngrok_client_core::Cursor;
use serde_json::Value;

use crate::app::App;
use crate::client::Client;
use crate::failure::Failure;
use crate::lookup::command_of;
use crate::output::{Column, View};
use crate::request::Request;

/// Maximum number of candidates in an error.
const MOST: usize = 10;

/// Replaces names among the values of a path parameter with IDs.
pub(crate) fn resolve(
    app: &App,
    parameter: &'static Parameter,
    values: &mut [String],
) -> Result<(), Failure> {
    for value in values {
        if let Some(id) = id_of(app, &parameter.ty, value)? {
            *value = id;
        }
    }
    Ok(())
}

/// Returns one value of each path parameter, with IDs in place of names.
pub(crate) fn resolved(
    app: &App,
    operation: &'static Operation,
    values: &[String],
) -> Result<Vec<String>, Failure> {
    let mut values = values.to_vec();
    for (parameter, value) in operation.parameters.iter().zip(&mut values) {
        resolve(app, parameter, std::slice::from_mut(value))?;
    }
    Ok(values)
}

/// Replaces names in the ID fields of a value of this type.
pub(crate) fn resolve_body(
    app: &App,
    shape: Shape<'_>,
    value: &mut Value,
) -> Result<(), Failure> {
    match value {
        Value::Object(object) => object.iter_mut().try_for_each(|(key, value)| {
            resolve_body(app, shape.member(app.model, key).shape, value)
        }),
        Value::Array(items) => {
            items.iter_mut().try_for_each(|it| resolve_body(app, shape.element(), it))
        }
        Value::String(name) if !name.is_empty() => {
            if let Shape::Ref(ty) = shape
                && let Some(id) = id_of(app, ty, name)?
            {
                *name = id;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Returns true if the invalid value of a body is a name in place of an ID.
pub(crate) fn is_name(
    model: &'static Model,
    body: &Value,
    found: &Violation<'_>,
) -> bool {
    let value = body.pointer(&found.pointer).and_then(Value::as_str);
    let value = value.filter(|value| !value.is_empty()).zip(found.field);
    found.kind == ViolationKind::Id
        && value.is_some_and(|(value, field)| list_of(model, &field.ty, value).is_some())
}

/// Returns the ID of the resource with a name, if the value is one.
fn id_of(app: &App, ty: &TypeRef, value: &str) -> Result<Option<String>, Failure> {
    let named = list_of(app.model, ty, value);
    named.map(|named| find(app, &named, value)).transpose()
}

/// Returns where a value is looked up, if it is a name in place of an ID.
fn list_of(model: &'static Model, ty: &TypeRef, value: &str) -> Option<Named> {
    let TypeRef::Id { kinds, .. } = ty.element() else { return None };
    lookup(model, kinds).filter(|_| !is_id(model, kinds, value))
}

/// Returns true if a value has the form of an ID of one of these types, or cannot be a name.
fn is_id(model: &Model, kinds: &[String], value: &str) -> bool {
    let prefixes = kinds.iter().filter_map(|kind| model.record(kind)?.prefix.as_deref());
    let prefixes: Vec<_> = prefixes.collect();
    // Some IDs have no prefix.
    let is_bare = value.len() == model.api.id_length as usize
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_bare
        || prefixes.is_empty()
        || value.split_once('_').is_some_and(|(prefix, _)| prefixes.contains(&prefix))
}

/// A list in which resources are found by name.
struct Named {
    service: &'static Service,
    list: &'static Operation,
    listing: &'static Listing,
    /// Field with the name.
    field: &'static str,
}

fn lookup(model: &'static Model, kinds: &[String]) -> Option<Named> {
    let mut lists =
        model.lists().filter(|(service, ..)| kinds.contains(&service.resource));
    lists.find_map(|(service, list, listing)| {
        // Of several parts, the last one is the name; the others define where it is unique.
        let name = service.apply.as_ref()?.key.last()?;
        let field = name.response.as_deref().unwrap_or(&name.name);
        Some(Named { service, list, listing, field })
    })
}

/// Returns the ID of the only resource with this name.
fn find(app: &App, named: &Named, name: &str) -> Result<String, Failure> {
    let Named { service, list, listing, field } = named;
    let client = Client::quiet(app)?;
    let mut draft = Request::new(app, list, &[], None)?.draft;
    let api = &app.model.api;
    if listing.filter.iter().any(|known| known == field) {
        let filter = format!("{}.{field} == {}", api.filter_object, Value::from(name));
        draft.query(&api.filter_parameter, filter);
    }
    let mut cursor = Cursor::new(draft, client.config().base());
    let mut found = Vec::new();
    while let Some((items, _)) = client.page(&mut cursor, &listing.key)? {
        found.extend(items.into_iter().filter(|item| item[field] == name));
    }
    match found.as_slice() {
        [one] => Ok(one["id"].as_str().unwrap_or_default().to_owned()),
        [] => {
            let what = format!("no {} has the {field} `{name}`", service.noun);
            let (program, command) = (app.shell.name, command_of(service));
            Err(Failure::not_found(what)
                .hint(format!("{program} {command} list shows all")))
        }
        several => {
            let columns = app.model.record(&listing.item).map(Column::of_table);
            let columns = columns.unwrap_or_default();
            let lines = several.iter().take(MOST).map(|item| {
                let view = View::new(app, Shape::Named(&listing.item), None, item);
                let cells: Vec<_> =
                    columns.iter().map(|column| column.cell(view)).collect();
                format!("\n  {}", cells.join("  "))
            });
            Err(Failure::usage(format!(
                "{} {} have the {field} `{name}`; give an ID:{}",
                several.len(),
                service.nouns,
                lines.collect::<String>()
            )))
        }
    }
}
