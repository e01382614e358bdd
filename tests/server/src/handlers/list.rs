//! Returns a list, newest first, page by page where it is paginated.

use ngrok_api_model::{Listing, Output, Record, TypeRef};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::Call;
use crate::errors::{Outcome, Problem};
use crate::filter::Filter;
use crate::http::{Whole, reply};
use crate::json::text;
use crate::location::Location;
use crate::names;
use crate::plan::{Selector, leads_to};
use crate::store::{Items, Store};
use crate::view::View;

pub(super) fn list(call: &Call<'_>, store: &Store) -> Outcome<Whole> {
    let items = store.list(&call.steps).ok_or_else(Problem::not_found)?;
    page(call, store, items, &|_| true, call.location())
}

/// Returns the resources of another list that refer to the element before the end of the path. Empty if they have no field for that.
pub(super) fn related(
    call: &Call<'_>,
    store: &Store,
    list_pattern: &str,
    owner: &str,
) -> Outcome<Whole> {
    if !store.has_owner(&call.steps) {
        return Err(Problem::not_found());
    }
    let id = call.request.arguments.last().map_or("", String::as_str);
    let Output::List(listing) = &call.route.operation.output else {
        return Err(Problem::not_found());
    };
    let list = store.list(&[Selector::Member(list_pattern.trim_start_matches('/'))]);
    let record = call.state.plan.record(&listing.item);
    let names_it =
        |item: &Value| record.is_some_and(|it| names_owner(it, item, owner, id));
    let location = Location::At { pattern: list_pattern, path: list_pattern };
    page(call, store, list.unwrap_or(Items::None), &names_it, location)
}

/// Returns the requested page. `items` are all items, which are located below `location`.
fn page(
    call: &Call<'_>,
    store: &Store,
    items: Items<'_>,
    belongs: &dyn Fn(&Value) -> bool,
    location: Location<'_>,
) -> Outcome<Whole> {
    let Output::List(listing) = &call.route.operation.output else {
        return Err(Problem::not_found());
    };
    let key = call.state.plan.key(&location.pattern()).unwrap_or(names::ID);
    let view = call.view(store);
    let mut page =
        Page { call, view, listing, location, key, items: Vec::new(), next: None };
    page.fill(items, belongs)?;
    Ok(reply(call.status(), Some(super::written(&page))))
}

/// One page of a list.
struct Page<'a> {
    call: &'a Call<'a>,
    view: View<'a>,
    listing: &'a Listing,
    /// Location of the list.
    location: Location<'a>,
    /// Key that identifies its items.
    key: &'a str,
    items: Vec<&'a Value>,
    /// Query of the next page, if there is one.
    next: Option<String>,
}

impl<'a> Page<'a> {
    /// Adds items to the page, newest first, until it is full.
    fn fill(
        &mut self,
        items: Items<'a>,
        belongs: &dyn Fn(&Value) -> bool,
    ) -> Outcome<()> {
        let plan = &self.call.state.plan;
        let query = &self.call.request.query;
        let filter = query.filter.as_deref();
        let filter =
            filter.map(|text| Filter::parse(plan, self.listing, text)).transpose()?;
        let limit = self.limit();
        // IDs sort by age, so the item at the cursor may have been deleted.
        for item in items.before(query.cursor.as_deref()) {
            if !belongs(item) || !is_asked_for(&query.others, item) {
                continue;
            }
            if let Some(filter) = &filter {
                let location = Location::Element(&self.location, text(item, self.key));
                let shown = self.view.named(&self.listing.item, item, location);
                if !filter.admits(&shown)? {
                    continue;
                }
            }
            if self.items.len() == limit {
                let last = self.items.last().map_or("", |last| text(last, names::ID));
                self.next = Some(query.after(&plan.model.api, last, limit));
                break;
            }
            self.items.push(item);
        }
        Ok(())
    }

    fn limit(&self) -> usize {
        if !self.listing.paged {
            return usize::MAX;
        }
        let usual = self.call.state.plan.model.api.limit_default;
        let usual = usize::try_from(usual).unwrap_or(usize::MAX);
        self.call.request.query.limit.unwrap_or(usual)
    }
}

impl Serialize for Page<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Call { state, request, .. } = self.call;
        let api = &state.plan.model.api;
        let mut page = serializer.serialize_map(None)?;
        page.serialize_entry(&self.listing.key, &Shown(self))?;
        page.serialize_entry(&api.page_uri, &format!("{}{}", request.url, request.uri))?;
        if self.listing.paged {
            let next = self.next.as_ref();
            let next =
                next.map(|query| format!("{}{}?{query}", request.url, request.path));
            page.serialize_entry(&api.page_next, &next)?;
        }
        page.end()
    }
}

/// Serializes the items of a page.
struct Shown<'a>(&'a Page<'a>);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let page = self.0;
        let shown = page.items.iter().map(|item| {
            let location = Location::Element(&page.location, text(item, page.key));
            page.view.show(&page.listing.item, item, location)
        });
        serializer.collect_seq(shown)
    }
}

/// Returns true if an item matches the query. A parameter selects items whose field of that name has its value; a repeated parameter, any
/// of its values.
fn is_asked_for(asked: &[(String, String)], item: &Value) -> bool {
    asked.iter().all(|(name, _)| {
        let mut same = asked.iter().filter(|(other, _)| other == name);
        same.any(|(_, value)| text(item, name) == value)
    })
}

fn names_owner(record: &Record, item: &Value, owner: &str, id: &str) -> bool {
    let naming = record.fields.iter().filter(|field| leads_to(&field.ty, owner));
    naming.into_iter().any(|field| {
        let key = field.written_as.as_ref().unwrap_or(&field.wire);
        match (&field.ty, item.get(key)) {
            (TypeRef::List(_), Some(Value::Array(ids))) => ids.contains(&json!(id)),
            (_, value) => value == Some(&json!(id)),
        }
    })
}
