//! Names in place of IDs: a value that is not an ID is looked up by the natural key of the description.

use ngrok_api_model::{Model, Operation, Output, Service, TypeRef};
use ngrok_client_core::Cursor;
use serde_json::Value;

use crate::app::App;
use crate::client::Client;
use crate::failure::Failure;
use crate::lookup::{Shape, command_of, record};
use crate::output::Column;
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
        let TypeRef::Id { kinds, .. } = &parameter.ty else { continue };
        for value in values {
            if value != "-" && !is_id(app.model, kinds, value) {
                *value = find(app, kinds, value)?;
            }
        }
    }
    Ok(())
}

/// The same for one value of each parameter.
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
        let (TypeRef::Id { kinds, .. }, true) =
            (ty.element(), !matches!(ty, TypeRef::Map(_)))
        else {
            continue;
        };
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
            if let Some(name) = value.as_str().filter(|name| !name.is_empty())
                && !is_id(app.model, kinds, name)
            {
                *value = find(app, kinds, name)?.into();
            }
        }
    }
    Ok(())
}

/// Returns true if a value has the form of an ID of one of these types, or cannot be a name.
fn is_id(model: &'static Model, kinds: &[String], value: &str) -> bool {
    let mut prefixes = kinds
        .iter()
        .filter_map(|kind| record(model, kind)?.prefix.as_deref())
        .peekable();
    let is_prefix = |prefix: &str| {
        value.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('_'))
    };
    // Some IDs have no prefix.
    let bare = value.len() == model.api.id_length as usize
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    bare || prefixes.peek().is_none()
        || prefixes.any(is_prefix)
        || lookup(model, kinds).is_none()
}

/// Returns the list in which resources of these types are found by name, and the field with the name.
fn lookup(
    model: &'static Model,
    kinds: &[String],
) -> Option<(&'static Service, &'static Operation, &'static str)> {
    model.services.iter().filter(|service| kinds.contains(&service.resource)).find_map(
        |service| {
            let key = service.apply.as_ref()?.key.as_slice();
            // Of several parts, the last one is the name; the others define where it is unique.
            let name = key.last()?;
            let field = name.response.as_deref().unwrap_or(&name.name);
            let list = service.operations.iter().find(|operation| {
                operation.parameters.is_empty()
                    && matches!(operation.output, Output::List(_))
            })?;
            Some((service, list, field))
        },
    )
}

/// Returns the ID of the only resource with this name.
fn find(app: &App, kinds: &[String], name: &str) -> Result<String, Failure> {
    let Some((service, operation, field)) = lookup(app.model, kinds) else {
        return Ok(name.to_owned());
    };
    let Output::List(listing) = &operation.output else { return Ok(name.to_owned()) };
    let client = Client::quiet(app)?;
    let base = client.config().base();
    let mut draft = Request::new(app, operation, &[], None)?.draft;
    let api = &app.model.api;
    if listing.filter.iter().any(|known| known == field) {
        let filter = format!("{}.{field} == {}", api.filter_object, Value::from(name));
        draft.query(&api.filter_parameter, filter);
    }
    let mut cursor = Cursor::new(draft, base);
    let mut found = Vec::new();
    while let Some(draft) = cursor.take() {
        let mut page = client.send(*draft)?;
        if let Some(Value::Array(items)) = page.get_mut(&listing.key).map(Value::take) {
            found.extend(items.into_iter().filter(|item| item[field] == name));
        }
        cursor.advance(page.get(&api.page_next).and_then(Value::as_str), base);
    }
    let columns = Column::of_table(app.model, Shape::Named(&listing.item));
    let id = |item: &Value| item["id"].as_str().unwrap_or_default().to_owned();
    match found.as_slice() {
        [one] => Ok(id(one)),
        [] => Err(Failure::not_found(format!(
            "no {} has the {field} `{name}`",
            service.noun
        ))
        .hint(format!(
            "{} {} list shows all",
            app.shell.name,
            command_of(service)
        ))),
        several => {
            let lines = several.iter().take(MOST).map(|item| {
                let cells: Vec<_> =
                    columns.iter().map(|column| column.cell(item)).collect();
                format!("\n  {}", cells.join("  "))
            });
            let lines: String = lines.collect();
            Err(Failure::usage(format!(
                "{} {} have the {field} `{name}`; give an ID:{lines}",
                several.len(),
                service.nouns
            )))
        }
    }
}
