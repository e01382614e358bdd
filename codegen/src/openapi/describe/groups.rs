//! Groups of operations that form services: one for each tag, with a common path prefix. Lists in responses.

use indexmap::IndexMap;

use super::super::document::{Kind, Operation, Schema};
use super::naming::{common, joined, parameter, pattern, segments};
use crate::names::type_name;

/// The operations of a future service.
#[derive(Debug)]
pub(super) struct Group<'d> {
    /// Name of the service in the document.
    pub(super) tag: String,
    /// Path of the collection; for a singleton, of the thing itself.
    pub(super) path: String,
    /// Path of one item, relative to that of the group.
    pub(super) item: Option<String>,
    /// True if the path is that of a singleton.
    pub(super) singleton: bool,
    pub(super) operations: Vec<Operation<'d>>,
}

/// Groups operations. Those of one tag without a common path become several services.
pub(super) fn groups<'d>(
    operations: Vec<Operation<'d>>,
    page_keys: &[&str],
) -> Vec<Group<'d>> {
    let mut tags = IndexMap::<String, (String, Vec<Operation<'d>>)>::new();
    for operation in operations {
        let first = || {
            let mut segments = segments(operation.path).into_iter();
            type_name(segments.find(|it| parameter(it).is_none()).unwrap_or("api"))
        };
        let tag = operation.tag.map_or_else(first, str::to_owned);
        let entry = tags.entry(type_name(&tag)).or_insert_with(|| (tag, Vec::new()));
        entry.1.push(operation);
    }
    let tags = tags.into_values();
    tags.flat_map(|(tag, operations)| split(&tag, operations, page_keys)).collect()
}

/// Splits the operations of a tag by the first part of their paths, until each set has a common one.
fn split<'d>(
    tag: &str,
    operations: Vec<Operation<'d>>,
    page_keys: &[&str],
) -> Vec<Group<'d>> {
    let prefix = |operations: &[Operation<'d>]| {
        let all = operations.iter().map(|operation| segments(operation.path));
        common(&all.collect::<Vec<_>>())
    };
    let whole = prefix(&operations);
    if whole.iter().any(|segment| parameter(segment).is_none()) {
        return vec![group(tag.to_owned(), whole, operations, page_keys)];
    }
    let mut parts = IndexMap::<String, (&str, Vec<Operation<'d>>)>::new();
    for operation in operations {
        let word = segments(operation.path).first().map_or("root", |segment| *segment);
        let part = parts.entry(pattern(word)).or_insert_with(|| (word, Vec::new()));
        part.1.push(operation);
    }
    let alone = parts.len() == 1;
    let parts = parts.into_values().map(|(word, operations)| {
        let ending = if alone { String::new() } else { type_name(word) };
        group(format!("{tag}{ending}"), prefix(&operations), operations, page_keys)
    });
    parts.collect()
}

fn group<'d>(
    tag: String,
    mut base: Vec<&'d str>,
    operations: Vec<Operation<'d>>,
    page_keys: &[&str],
) -> Group<'d> {
    while base.len() > 1 && base.last().is_some_and(|last| parameter(last).is_some()) {
        base.pop();
    }
    let mut items = operations
        .iter()
        .filter_map(|operation| segments(operation.path).get(base.len()).copied());
    let item = items.find(|segment| parameter(segment).is_some());
    let item = item.map(|segment| format!("/{segment}"));
    let path = if base.is_empty() { "/".to_owned() } else { joined(&base) };
    let get = |method: &str| {
        operations.iter().find(|it| it.method == method && it.path == path)
    };
    let reads_one = || {
        let schema = get("GET").and_then(Operation::returned);
        schema.is_some_and(|schema| {
            let object = matches!(schema.kind, Kind::Object);
            object
                && !schema.properties().is_empty()
                && list(&schema, page_keys).is_none()
        })
    };
    let one = || get("PUT").is_some() || get("PATCH").is_some() || reads_one();
    let singleton = item.is_none() && get("POST").is_none() && one();
    Group { tag, path, item, singleton, operations }
}

/// A list: an object with items, and the address of the next page.
#[derive(Debug)]
pub(super) struct List<'d> {
    /// Key of the items; [`BARE`] if there is none.
    pub(super) key: &'d str,
    pub(super) item: Schema<'d>,
    /// Other keys.
    pub(super) others: Vec<&'d str>,
}

/// The key of a list that is the whole response.
pub(super) const BARE: &str = "$";

/// Interprets a schema as a bare list of objects.
pub(super) fn bare_list<'d>(schema: &Schema<'d>) -> Option<List<'d>> {
    let Kind::List(_) = &schema.kind else { return None };
    let item = schema.element()?.ok()?;
    let is_object = matches!(item.kind, Kind::Object);
    is_object.then_some(List { key: BARE, item, others: Vec::new() })
}

/// Parts of keys that only pages have.
const PAGE_WORDS: &[&str] =
    &["next", "prev", "page", "cursor", "total", "count", "more", "offset", "limit"];

/// Interprets an object as a list: with one list of objects, and otherwise only keys of a page.
pub(super) fn list<'d>(schema: &Schema<'d>, page_keys: &[&str]) -> Option<List<'d>> {
    if !matches!(schema.kind, Kind::Object) {
        return None;
    }
    let mut list = None;
    let mut others = Vec::new();
    for property in schema.properties() {
        let inner = property.read().ok()?;
        match inner.kind {
            Kind::List(Some(_)) if list.is_none() => {
                list = Some((property.name, inner.element()?.ok()?));
            }
            Kind::Text | Kind::Integer | Kind::Flag => others.push(property.name),
            _ => return None,
        }
    }
    let (key, item) = list.filter(|(_, item)| matches!(item.kind, Kind::Object))?;
    let known = others.iter().all(|other| page_keys.contains(other));
    let like_pages =
        others.iter().any(|other| PAGE_WORDS.iter().any(|word| other.contains(word)));
    let is_thing = others.contains(&"id");
    (known || (like_pages && !is_thing)).then_some(List { key, item, others })
}
