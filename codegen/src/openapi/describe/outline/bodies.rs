//! Bodies of operations.

use crate::names::type_name;

use super::super::super::document::{At, Content, Kind, Operation, Remark, Schema};
use super::super::conventions::Conventions;
use super::super::groups::Group;
use super::super::lists::{self, List};
use super::super::paths::{parameter, pattern, segments};
use super::Planned;
use crate::reconcile::{Finding, NoteKind};
use crate::spec::Place;

/// The body of a request.
#[derive(Debug, Clone)]
pub(in super::super) enum Sent<'d> {
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
pub(in super::super) enum Returned<'d> {
    Nothing,
    List(List<'d>),
    Object(Schema<'d>),
}

/// Interprets both bodies; the error describes what a description cannot express.
pub(in super::super) fn read<'d>(
    operation: &Operation<'d>,
    name: &str,
    group: &Group,
    conventions: &Conventions,
    findings: &mut Vec<Finding>,
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
    conventions: &Conventions,
    findings: &mut Vec<Finding>,
) -> Result<Returned<'d>, Remark> {
    if operation.status.is_none() {
        let message = "there is no response for success; taken for one without content";
        findings.push((NoteKind::Undecided, operation.at.remark(message)));
    }
    let Some(content) = &operation.output else { return Ok(Returned::Nothing) };
    if let Some(list) = content.schema.as_ref().and_then(bare_list) {
        return Ok(Returned::List(list));
    }
    let schema = read_body(content, "is returned")?;
    if matches!(schema.kind, Kind::Map(_)) || schema.properties().is_empty() {
        let message = "an object without known keys is returned; it is not decoded";
        findings.push((NoteKind::Inexpressible, schema.at.remark(message)));
        return Ok(Returned::Nothing);
    }
    // A list would lose unknown keys besides the items.
    let is_known = |key: &&str| conventions.page_keys.iter().any(|known| known == key);
    let list = lists::read(&schema, &conventions.page_keys);
    let list = list.filter(|list| list.others.iter().all(is_known));
    Ok(list.map_or_else(|| Returned::Object(schema.clone()), Returned::List))
}

fn bare_list<'d>(schema: &At<'d>) -> Option<List<'d>> {
    lists::bare(&Schema::read(schema).ok()?)
}

fn sent<'d>(
    operation: &Operation<'d>,
    name: &str,
    group: &Group,
    returned: &Returned,
) -> Result<Sent<'d>, Remark> {
    let Some(content) = &operation.body else { return Ok(Sent::Nothing) };
    let schema = read_body(content, "is sent")?;
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
    Ok(match name {
        _ if group.singleton => Sent::Place(Place::Request, schema),
        "create" => Sent::Place(Place::Create, schema),
        "update" => Sent::Place(Place::Update, schema),
        _ => match (operation.method.as_str(), returned) {
            ("POST", Returned::Object(_))
                if pattern(operation.path) == pattern(&group.path) =>
            {
                Sent::Place(Place::Create, schema)
            }
            ("PUT" | "PATCH", Returned::Object(_)) if is_item(operation, group) => {
                Sent::Place(Place::Update, schema)
            }
            _ => Sent::Type(schema),
        },
    })
}

/// Returns true if the path ends with an item.
fn is_item(operation: &Operation, group: &Group) -> bool {
    let item = group.item.as_deref().unwrap_or_default();
    pattern(operation.path) == pattern(&format!("{}{item}", group.path))
}

/// Returns the contents of a body that only repeats the surrounding path.
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

/// Returns the name of the body in the document, if it wraps what is sent.
pub(in super::super) fn wrapper(operation: &Operation, sent: &Sent) -> Option<String> {
    let (Sent::Place(_, schema) | Sent::Type(schema)) = sent else { return None };
    let outer = Schema::read(operation.body.as_ref()?.schema.as_ref()?).ok()?;
    let name = outer.name?;
    (schema.name.as_ref() != Some(&name) && outer.at.pointer() != schema.at.pointer())
        .then(|| type_name(&name))
}

/// Interprets a body that is an object with or without keys.
fn read_body<'d>(content: &Content<'d>, verb: &str) -> Result<Schema<'d>, Remark> {
    let Some(schema) = &content.schema else {
        let media = content.other.unwrap_or("a body without a schema");
        let message = format!("`{media}` {verb}, which is not JSON");
        return Err(content.at.remark(message));
    };
    let schema = Schema::read(schema)?;
    let what = match &schema.kind {
        Kind::Object | Kind::Map(None) => return Ok(schema),
        Kind::Other(what) => format!("a value that {what}"),
        Kind::List(_) => "a bare list".to_owned(),
        Kind::Map(_) => "a bare map".to_owned(),
        _ => "a bare scalar".to_owned(),
    };
    let message = format!("{what} {verb}; only objects can be described");
    Err(schema.at.remark(message))
}

/// Returns the schema of the resource: the fetched one, else the created, listed, returned or sent one.
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
