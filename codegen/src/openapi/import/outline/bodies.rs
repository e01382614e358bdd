//! What operations send and return.

use crate::names::type_name;

use super::super::super::document::{At, Content, Kind, Operation, Schema};
use super::super::conventions::Conventions;
use super::super::groups::Group;
use super::super::lists::{self, List};
use super::super::notes::{NoteKind, Notes};
use super::super::paths::{parameter, pattern, segments};
use super::super::spot::Spot;
use super::Planned;

/// What is sent.
#[derive(Debug, Clone)]
pub(in super::super) enum Sent<'d> {
    Nothing,
    /// An object without keys.
    Empty,
    /// The resource, in the shape that it has there.
    Place(Spot, Schema<'d>),
    /// A type of its own.
    Type(Schema<'d>),
}

/// What comes back.
#[derive(Debug)]
pub(in super::super) enum Returned<'d> {
    Nothing,
    List(List<'d>),
    Object(Schema<'d>),
}

/// Reads both; nothing where the format has no words for one of them.
pub(in super::super) fn read<'d>(
    operation: &Operation<'d>,
    name: &str,
    group: &Group,
    conventions: &Conventions,
    notes: &mut Notes,
) -> Option<(Sent<'d>, Returned<'d>)> {
    let read = read_both(operation, name, group, conventions, notes);
    if read.is_none() {
        notes.leaves_out(&operation.at);
    }
    read
}

fn read_both<'d>(
    operation: &Operation<'d>,
    name: &str,
    group: &Group,
    conventions: &Conventions,
    notes: &mut Notes,
) -> Option<(Sent<'d>, Returned<'d>)> {
    if !matches!(operation.method.as_str(), "GET" | "POST" | "PUT" | "PATCH" | "DELETE")
    {
        notes.at(
            NoteKind::Inexpressible,
            &operation.at,
            format!("there is no method `{}`", operation.method),
        );
        return None;
    }
    let returned = returned(operation, conventions, notes)?;
    let sent = sent(operation, name, group, conventions, &returned, notes)?;
    Some((sent, returned))
}

fn returned<'d>(
    operation: &Operation<'d>,
    conventions: &Conventions,
    notes: &mut Notes,
) -> Option<Returned<'d>> {
    if operation.status.is_none() {
        let message = "there is no answer for success; taken for one without content";
        notes.at(NoteKind::Undecided, &operation.at, message);
    }
    let Some(content) = &operation.output else { return Some(Returned::Nothing) };
    if let Some(list) = content.schema.as_ref().and_then(bare_list) {
        return Some(Returned::List(list));
    }
    let schema = read_body(content, "answers", notes)?;
    if conventions.own && schema.properties().is_empty() {
        // Our own description may have a type whose fields are not known.
        return Some(Returned::Object(schema));
    }
    if matches!(schema.kind, Kind::Map(_)) || schema.properties().is_empty() {
        let message = "an object without known keys answers; it is not decoded";
        notes.at(NoteKind::Inexpressible, &schema.at, message);
        return Some(Returned::Nothing);
    }
    // Keys beside the items that a client does not know would be lost in a list.
    let is_known = |key: &&str| conventions.page_keys.iter().any(|known| known == key);
    let list = lists::read(&schema, &conventions.page_keys);
    let list = list.filter(|list| list.others.iter().all(is_known));
    Some(list.map_or_else(|| Returned::Object(schema.clone()), Returned::List))
}

fn bare_list<'d>(schema: &At<'d>) -> Option<List<'d>> {
    lists::bare(&Schema::read(schema).ok()?)
}

fn sent<'d>(
    operation: &Operation<'d>,
    name: &str,
    group: &Group,
    conventions: &Conventions,
    returned: &Returned,
    notes: &mut Notes,
) -> Option<Sent<'d>> {
    let Some(content) = &operation.body else { return Some(Sent::Nothing) };
    let schema = read_body(content, "is sent", notes)?;
    if matches!(schema.kind, Kind::Map(None)) || schema.properties().is_empty() {
        return Some(Sent::Empty);
    }
    // What is in the path is not sent again, though a document may list it.
    let path =
        segments(operation.path).into_iter().filter_map(parameter).map(str::to_owned);
    let path: Vec<String> = path.filter(|_| !conventions.own).collect();
    let schema = match unwrapped(operation, &schema, &path, returned) {
        Some(inner) => inner,
        None => schema.without(&path),
    };
    if schema.properties().is_empty() {
        return Some(Sent::Empty);
    }
    Some(match name {
        _ if group.singleton => Sent::Place(Spot::Request, schema),
        "create" => Sent::Place(Spot::Create, schema),
        "update" => Sent::Place(Spot::Update, schema),
        _ => match (operation.method.as_str(), returned) {
            ("POST", Returned::Object(_))
                if pattern(operation.path) == pattern(&group.path) =>
            {
                Sent::Place(Spot::Create, schema)
            }
            ("PUT" | "PATCH", Returned::Object(_)) if is_item(operation, group) => {
                Sent::Place(Spot::Update, schema)
            }
            _ => Sent::Type(schema),
        },
    })
}

