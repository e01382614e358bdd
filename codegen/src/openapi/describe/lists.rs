//! Lists: objects with items, and the address of the next page.

use super::super::document::{Kind, Schema};

/// A list.
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
pub(super) fn bare<'d>(schema: &Schema<'d>) -> Option<List<'d>> {
    let Kind::List(Some(items)) = &schema.kind else { return None };
    let item = Schema::read(items).ok()?;
    let is_object = matches!(item.kind, Kind::Object);
    is_object.then_some(List { key: BARE, item, others: Vec::new() })
}

/// Parts of keys that only pages have.
const PAGE_WORDS: &[&str] =
    &["next", "prev", "page", "cursor", "total", "count", "more", "offset", "limit"];

/// Interprets an object as a list: with one list of objects, and otherwise only keys of a page.
pub(super) fn read<'d>(schema: &Schema<'d>, page_keys: &[String]) -> Option<List<'d>> {
    if !matches!(schema.kind, Kind::Object) {
        return None;
    }
    let mut list = None;
    let mut others = Vec::new();
    for property in schema.properties() {
        let inner = Schema::read(&property.at).ok()?;
        match inner.kind {
            Kind::List(Some(items)) if list.is_none() => {
                let item = Schema::read(&items).ok()?;
                list = Some((property.name, item));
            }
            Kind::Text | Kind::Integer | Kind::Flag => others.push(property.name),
            _ => return None,
        }
    }
    let (key, item) = list.filter(|(_, item)| matches!(item.kind, Kind::Object))?;
    let known = others.iter().all(|other| page_keys.iter().any(|key| key == other));
    let like_pages =
        others.iter().any(|other| PAGE_WORDS.iter().any(|word| other.contains(word)));
    let is_thing = others.contains(&"id");
    (known || (like_pages && !is_thing)).then_some(List { key, item, others })
}
