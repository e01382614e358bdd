//! Gives a list, newest first, a page at a time where it comes in pages.

use ngrok_api_model::{Listing, Output, Record, TypeRef};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::Call;
use crate::errors::{Outcome, Problem};
use crate::filter::Filter;
use crate::http::{Whole, reply};
use crate::json::text;
use crate::names;
use crate::plan::{Selector, leads_to};
use crate::spot::Spot;
use crate::store::{Items, Store};
use crate::view::View;

pub(super) fn list(call: &Call<'_>, store: &Store) -> Outcome<Whole> {
    let items = store.list(&call.steps).ok_or_else(Problem::not_found)?;
    page(call, store, items, &|_| true, call.spot())
}

/// The resources of another list that name the element before the end of the path. Where they have no field for that,
/// there are none.
pub(super) fn related(
    call: &Call<'_>,
    store: &Store,
    home: &str,
    owner: &str,
) -> Outcome<Whole> {
    if !store.has_owner(&call.steps) {
        return Err(Problem::not_found());
    }
    let id = call.request.arguments.last().map_or("", String::as_str);
    let Output::List(listing) = &call.route.operation.output else {
        return Err(Problem::not_found());
    };
    let list = store.list(&[Selector::Member(home.trim_start_matches('/'))]);
    let record = call.state.plan.record(&listing.item);
    let names_it =
        |item: &Value| record.is_some_and(|it| names_owner(it, item, owner, id));
    let spot = Spot::At { pattern: home, path: home };
    page(call, store, list.unwrap_or(Items::None), &names_it, spot)
}

/// The page that the request asks for. `items` are all there are; they are below `spot`.
fn page(
    call: &Call<'_>,
    store: &Store,
    items: Items<'_>,
    belongs: &dyn Fn(&Value) -> bool,
    spot: Spot<'_>,
) -> Outcome<Whole> {
    let Output::List(listing) = &call.route.operation.output else {
        return Err(Problem::not_found());
    };
    let key = call.state.plan.key(&spot.pattern()).unwrap_or(names::ID);
    let view = call.view(store);
    let mut page =
        Page { call, view, listing, spot, key, items: Vec::new(), next: None };
    page.fill(items, belongs)?;
    Ok(reply(call.status(), Some(super::written(&page))))
}

/// One page of a list.
struct Page<'a> {
    call: &'a Call<'a>,
    view: View<'a>,
    listing: &'a Listing,
    /// Where the list is.
    spot: Spot<'a>,
    /// What its items are told apart by.
    key: &'a str,
    items: Vec<&'a Value>,
    /// The query for the page after it, if there is one.
    next: Option<String>,
}

impl<'a> Page<'a> {
    /// Puts items on the page, newest first, until it is full.
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
        // Ids sort by age, so the item at the cursor need not be there any more.
        for item in items.before(query.cursor.as_deref()) {
            if !belongs(item) || !is_asked_for(&query.others, item) {
                continue;
            }
            if let Some(filter) = &filter {
                let spot = Spot::Element(&self.spot, text(item, self.key));
                let shown = self.view.named(&self.listing.item, item, spot);
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

/// The items of a page.
struct Shown<'a>(&'a Page<'a>);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let page = self.0;
        let shown = page.items.iter().map(|item| {
            let spot = Spot::Element(&page.spot, text(item, page.key));
            page.view.show(&page.listing.item, item, spot)
        });
        serializer.collect_seq(shown)
    }
}

/// Whether the query asks for an item. A parameter asks for items whose field of that name has that value; one that
/// comes several times, for any of its values.
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
