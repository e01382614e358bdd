//! Bodies of operations.

use super::super::document::{Kind, Operation, Remark, Schema};
use super::conventions::Conventions;
use super::groups::{BARE, Group, List, bare_list, list};
use super::naming::{parameter, pattern, segments};
use crate::names::type_name;
use crate::reconcile::{Content, Note, NoteKind};
use crate::spec::Place;

/// The body of a request.
#[derive(Debug, Clone)]
pub(super) enum Sent<'d> {
    Nothing,
    /// An object without fields.
    Empty,
    /// The resource, in its shape for a body.
    Place(Place, Schema<'d>),
    /// A separate type.
    Type(Schema<'d>),
}

/// The body of a response.
#[derive(Debug)]
pub(super) enum Returned<'d> {
    Nothing,
    List(List<'d>),
    Object(Schema<'d>),
}

impl<'d> Sent<'d> {
    /// Returns the schema of an object with fields.
    pub(super) fn schema(&self) -> Option<&Schema<'d>> {
        match self {
            Self::Place(_, schema) | Self::Type(schema) => Some(schema),
            Self::Nothing | Self::Empty => None,
        }
    }

    /// Returns what is sent, and the shape of the resource that it is.
    pub(super) fn content(&self) -> (Content, Option<Place>) {
        match self {
            Self::Nothing => (Content::Nothing, None),
            Self::Empty => (Content::Empty, None),
            Self::Place(place, _) => (Content::Object, Some(*place)),
            Self::Type(_) => (Content::Object, None),
        }
    }
}

impl Returned<'_> {
    /// Returns what is returned, and the key of the items of a list.
    pub(super) fn content(&self) -> (Content, &str) {
        match self {
            Self::Nothing => (Content::Nothing, ""),
            Self::Object(_) => (Content::Object, ""),
            Self::List(list) if list.key == BARE => (Content::List, ""),
            Self::List(list) => (Content::List, list.key),
        }
    }
}

/// Interprets both bodies; the error describes what a description cannot express.
pub(super) fn read<'d>(
    operation: &Operation<'d>,
    name: &str,
    group: &Group,
    conventions: Conventions,
    findings: &mut Vec<Note>,
) -> Result<(Sent<'d>, Returned<'d>), Remark> {
    let method = operation.method.as_str();
    if !matches!(method, "GET" | "POST" | "PUT" | "PATCH" | "DELETE") {
        return Err(operation.at.remark(format!("there is no method `{method}`")));
    }
    let returned = returned(operation, conventions, findings)?;
    let sent = sent(operation, name, group, &returned)?;
    Ok((sent, returned))
}

fn returned<'d>(
    operation: &Operation<'d>,
    conventions: Conventions,
    findings: &mut Vec<Note>,
) -> Result<Returned<'d>, Remark> {
    if operation.status.is_none() {
        let message = "there is no response for success; taken for one without content";
        findings.push(Note::new(NoteKind::Undecided, operation.at.remark(message)));
    }
    let Some(content) = &operation.output else { return Ok(Returned::Nothing) };
    if let Some(list) = operation.returned().as_ref().and_then(bare_list) {
        return Ok(Returned::List(list));
    }
    let schema = match content.object("is returned", "it is not decoded") {
        Ok(schema) if !schema.properties().is_empty() => schema,
        Err(remark) if content.other.is_some() => return Err(remark),
        other => {
            let unknown = "an object without known keys is returned; it is not decoded";
            let remark = other.map_or_else(|it| it, |schema| schema.at.remark(unknown));
            findings.push(Note::new(NoteKind::Inexpressible, remark));
            return Ok(Returned::Nothing);
        }
    };
    // A list would lose unknown keys besides the items.
    let page_keys = conventions.page_keys();
    let list = list(&schema, &page_keys);
    let list = list.filter(|list| list.others.iter().all(|key| page_keys.contains(key)));
    Ok(list.map_or(Returned::Object(schema), Returned::List))
}

fn sent<'d>(
    operation: &Operation<'d>,
    name: &str,
    group: &Group,
    returned: &Returned,
) -> Result<Sent<'d>, Remark> {
    let Some(content) = &operation.body else { return Ok(Sent::Nothing) };
    let schema = content.object("is sent", "only objects can be described")?;
    if matches!(schema.kind, Kind::Map(None)) || schema.properties().is_empty() {
        return Ok(Sent::Empty);
    }
    // Path parameters are not sent again, although a document may list them.
    let path = segments(operation.path).into_iter().filter_map(parameter);
    let path: Vec<String> = path.map(str::to_owned).collect();
    let schema = match unwrapped(operation, &schema, &path, returned) {
        Some(inner) => inner,
        None => schema.without(&path),
    };
    if schema.properties().is_empty() {
        return Ok(Sent::Empty);
    }
    let path = pattern(operation.path);
    let is_collection = path == pattern(&group.path);
    let item = group.item.as_deref().unwrap_or_default();
    let is_item = path == pattern(&format!("{}{item}", group.path));
    let object = matches!(returned, Returned::Object(_));
    Ok(match (name, operation.method.as_str()) {
        _ if group.singleton => Sent::Place(Place::Request, schema),
        ("create", _) => Sent::Place(Place::Create, schema),
        ("update", _) => Sent::Place(Place::Update, schema),
        (_, "POST") if object && is_collection => Sent::Place(Place::Create, schema),
        (_, "PUT" | "PATCH") if object && is_item => Sent::Place(Place::Update, schema),
        _ => Sent::Type(schema),
    })
}

/// Returns the contents of a body that only repeats the surrounding path.
fn unwrapped<'d>(
    operation: &Operation,
    schema: &Schema<'d>,
    path: &[String],
    returned: &Returned,
) -> Option<Schema<'d>> {
    let properties = schema.properties().into_iter();
    let (repeated, others): (Vec<_>, Vec<_>) =
        properties.partition(|property| path.iter().any(|name| name == property.name));
    let [only] = others.as_slice() else { return None };
    let inner = only.read().ok().filter(|it| matches!(it.kind, Kind::Object))?;
    let of_returned = match returned {
        Returned::Object(returned) => returned.property(only.name).is_some(),
        _ => true,
    };
    (operation.method == "PUT" && !repeated.is_empty() && !of_returned).then_some(inner)
}

/// Returns the name of the body in the document, if it wraps what is sent.
pub(super) fn wrapper(operation: &Operation, sent: &Sent) -> Option<String> {
    let schema = sent.schema()?;
    let outer = Schema::read(operation.body.as_ref()?.schema.as_ref()?).ok()?;
    let name = outer.name?;
    (schema.name.as_ref() != Some(&name) && outer.at.pointer() != schema.at.pointer())
        .then(|| type_name(&name))
}
