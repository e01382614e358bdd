//! Names in place of IDs: a value that is not an ID is looked up by the natural key of the description.

use ngrok_api_model::check::{self, Violation, ViolationKind};
use ngrok_api_model::{Listing, Model, Operation, Service, Shape, TypeRef};
use ngrok_client_core::Cursor;
use serde_json::Value;

use crate::app::App;
use crate::client::Client;
use crate::failure::Failure;
use crate::lookup::command_of;
use crate::output::{Column, View};
use crate::request::Request;
use crate::tree::fields::FieldFlag;

/// Maximum number of candidates in an error.
const MOST: usize = 10;

/// Replaces names among the values of an operation's path parameters with IDs.
pub(crate) fn resolve(
    app: &App,
    operation: &'static Operation,
    values: &mut [Vec<String>],
) -> Result<(), Failure> {
    for (parameter, values) in operation.parameters.iter().zip(values) {
        for value in values.iter_mut().filter(|value| *value != "-") {
            if let Some(id) = id_of(app, &parameter.ty, value)? {
                *value = id;
            }
        }
    }
    Ok(())
}

/// Returns one value of each parameter, with IDs in place of names.
pub(crate) fn resolved(
    app: &App,
    operation: &'static Operation,
    values: &[String],
) -> Result<Vec<String>, Failure> {
    let mut values: Vec<_> = values.iter().map(|value| vec![value.clone()]).collect();
    resolve(app, operation, &mut values)?;
    Ok(values.concat())
}

/// Replaces names in the ID fields of a body.
pub(crate) fn resolve_body(
    app: &App,
    flags: &[FieldFlag<'_>],
    body: &mut Value,
) -> Result<(), Failure> {
    for flag in flags {
        let Shape::Ref(ty) = flag.shape else { continue };
        let mut place = Some(&mut *body);
        for key in &flag.path {
            place = place.and_then(|value| value.get_mut(*key));
        }
        let values = match place {
            Some(Value::Array(items)) => items.iter_mut().collect(),
            Some(value) => vec![value],
            None => continue,
        };
        for value in values {
            let name = value.as_str().filter(|name| !name.is_empty());
            let id = name.map(|name| id_of(app, ty, name)).transpose()?;
            if let Some(id) = id.flatten() {
                *value = id.into();
            }
        }
    }
    Ok(())
}

/// Returns the paths of the values of a body that are names in place of IDs.
pub(crate) fn named(model: &'static Model, ty: &str, body: &Value) -> Vec<String> {
    let violations = check::validate(model, ty, body).into_iter();
    let is_name = |it: &Violation<'_>| {
        let value = body.pointer(&it.pointer).and_then(Value::as_str);
        let list = it.field.zip(value).and_then(|(field, value)| {
            list_of(model, &field.ty, value).filter(|_| !value.is_empty())
        });
        it.kind == ViolationKind::Id && list.is_some()
    };
    violations.filter(is_name).map(|it| it.path).collect()
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
