//! Groups of operations that form services: one for each tag, with a common path prefix.

use indexmap::IndexMap;

use crate::names::type_name;

use super::super::document::{Kind, Operation, Schema};
use super::lists;
use super::paths::{self, segments};

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
    page_keys: &[String],
) -> Vec<Group<'d>> {
    let mut tags = IndexMap::<String, (String, Vec<Operation<'d>>)>::new();
    for operation in operations {
        let tag =
            operation.tag.map_or_else(|| first_word(operation.path), str::to_owned);
        let (_, operations) =
            tags.entry(type_name(&tag)).or_insert_with(|| (tag, Vec::new()));
        operations.push(operation);
    }
    tags.into_values()
        .flat_map(|(tag, operations)| split(&tag, operations, page_keys))
        .collect()
}

fn first_word(path: &str) -> String {
    let literal =
        segments(path).into_iter().find(|segment| paths::parameter(segment).is_none());
    type_name(literal.unwrap_or("api"))
}

/// Splits the operations of a tag by the first part of their paths, until each set has a common one.
fn split<'d>(
    tag: &str,
    operations: Vec<Operation<'d>>,
    page_keys: &[String],
) -> Vec<Group<'d>> {
    let all: Vec<_> =
        operations.iter().map(|operation| segments(operation.path)).collect();
    let common = paths::common(&all);
    if common.iter().any(|segment| paths::parameter(segment).is_none()) {
        return vec![group(tag.to_owned(), common, operations, page_keys)];
    }
    let mut parts = IndexMap::<String, (String, Vec<Operation<'d>>)>::new();
    for operation in operations {
        let word = segments(operation.path).first().map_or("root", |segment| *segment);
        let (_, operations) = parts
            .entry(paths::pattern(word))
            .or_insert_with(|| (word.to_owned(), Vec::new()));
        operations.push(operation);
    }
    let alone = parts.len() == 1;
    let parts = parts.into_values().map(|(word, operations)| {
        let all: Vec<_> =
            operations.iter().map(|operation| segments(operation.path)).collect();
        let tag =
            if alone { tag.to_owned() } else { format!("{tag}{}", type_name(&word)) };
        group(tag, paths::common(&all), operations, page_keys)
    });
    parts.collect()
}

fn group<'d>(
    tag: String,
    common: Vec<&'d str>,
    operations: Vec<Operation<'d>>,
    page_keys: &[String],
) -> Group<'d> {
    let mut base = common;
    while base.len() > 1
        && base.last().is_some_and(|last| paths::parameter(last).is_some())
    {
        base.pop();
    }
    let mut items = operations
        .iter()
        .filter_map(|operation| segments(operation.path).get(base.len()).copied());
    let item = items
        .find(|segment| paths::parameter(segment).is_some())
        .map(|segment| format!("/{segment}"));
    let path = if base.is_empty() { "/".to_owned() } else { paths::joined(&base) };
    let has = |method: &str| {
        operations
            .iter()
            .any(|operation| operation.method == method && operation.path == path)
    };
    let one = || has("PUT") || has("PATCH") || reads_one(&path, &operations, page_keys);
    let singleton = item.is_none() && !has("POST") && one();
    Group { tag, path, item, singleton, operations }
}

/// Returns true if a GET of a path returns an object that is not a list.
fn reads_one(path: &str, operations: &[Operation], page_keys: &[String]) -> bool {
    let read = operations
        .iter()
        .find(|operation| operation.method == "GET" && operation.path == path);
    let schema =
        read.and_then(|read| Schema::read(read.output.as_ref()?.schema.as_ref()?).ok());
    schema.is_some_and(|schema| {
        let object =
            matches!(schema.kind, Kind::Object) && !schema.properties().is_empty();
        object && lists::read(&schema, page_keys).is_none()
    })
}