/// Whether the path names one thing, and nothing behind it.
fn is_item(operation: &Operation, group: &Group) -> bool {
    let item = group.item.as_deref().unwrap_or_default();
    pattern(operation.path) == pattern(&format!("{}{item}", group.path))
}

/// What is inside of a body that only repeats the path around it.
fn unwrapped<'d>(
    operation: &Operation,
    schema: &Schema<'d>,
    path: &[String],
    returned: &Returned,
) -> Option<Schema<'d>> {
    let properties = schema.properties();
    let (repeated, others): (Vec<_>, Vec<_>) = properties
        .into_iter()
        .partition(|property| path.iter().any(|name| name == property.name));
    let [only] = others.as_slice() else { return None };
    let inner = Schema::read(&only.at)
        .ok()
        .filter(|inner| matches!(inner.kind, Kind::Object))?;
    let of_returned = match returned {
        Returned::Object(returned) => {
            returned.properties().iter().any(|property| property.name == only.name)
        }
        _ => true,
    };
    (operation.method == "PUT" && !repeated.is_empty() && !of_returned).then_some(inner)
}

/// The name of the body in the document, where that wraps what is sent.
pub(in super::super) fn wrapper(operation: &Operation, sent: &Sent) -> Option<String> {
    let (Sent::Place(_, schema) | Sent::Type(schema)) = sent else { return None };
    let outer = Schema::read(operation.body.as_ref()?.schema.as_ref()?).ok()?;
    let name = outer.name?;
    (schema.name.as_ref() != Some(&name) && outer.at.pointer() != schema.at.pointer())
        .then(|| type_name(&name))
}

/// A body that is an object with or without keys.
fn read_body<'d>(
    content: &Content<'d>,
    verb: &str,
    notes: &mut Notes,
) -> Option<Schema<'d>> {
    let Some(schema) = &content.schema else {
        let media = content.other.unwrap_or("something without a schema");
        notes.at(
            NoteKind::Inexpressible,
            &content.at,
            format!("`{media}` {verb}, which is no JSON"),
        );
        return None;
    };
    let schema = match Schema::read(schema) {
        Ok(schema) => schema,
        Err(remark) => {
            notes.remark(NoteKind::Inexpressible, remark);
            return None;
        }
    };
    let what = match &schema.kind {
        Kind::Object | Kind::Map(None) => return Some(schema),
        Kind::Other(what) => format!("a value that {what}"),
        Kind::List(_) => "a bare list".to_owned(),
        Kind::Map(_) => "a bare map".to_owned(),
        _ => "a bare scalar".to_owned(),
    };
    notes.at(
        NoteKind::Inexpressible,
        &schema.at,
        format!("{what} {verb}; only objects can be described"),
    );
    None
}

/// The schema that is the resource: what is looked up, else created, listed, returned or sent.
pub(super) fn resource<'d>(operations: &[Planned<'d>]) -> Option<Schema<'d>> {
    let returned = |name: &str| {
        let operation = operations.iter().find(|operation| operation.name == name)?;
        match &operation.returned {
            Returned::Object(schema) => Some(schema.clone()),
            _ => None,
        }
    };
    let listed = operations.iter().find_map(|operation| match &operation.returned {
        Returned::List(list) => Some(list.item.clone()),
        _ => None,
    });
    let any = operations.iter().find_map(|operation| match &operation.returned {
        Returned::Object(schema) => Some(schema.clone()),
        _ => None,
    });
    let sent = operations.iter().find_map(|operation| match &operation.sent {
        Sent::Place(_, schema) | Sent::Type(schema) => Some(schema.clone()),
        _ => None,
    });
    returned("get").or_else(|| returned("create")).or(listed).or(any).or(sent)
}
